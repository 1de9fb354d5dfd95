import { basename } from 'node:path';
import type { Progress, Stream } from '#shared/contract/progress.ts';
import { sumOf } from '#shared/domain/counts.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { versionOf } from '../kernel/db/migrate.ts';
import { visible } from '../kernel/db/schema.ts';
import { emptiedFields } from '../model/dependants.ts';
import { countRecords } from '../log/records/counts.ts';
import { writeAtomically } from '../kernel/files/atomic-file.ts';
import type { Instead } from '../kernel/files/atomic-file.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import { packed } from '../kernel/files/package.ts';
import { largestFile } from '../kernel/files/refusal.ts';
import { furtherLists, originalLists, toLegacy, unitsKey } from '../model/interchange/keys.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import type { Clock } from '../kernel/system.ts';
import { programVersion } from '../kernel/version.ts';

export interface ExportRow {
  id: string;
  payload: JsonObject;
}

/** Gives the live records of a type in the order of their ids, some hundred at a time. */
export type ExportSource = (type: EntityType) => Iterable<readonly ExportRow[]>;

export interface ExportChunk {
  text: string;
  records: number;
  type: EntityType | null;
}

/**
 * The text of a frames-json file, piece by piece: the original's four lists always, the further ones when they have records,
 * one record a line in the order of ids, so that two exports of one state are the same to the byte.
 */
export function* exportChunks(source: ExportSource): Generator<ExportChunk, void, void> {
  let lists = 0;
  let greatestLoss = 0;
  for (const type of [...originalLists, ...furtherLists]) {
    const opening = `${lists === 0 ? '{' : ','}\n  "${tableOf[type]}": [`;
    let records = 0;
    for (const rows of source(type)) {
      if (rows.length === 0) continue;
      if (type === 'interface')
        for (const { payload } of rows) greatestLoss = Math.max(greatestLoss, lossOf(payload));
      const lines = rows
        .map(({ id, payload }) => `\n    ${JSON.stringify(toLegacy(type, id, payload))}`)
        .join(',');
      yield { text: (records === 0 ? opening : ',') + lines, records: rows.length, type };
      records += rows.length;
    }
    if (records === 0 && !originalLists.includes(type)) continue;
    yield { text: records === 0 ? `${opening}]` : '\n  ]', records: 0, type };
    lists += 1;
  }
  const isMistakable = greatestLoss > 0 && greatestLoss <= 1;
  const units = isMistakable ? `,\n  "${unitsKey}": {"losses":"percent"}` : '';
  yield { text: `${units}\n}\n`, records: 0, type: null };
}

const lossOf = ({ energy_loss: loss }: JsonObject): number => (typeof loss === 'number' ? loss : 0);

export interface Exported {
  bytes: number;
  counts: Record<string, number>;
  /** The file's own name, without its folder. */
  file: string;
  importable: boolean;
}

/** `frames-json` is the interchange text; `frames` is the same text packed into one file with a manifest. */
export type ExportFormat = 'frames-json' | 'frames';

/** The format that a file's name asks for. */
export function formatOf(path: string): ExportFormat {
  return /\.frames$/i.test(path) ? 'frames' : 'frames-json';
}

const page = 500;
const often = 100;

/** The visible records of a type by id, some hundred at a time; a reference that dangles is empty. */
function* pages(db: ReadHandle, type: EntityType): Generator<ExportRow[], void, void> {
  const [field] = emptiedFields(type);
  const payload = field
    ? `iif(dangling, json_set(payload, '$.${field}', NULL), payload) AS payload`
    : 'payload';
  const query = `SELECT id, ${payload} FROM ${tableOf[type]} WHERE ${visible()} AND id > ? ORDER BY id LIMIT ${page}`;
  let last = '';
  for (;;) {
    const rows = db.all<{ id: string; payload: string }>(query, [last]);
    const end = rows.at(-1);
    if (!end) return;
    yield rows.map(({ id, payload }) => ({ id, payload: JSON.parse(payload) as JsonObject }));
    last = end.id;
  }
}

/**
 * Writes every live record, as they all are at one moment, to a file: the file is there whole or, when something goes wrong or the
 * signal is raised, not at all. A path that ends in `.frames` gets a packed file, any other frames-json, unless told. Throws BAD_FILE
 * with reason unwritable, no_folder, own_file, of_workspace, there or encrypted_there, and CANCELLED.
 */
export async function* runExport(
  services: Services,
  path: string,
  signal?: AbortSignal,
  format: ExportFormat = formatOf(path),
  instead: Instead = {},
  largest = largestFile,
): Stream<Exported> {
  const { files, log, source } = services;
  await refuseOwnFile(path, files);
  // A connection of its own: its transaction keeps the moment while others write.
  const db = openConnection(files.data, { mode: 'read', log });
  try {
    db.exec('BEGIN');
    const counts = countRecords(db);
    const total = sumOf(counts);
    let done = 0;
    let textBytes = 0;
    function* pieces(): Generator<string, void, void> {
      for (const { text, records } of exportChunks((type) => pages(db, type))) {
        checkCancelled(signal);
        done += records;
        textBytes += Buffer.byteLength(text);
        yield text;
      }
    }
    const facts = {
      app: { name: 'FRAMES', version: programVersion() },
      schema_version: versionOf(db),
      created_at: new Date(source.clock.now()).toISOString(),
      counts,
    };
    const all = format === 'frames' ? packed(pieces(), facts) : pieces();
    const writing = writeAtomically(path, source.ids.uuid(), all, instead);
    const bytes = yield* telling(writing, source.clock, () => ({
      kind: 'progress',
      step: 'writing',
      done,
      total,
    }));
    yield {
      kind: 'result',
      result: { bytes, counts, file: basename(path), importable: textBytes <= largest },
    };
  } finally {
    db.close();
  }
}

/** Runs `work`, which pauses often, and says ten times a second how far it is. */
export async function* telling<R>(
  work: AsyncGenerator<void, R, void>,
  clock: Clock,
  progress: () => Progress,
): AsyncGenerator<Progress, R, void> {
  let told = -often;
  try {
    for (;;) {
      const step = await work.next();
      if (step.done) return step.value;
      const now = clock.elapsed();
      if (now - told < often) continue;
      told = now;
      yield progress();
    }
  } finally {
    await work.return(undefined as R);
  }
}
