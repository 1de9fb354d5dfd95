import { Fault } from '#shared/contract/faults.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import { auditedTypes, entityTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { ReadHandle, WriteHandle } from '../kernel/db/connection.ts';
import { emptiedFields, listFields } from '../model/dependants.ts';
import { danglingReferences, invalid, referencesOf } from '../model/validate.ts';
import { countRecords } from '../log/records/counts.ts';
import { locateIn } from '../log/records/locate.ts';
import { permitWith } from '../model/permissions.ts';
import { endUniversitiesBy, universityBy } from '../log/records/university.ts';
import { megabytes, refusal } from '../kernel/files/refusal.ts';
import { freeBytes } from '../kernel/free-bytes.ts';
import type { Services } from '../model/services.ts';
import type { Lookup } from './json/document.ts';
import type { Prepared } from './json/plan.ts';
import type { Effect, PlannedRecord } from './merge.ts';
import { NewLink } from './new-links.ts';

const slice = 4000;
/** How many records are checked or written between two yields. */
const often = 32;

/**
 * A look-up of what the workspace has under an id, live or deleted, made for asking some hundred thousand times: which ids
 * there are is read once, so that a new id costs no query. Profiles count too: an id is unique across all that is audited. Yields
 * how many ids it has read.
 */
export function* lookupIn(db: ReadHandle): Generator<number, Lookup, void> {
  const types = new Map<string, AuditedType>();
  for (const type of auditedTypes) {
    const query = `SELECT id FROM ${tableOf[type]} WHERE id > ? ORDER BY id LIMIT ${slice}`;
    for (let last: string | undefined = ''; last !== undefined;) {
      const ids: string[] = db.column<string>(query, [last]);
      for (const id of ids) types.set(id, type);
      last = ids.length === slice ? ids.at(-1) : undefined;
      yield types.size;
    }
  }
  return (id) => {
    const type = types.get(id);
    return type && locateIn(db, type, id);
  };
}

/**
 * How much larger than its file an import is on the disk for a while: the records, their audit, and both once more in SQLite's
 * write-ahead log.
 */
const growth = 6;

/** Checks that the disk under `folder` has room for importing a file of so many bytes. Throws BAD_FILE, reason no_room. */
export async function checkRoom(folder: string, bytes: number, look = freeBytes): Promise<void> {
  const needed = bytes * growth;
  const free = await look(folder);
  if (free >= needed) return;
  throw refusal(
    'no_room',
    `The import needs about ${megabytes(needed)} on the disk, and ${megabytes(free)} are free.`,
  );
}

/**
 * Whether a backup is made before an import: unless anything is said, where there are records. None is made in a sandbox, where undo is the way back. `before` counts the live records.
 */
export function wantsBackup(
  asked: boolean | undefined,
  { files }: Services,
  before: Record<string, number>,
): boolean {
  return files.target.kind === 'live' && (asked ?? !isEmpty(before));
}

/** Checks that the actor may make every change of the plan. Yields records checked. Throws FORBIDDEN at the first that is not allowed. */
export function* permitAll(
  actor: Actor,
  { records, find }: Pick<Prepared, 'records' | 'find'>,
): Generator<number, void, void> {
  const ends = (payload: JsonObject) => endUniversitiesBy(find, payload);
  let done = 0;
  for (const record of records) {
    if (++done % often === 0) yield done;
    if (record instanceof NewLink) {
      const { type, id } = record;
      permitWith(() => record.universities, actor, { type, id, before: null, after: {} });
      continue;
    }
    const { type, id, payload, effect, existing } = record;
    const before = existing?.payload ?? null;
    if (effect === 'create') permitWith(ends, actor, { type, id, before: null, after: payload });
    if (effect === 'update') permitWith(ends, actor, { type, id, before, after: payload });
    if (effect === 'restore') {
      permitWith(ends, actor, { type, id, before: null, after: before });
      permitWith(ends, actor, { type, id, before: null, after: payload });
    }
  }
}

/**
 * Writes the records of a plan with their audit, in its order, so that undoing goes through them the other way round. Yields
 * records done.
 */
export function* writeRecords(
  write: WriteContext,
  { records, find }: Pick<Prepared, 'records' | 'find'>,
): Generator<number, void, void> {
  let atInterfaces = false;
  let restoreCheck = (): void => undefined;
  let done = 0;
  for (const record of records) {
    if (record.type === 'interface' && !atInterfaces) {
      atInterfaces = true;
      // What an interface belongs to is looked up at its ends when it changes: they must be in the file by then.
      write.records.flush();
      restoreCheck = suspendEndCheck(write.db, records);
    }
    writeOne(write, record, find);
    if (++done % often === 0) yield done;
  }
  write.records.flush();
  restoreCheck();
}

/** From so many new links on, looking for the ends of each takes a fourth of the time of writing it. */
const manyLinks = 10_000;

/**
 * Drops the trigger that hides a new link with a hidden end, if a plan makes many links and hides none: it has found their ends among visible records
 * and its own. Returns a function that creates the trigger again, within the same transaction.
 */
function suspendEndCheck(db: WriteHandle, records: readonly PlannedRecord[]): () => void {
  const isHidden = (record: PlannedRecord): boolean => record.existing?.hidden === true;
  let links = 0;
  for (const record of records) if (record instanceof NewLink) links += 1;
  if (links < manyLinks || records.some(isHidden)) return () => undefined;
  const trigger = 'interfaces_insert';
  const sql = db.get<{ sql: string }>('SELECT sql FROM sqlite_master WHERE name = ?', [trigger])?.sql;
  if (sql === undefined) return () => undefined;
  db.run(`DROP TRIGGER ${trigger}`);
  return () => void db.run(sql);
}

function writeOne(write: WriteContext, record: PlannedRecord, find: Prepared['find']): void {
  if (record instanceof NewLink) {
    const [from, to] = record.universities;
    write.records.createJsonLater(record, record.json, from ?? to);
    return;
  }
  const { type, id, payload, effect, existing } = record;
  if (effect === 'unchanged') return;
  if (!existing) {
    write.records.createLater({ type, id, payload }, universityBy(find, record));
    return;
  }
  const stored = { type, id, payload: existing.payload };
  if (effect === 'restore') write.records.restore(stored);
  // The kind of an interface goes where none is known of its new ends.
  write.records.replace(stored, payload);
}

const sampled = 200;

/**
 * Compares what was written with what was planned, inside the transaction: the counts of every table, hidden records among them, and
 * of each type up to 200 records spread over the file, the first and the last among them. Yields records compared. Throws WORKSPACE,
 * reason not_verified, and INVALID where a record stays hidden by what is deleted; the import is taken back then.
 */
export function* checkWritten(
  db: ReadHandle,
  records: readonly PlannedRecord[],
  countsBefore: Readonly<Record<string, number>>,
): Generator<number, void, void> {
  const added = countBy(records, ['create', 'restore']);
  const counts = countRecords(db, 'undeleted');
  for (const table of Object.keys(counts)) {
    const expected = (countsBefore[table] ?? 0) + (added[table] ?? 0);
    if (counts[table] !== expected)
      throw mismatch(`there are ${counts[table]} ${table} and should be ${expected}`);
  }
  let done = 0;
  for (const record of records) {
    const { type, id, effect, existing } = record;
    if (effect === 'unchanged' || !(existing?.deleted || existing?.hidden)) continue;
    if (!locateIn(db, type, id)?.hidden) continue;
    const emptied = [...emptiedFields(type), ...listFields(type)];
    const hiding = referencesOf(type).filter(({ key }) => !emptied.includes(key));
    const { payload } = record;
    throw invalid(danglingReferences(db, type, payload, { only: new Set(hiding.map(({ key }) => key)) }));
  }
  for (const type of entityTypes) {
    for (const { id, payload } of spread(records, type)) {
      const found = locateIn(db, type, id);
      if (!found) throw mismatch(`the ${type} "${id}" is missing`);
      if (found.deleted) throw mismatch(`the ${type} "${id}" is deleted`);
      if (!jsonEqual(found.payload, payload))
        throw mismatch(`the ${type} "${id}" in ${tableOf[type]} differs`);
      yield ++done;
    }
  }
}

function spread(records: readonly PlannedRecord[], type: EntityType): PlannedRecord[] {
  const all = records.filter((record) => record.type === type);
  if (all.length <= sampled) return all;
  const step = (all.length - 1) / (sampled - 1);
  return Array.from({ length: sampled }, (_, index) => all[Math.round(index * step)] as PlannedRecord);
}

function mismatch(what: string): Fault<'WORKSPACE'> {
  const message = `The imported records do not match the file: ${what}. The import was reverted. Nothing was changed.`;
  return new Fault('WORKSPACE', message, { reason: 'not_verified' });
}

/** No record lives there; deleted ones may. */
export function isEmpty(counts: Readonly<Record<string, number>>): boolean {
  return Object.values(counts).every((count) => count === 0);
}

/** Throws NOT_EMPTY when records live there. */
export function refuseNonEmpty(counts: Record<string, number>): void {
  if (isEmpty(counts)) return;
  throw new Fault('NOT_EMPTY', { counts });
}

/** How many of the records there are in each table; with `effects`, of those that it will happen to. */
export function countBy(
  records: readonly PlannedRecord[],
  effects?: readonly Effect[],
): Record<string, number> {
  const counts = Object.fromEntries(entityTypes.map((type) => [tableOf[type], 0])) as Record<string, number>;
  for (const { type, effect } of records) {
    if (!effects || effects.includes(effect)) counts[tableOf[type]] = (counts[tableOf[type]] as number) + 1;
  }
  return counts;
}
