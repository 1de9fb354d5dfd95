import { basename } from 'node:path';
import { sumOf } from '#shared/domain/counts.ts';
import { isCrossUniversity } from '#shared/domain/interfaces.ts';
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
import { emptiedFields, listFields } from '../model/dependants.ts';
import { readNames } from '../model/names.ts';
import { countRecords } from '../log/records/counts.ts';
import { writeAtomically } from '../kernel/files/atomic-file.ts';
import type { ReplaceOptions } from '../kernel/files/atomic-file.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import { packRecords } from '../kernel/files/package.ts';
import { encryptedWith } from '../kernel/files/passphrase.ts';
import { largestFile, largestSheet } from '../kernel/files/refusal.ts';
import {
  furtherLists,
  longestInYears,
  originalLists,
  toLegacy,
  toOriginal,
  unitsKey,
} from '../model/interchange/keys.ts';
import { reportPieces } from '../kernel/progress.ts';
import type { Pace } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { programVersion } from '../kernel/version.ts';
import { cytoscapePieces, nodeLinkPieces } from './graph/json.ts';
import { inGraph } from './graph/source.ts';
import type { Tally, Writer } from './graph/source.ts';
import { csvEdgePieces, csvNodePieces, xlsxSheets } from './graph/tables.ts';
import { gexfPieces, graphmlPieces } from './graph/xml.ts';
import type { ExportRow, ExportSource } from './source.ts';

export interface ExportChunk {
  text: string;
  records: number;
  type: EntityType | null;
}

/**
 * A frames-json file in pieces: always the original's four lists, others if they have records, one record a line ordered by id, so that
 * equal states give equal bytes. `original` gives durations in years, as the original program did.
 */
export function* exportChunks(source: ExportSource, original = false): Generator<ExportChunk, void, void> {
  const toFile = original ? toOriginal : toLegacy;
  let lists = 0;
  let greatestLoss = 0;
  let mostYears = 0;
  for (const type of [...originalLists, ...furtherLists]) {
    const opening = `${lists === 0 ? '{' : ','}\n  "${tableOf[type]}": [`;
    let records = 0;
    for (const rows of source(type)) {
      if (rows.length === 0) continue;
      for (const { payload } of rows) {
        if (type === 'interface') greatestLoss = Math.max(greatestLoss, numberOf(payload.energy_loss));
        if (type === 'project') mostYears = Math.max(mostYears, numberOf(payload.duration_months) / 12);
      }
      const lines = rows
        .map(({ id, payload }) => `\n    ${JSON.stringify(toFile(type, id, payload))}`)
        .join(',');
      yield { text: (records === 0 ? opening : ',') + lines, records: rows.length, type };
      records += rows.length;
    }
    if (records === 0 && !originalLists.includes(type)) continue;
    yield { text: records === 0 ? `${opening}]` : '\n  ]', records: 0, type };
    lists += 1;
  }
  const units = {
    ...(greatestLoss > 0 && greatestLoss <= 1 ? { losses: 'percent' } : {}),
    ...(original && mostYears > longestInYears ? { durations: 'years' } : {}),
  };
  const unitsText = Object.keys(units).length > 0 ? `,\n  "${unitsKey}": ${JSON.stringify(units)}` : '';
  yield { text: `${unitsText}\n}\n`, records: 0, type: null };
}

const numberOf = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);

export interface Exported {
  bytes: number;
  counts: Record<string, number>;
  /** The file's name without its folder. */
  file: string;
  importable: boolean;
  /** Nodes and edges of a graph; null for other formats. */
  graph: { nodes: number; edges: number } | null;
  /** Records that the format does not hold, by table. */
  left_out: Record<string, number>;
  /** Values that the format shortened. */
  cut: number;
}

const page = 500;

/** The visible records of a type by id, in batches; dangling references are empty. `only` is a further SQL condition. */
function* pages(db: ReadHandle, type: EntityType, only = ''): Generator<ExportRow[], void, void> {
  const [field] = emptiedFields(type);
  const lists = listFields(type);
  const payload = field
    ? `iif(dangling, json_set(payload, '$.${field}', NULL), payload) AS payload`
    : 'payload';
  const query = `SELECT id, ${payload} FROM ${tableOf[type]} WHERE ${visibleCondition()} AND id > ? ${only} ORDER BY id LIMIT ${page}`;
  let last = '';
  for (;;) {
    const rows = db.all<{ id: string; payload: string }>(query, [last]);
    const end = rows.at(-1);
    if (!end) return;
    const parsed = rows.map(({ id, payload }) => ({ id, payload: JSON.parse(payload) as JsonObject }));
    yield lists.length === 0 ? parsed : withoutDangling(db, parsed, lists);
    last = end.id;
  }
}

/** Rows without deleted or hidden records in their lists. */
function withoutDangling(db: ReadHandle, rows: readonly ExportRow[], lists: readonly string[]): ExportRow[] {
  const ids = rows.flatMap(({ payload }) => lists.flatMap((field) => referencedIds(payload[field])));
  if (ids.length === 0) return [...rows];
  const names = readNames(db, new Set(ids));
  const isShown = (id: Json): boolean => typeof id === 'string' && names.get(id)?.deleted === false;
  return rows.map(({ id, payload }) => {
    const shown = lists.flatMap((field): [string, Json][] => {
      const list = payload[field];
      return Array.isArray(list) ? [[field, list.filter(isShown)]] : [];
    });
    return { id, payload: { ...payload, ...Object.fromEntries(shown) } };
  });
}

/** As `pages`, with the universities of an interface's ends, as the original kept them. */
function* originalPages(db: ReadHandle, type: EntityType): Generator<ExportRow[], void, void> {
  for (const rows of pages(db, type)) {
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

/** The pieces of a file in that format; `tally` counts them. */
function* piecesOf(
  db: ReadHandle,
  format: Exclude<ExportFormat, 'frames'>,
  file: string,
  tally: Tally,
): Generator<string | Uint8Array, void, void> {
  if (isGraph(format)) {
    yield* graphWriters[format]((type) => pages(db, type, inGraph(type)), tally);
  } else if (format === 'xlsx') {
    yield* xlsxSheets(file)((type) => pages(db, type), tally);
  } else {
    const original = format === 'original';
    const source: ExportSource = (type) => (original ? originalPages : pages)(db, type);
    for (const { text, records, type } of exportChunks(source, original)) {
      if (type !== null) tally.counts.set(type, (tally.counts.get(type) ?? 0) + records);
      yield text;
    }
  }
}

/**
 * Writes all live records that the format holds, from one snapshot, completely or not at all; encrypted with a passphrase. Throws BAD_FILE
 * with reason unwritable, no_folder, own_file, of_workspace, there, encrypted_there, too_large or too_many_rows, and CANCELLED.
 */
export async function runExport(
  services: Services,
  path: string,
  pace: Pace,
  format: ExportFormat = formatOf(path) ?? 'frames-json',
  { passphrase, ...instead }: ReplaceOptions & { passphrase?: string | undefined } = {},
  largest = largestFile,
): Promise<Exported> {
  const { files, log, source } = services;
  await refuseOwnFile(path, files);
  // A connection of its own holds the snapshot while others write.
  const db = openConnection(files.data, { mode: 'read', log });
  try {
    db.exec('BEGIN');
    const live = countRecords(db);
    const total = sumOf(live);
    const tally: Tally = { counts: new Map(), cut: 0, isTooLong: false };
    const done = (): number => [...tally.counts.values()].reduce((sum, count) => sum + count, 0);
    let textBytes = 0;
    const written = piecesOf(db, format === 'frames' ? 'frames-json' : format, basename(path), tally);
    function* pieces(): Generator<string | Uint8Array, void, void> {
      for (const piece of reportPieces(written, pace, () => ({ step: 'writing', done: done(), total }))) {
        textBytes += Buffer.byteLength(piece);
        yield piece;
      }
    }
    const facts = {
      app: { name: 'FRAMES', version: programVersion() },
      schema_version: versionOf(db),
      created_at: new Date(source.clock.now()).toISOString(),
      counts: live,
    };
    const all = format === 'frames' ? packRecords(pieces(), facts) : pieces();
    const { content, encrypts } = encryptedWith(passphrase, all);
    const bytes = await writeAtomically(path, source.ids.uuid(), content, { ...instead, encrypts });
    const counts = Object.fromEntries(
      entityTypes.map((type) => [tableOf[type], tally.counts.get(type) ?? 0]),
    );
    const edges = tally.counts.get('interface') ?? 0;
    const left_out = Object.fromEntries(
      Object.entries(live).flatMap(([table, all]) => {
        const missing = all - (counts[table] ?? 0);
        return missing > 0 ? [[table, missing]] : [];
      }),
    );
    return {
      bytes,
      counts,
      file: basename(path),
      importable: !tally.isTooLong && textBytes <= (format === 'xlsx' ? largestSheet : largest),
      graph: isGraph(format) ? { nodes: done() - edges, edges } : null,
      left_out,
      cut: tally.cut,
    };
  } finally {
    db.close();
  }
}
