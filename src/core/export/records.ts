import { basename } from 'node:path';
import type { ResultOf } from '#shared/contract/base.ts';
import type { exportFile } from '#shared/contract/transfer.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { isCrossUniversity } from '#shared/domain/interfaces.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { formatOf } from '#shared/domain/formats.ts';
import type { ExportFormat } from '#shared/domain/formats.ts';
import { referencedIds } from '#shared/domain/references.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { versionOf } from '../kernel/db/migrate.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { emptiedFields, referenceListFields } from '../model/dependants.ts';
import { readNames } from '../model/names.ts';
import { countRecords } from '../log/records/counts.ts';
import { writeAtomically } from '../kernel/files/atomic-file.ts';
import type { ReplaceOptions } from '../kernel/files/atomic-file.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import { packRecords } from '../kernel/files/package.ts';
import { encryptContent } from '../kernel/files/passphrase.ts';
import { largestFile, maxSheetBytes } from '../kernel/files/refusal.ts';
import {
  otherLists,
  maxDurationYears,
  originalLists,
  toFramesJson,
  toOriginal,
  unitsKey,
} from '../model/interchange/keys.ts';
import { reportPieces } from '../kernel/progress.ts';
import type { Pace } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { programVersion } from '../kernel/version.ts';
import { cytoscapePieces, nodeLinkPieces } from './graph/json.ts';
import { graphCondition } from './graph/source.ts';
import type { ExportRow, ExportSource, Tally, Writer } from './graph/source.ts';
import { csvEdgePieces, csvNodePieces, xlsxSheets } from './graph/tables.ts';
import { gexfPieces, graphmlPieces } from './graph/xml.ts';

export interface ExportChunk {
  text: string;
  records: number;
  type: EntityType | null;
}

/**
 * A frames-json file in pieces: always the four lists of the original program, other lists if they have records, one record a line ordered
 * by id, so that equal states give equal bytes. If `isOriginal`, durations are in years, as in the original program.
 */
export function* exportChunks(source: ExportSource, isOriginal = false): Generator<ExportChunk, void, void> {
  const toFileRecord = isOriginal ? toOriginal : toFramesJson;
  let listCount = 0;
  /** The largest value of each share field. */
  const maxShares = new Map<string, number>();
  let maxYears = 0;
  for (const type of [...originalLists, ...otherLists]) {
    const opening = `${listCount === 0 ? '{' : ','}\n  "${tableOf[type]}": [`;
    const shareFields = fieldsOf(type).filter(({ unit }) => unit === 'percent');
    let records = 0;
    for (const rows of source(type)) {
      if (rows.length === 0) continue;
      for (const { payload } of rows) {
        for (const { key } of shareFields)
          maxShares.set(key, Math.max(maxShares.get(key) ?? 0, numberOf(payload[key])));
        if (type === 'project') maxYears = Math.max(maxYears, numberOf(payload.duration_months) / 12);
      }
      const lines = rows
        .map(({ id, payload }) => `\n    ${JSON.stringify(toFileRecord(type, id, payload))}`)
        .join(',');
      yield { text: (records === 0 ? opening : ',') + lines, records: rows.length, type };
      records += rows.length;
    }
    if (records === 0 && !originalLists.includes(type)) continue;
    yield { text: records === 0 ? `${opening}]` : '\n  ]', records: 0, type };
    listCount += 1;
  }
  // Named only if an import would guess another unit.
  const units = {
    ...([...maxShares.values()].some((share) => share > 0 && share <= 1) ? { losses: 'percent' } : {}),
    ...(isOriginal && maxYears > maxDurationYears ? { durations: 'years' } : {}),
  };
  const unitsText = Object.keys(units).length > 0 ? `,\n  "${unitsKey}": ${JSON.stringify(units)}` : '';
  yield { text: `${unitsText}\n}\n`, records: 0, type: null };
}

const numberOf = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);

export type ExportResult = ResultOf<typeof exportFile>;

const pageSize = 500;

/** The visible records of a type by id, in batches; dangling references are empty. `condition` is a further SQL condition. */
function* recordPages(db: ReadHandle, type: EntityType, condition = ''): Generator<ExportRow[], void, void> {
  const [emptiedField] = emptiedFields(type);
  const listFields = referenceListFields(type);
  const payload = emptiedField
    ? `iif(dangling, json_set(payload, '$.${emptiedField}', NULL), payload) AS payload`
    : 'payload';
  const query = `SELECT id, ${payload} FROM ${tableOf[type]} WHERE ${visibleCondition()} AND id > ? ${condition} ORDER BY id LIMIT ${pageSize}`;
  let lastId = '';
  for (;;) {
    const rows = db.all<{ id: string; payload: string }>(query, [lastId]);
    const lastRow = rows.at(-1);
    if (!lastRow) return;
    const exportRows = rows.map(({ id, payload }) => ({ id, payload: JSON.parse(payload) as JsonObject }));
    yield listFields.length === 0 ? exportRows : removeDangling(db, exportRows, listFields);
    lastId = lastRow.id;
  }
}

/** Rows without deleted or hidden records in their lists. */
function removeDangling(
  db: ReadHandle,
  rows: readonly ExportRow[],
  listFields: readonly string[],
): ExportRow[] {
  const ids = rows.flatMap(({ payload }) => listFields.flatMap((field) => referencedIds(payload[field])));
  if (ids.length === 0) return [...rows];
  const names = readNames(db, new Set(ids));
  const isVisible = (id: Json): boolean => typeof id === 'string' && names.get(id)?.deleted === false;
  return rows.map(({ id, payload }) => {
    const visibleLists = listFields.flatMap((field): [string, Json][] => {
      const list = payload[field];
      return Array.isArray(list) ? [[field, list.filter(isVisible)]] : [];
    });
    return { id, payload: { ...payload, ...Object.fromEntries(visibleLists) } };
  });
}

/** Like `recordPages`, with the universities of an interface's ends, which the original program stored. */
function* originalPages(db: ReadHandle, type: EntityType): Generator<ExportRow[], void, void> {
  for (const rows of recordPages(db, type)) {
    if (type !== 'interface') {
      yield rows;
      continue;
    }
    const names = readNames(
      db,
      rows.flatMap(({ payload }) => [payload.from, payload.to]).filter((id) => typeof id === 'string'),
    );
    const universityOf = (id: Json | undefined): string | null =>
      (typeof id === 'string' ? names.get(id)?.university_id : null) ?? null;
    yield rows.map(({ id, payload }) => {
      const [from_university, to_university] = [universityOf(payload.from), universityOf(payload.to)];
      const is_cross_university = isCrossUniversity(from_university, to_university);
      return { id, payload: { ...payload, from_university, to_university, is_cross_university } };
    });
  }
}

export const graphWriters = {
  gexf: gexfPieces,
  graphml: graphmlPieces,
  'csv-nodes': csvNodePieces,
  'csv-edges': csvEdgePieces,
  cytoscape: cytoscapePieces,
  'node-link': nodeLinkPieces,
} as const satisfies Partial<Record<ExportFormat, Writer>>;

const isGraph = (format: ExportFormat): format is keyof typeof graphWriters =>
  Object.hasOwn(graphWriters, format);

/** The pieces of a file in that format; `tally` counts the records. */
function* piecesOf(
  db: ReadHandle,
  format: Exclude<ExportFormat, 'frames'>,
  file: string,
  tally: Tally,
): Generator<string | Uint8Array, void, void> {
  if (isGraph(format)) {
    yield* graphWriters[format]((type) => recordPages(db, type, graphCondition(type)), tally);
  } else if (format === 'xlsx') {
    yield* xlsxSheets(file)((type) => recordPages(db, type), tally);
  } else {
    const isOriginal = format === 'original';
    const source: ExportSource = (type) => (isOriginal ? originalPages : recordPages)(db, type);
    for (const { text, records, type } of exportChunks(source, isOriginal)) {
      if (type !== null) tally.counts.set(type, (tally.counts.get(type) ?? 0) + records);
      yield text;
    }
  }
}

/**
 * Writes all visible records that the format holds, from one snapshot, completely or not at all; encrypted if a passphrase is given. Throws
 * BAD_FILE with reason unwritable, no_folder, own_file, of_workspace, there, encrypted_there, too_large or too_many_rows, and CANCELLED.
 */
export async function runExport(
  services: Services,
  path: string,
  pace: Pace,
  format: ExportFormat = formatOf(path) ?? 'frames-json',
  { passphrase, ...replaceOptions }: ReplaceOptions & { passphrase?: string | undefined } = {},
  maxFileBytes = largestFile,
): Promise<ExportResult> {
  const { files, log, source } = services;
  await refuseOwnFile(path, files);
  // A separate connection holds the snapshot while others write.
  using db = openConnection(files.data, { mode: 'read', log });
  db.exec('BEGIN');
  const visibleCounts = countRecords(db);
  const total = sumOf(visibleCounts);
  const tally: Tally = { counts: new Map(), cutCount: 0, isTooLong: false };
  const done = (): number => [...tally.counts.values()].reduce((sum, count) => sum + count, 0);
  let textBytes = 0;
  const filePieces = piecesOf(db, format === 'frames' ? 'frames-json' : format, basename(path), tally);
  function* pieces(): Generator<string | Uint8Array, void, void> {
    for (const piece of reportPieces(filePieces, pace, () => ({ step: 'writing', done: done(), total }))) {
      textBytes += Buffer.byteLength(piece);
      yield piece;
    }
  }
  const manifest = {
    app: { name: 'FRAMES', version: programVersion() },
    schema_version: versionOf(db),
    created_at: new Date(source.clock.now()).toISOString(),
    counts: visibleCounts,
  };
  const outputPieces = format === 'frames' ? packRecords(pieces(), manifest) : pieces();
  const { content, encrypts } = encryptContent(passphrase, outputPieces);
  const bytes = await writeAtomically(path, source.ids.uuid(), content, { ...replaceOptions, encrypts });
  const counts = Object.fromEntries(entityTypes.map((type) => [tableOf[type], tally.counts.get(type) ?? 0]));
  const edges = tally.counts.get('interface') ?? 0;
  const left_out = Object.fromEntries(
    Object.entries(visibleCounts).flatMap(([table, visibleCount]) => {
      const missing = visibleCount - (counts[table] ?? 0);
      return missing > 0 ? [[table, missing]] : [];
    }),
  );
  return {
    bytes,
    counts,
    file: basename(path),
    importable: !tally.isTooLong && textBytes <= (format === 'xlsx' ? maxSheetBytes : maxFileBytes),
    graph: isGraph(format) ? { nodes: done() - edges, edges } : null,
    left_out,
    cut: tally.cutCount,
  };
}
