import { Fault, workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { asSubmittedBy } from '#shared/domain/actor-fields.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import { auditedTypes, entityTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { ReadHandle, WriteHandle } from '../kernel/db/connection.ts';
import { emptiedFields, referenceListFields } from '../model/dependants.ts';
import { danglingIssues, invalidFault, referencesOf } from '../model/validate.ts';
import { countRecords } from '../log/records/counts.ts';
import { locateIn } from '../log/records/locate.ts';
import { assertCanChangeWith, assertSecondPerson } from '../model/permissions.ts';
import { endUniversitiesBy, universityBy } from '../log/records/university.ts';
import { formatMegabytes, fileRefusal } from '../kernel/files/refusal.ts';
import { freeBytes } from '../kernel/free-bytes.ts';
import type { Plan } from './json/plan.ts';
import type { Lookup } from './record-planner.ts';
import type { Effect, PlannedRecord } from './planned-record.ts';
import { NewLink } from './new-links.ts';

const idsPerQuery = 4000;
/** Records checked or written between two yields. */
const recordsPerYield = 32;

/**
 * Returns a lookup for many ids, of visible, hidden and deleted records. Reads the set of existing ids first, so that a new id needs no
 * query. Includes profiles, because ids are unique. Yields ids read.
 */
export function* createLookup(db: ReadHandle): Generator<number, Lookup, void> {
  const types = new Map<string, AuditedType>();
  for (const type of auditedTypes) {
    const query = `SELECT id FROM ${tableOf[type]} WHERE id > ? ORDER BY id LIMIT ${idsPerQuery}`;
    for (let lastId: string | undefined = ''; lastId !== undefined;) {
      const ids: string[] = db.column<string>(query, [lastId]);
      for (const id of ids) types.set(id, type);
      lastId = ids.length === idsPerQuery ? ids.at(-1) : undefined;
      yield types.size;
    }
  }
  return (id) => {
    const type = types.get(id);
    return type && locateIn(db, type, id);
  };
}

/** Temporary disk space of an import as a multiple of its file: records, audit, and both in the write-ahead log. */
const spaceFactor = 6;

/** Throws BAD_FILE, reason no_room, if the disk of `folder` lacks room for importing a file of that size in bytes. */
export async function checkRoom(folder: string, bytes: number, readFreeBytes = freeBytes): Promise<void> {
  const needed = bytes * spaceFactor;
  const free = await readFreeBytes(folder);
  if (free >= needed) return;
  throw fileRefusal('no_room', { needed: formatMegabytes(needed), free: formatMegabytes(free) });
}

/** Whether to back up before an import: by default if there are records. `before` counts the visible records. */
export const wantsBackup = (choice: boolean | undefined, before: Record<string, number>): boolean =>
  choice ?? !isEmpty(before);

/** Names the actor as author of the new records of a plan; another author by the file is recorded. */
export function nameImporter(actor: Actor, { records }: Plan): void {
  for (const record of records)
    if (!(record instanceof NewLink) && record.effect === 'create')
      record.payload = asSubmittedBy(record.type, record.payload, actor);
}

/** Checks the actor's permission for every change. Yields records checked. Throws FORBIDDEN. */
export function* checkPermissions(
  db: ReadHandle,
  actor: Actor,
  { records, find }: Plan,
): Generator<number, void, void> {
  const endsOf = (payload: JsonObject) => endUniversitiesBy(find, payload);
  let done = 0;
  for (const record of records) {
    if (++done % recordsPerYield === 0) yield done;
    if (record instanceof NewLink) {
      const { type, id } = record;
      assertCanChangeWith(() => record.universities, actor, { type, id, before: null, after: {} });
      continue;
    }
    const { type, id, payload, effect, existing } = record;
    const before = existing?.payload ?? null;
    if (effect === 'create')
      assertCanChangeWith(endsOf, actor, { type, id, before: null, after: payload, isSubmitted: true });
    if (effect === 'update') assertCanChangeWith(endsOf, actor, { type, id, before, after: payload });
    if (effect !== 'create') assertSecondPerson(db, actor, { type, id, before, after: payload });
    if (effect === 'restore') {
      assertCanChangeWith(endsOf, actor, { type, id, before: null, after: before, recorded: before });
      assertCanChangeWith(endsOf, actor, { type, id, before: null, after: payload, recorded: before });
    }
  }
}

/** Writes a plan's records with their audit, in an order that undo reverses. Yields records done. */
export function* writeRecords(write: WriteContext, { records, find }: Plan): Generator<number, void, void> {
  let hasReachedInterfaces = false;
  let restoreCheck = (): void => undefined;
  let done = 0;
  for (const record of records) {
    if (record.type === 'interface' && !hasReachedInterfaces) {
      hasReachedInterfaces = true;
      // A changed interface gets the university of its ends, so they must have been written.
      write.records.flush();
      restoreCheck = suspendEndCheck(write.db, records);
    }
    writeRecord(write, record, find);
    if (++done % recordsPerYield === 0) yield done;
  }
  write.records.flush();
  restoreCheck();
}

/** From this number of new links on, checking the ends of each would take a quarter of the writing time. */
const minLinksToSuspend = 10_000;

/**
 * Drops the trigger that hides new links with hidden ends, if a plan creates many links and has no hidden record: their ends are visible.
 * Returns a function that restores the trigger in the same transaction.
 */
function suspendEndCheck(db: WriteHandle, records: readonly PlannedRecord[]): () => void {
  const isHidden = (record: PlannedRecord): boolean => record.existing?.hidden === true;
  let newLinkCount = 0;
  for (const record of records) if (record instanceof NewLink) newLinkCount += 1;
  if (newLinkCount < minLinksToSuspend || records.some(isHidden)) return () => undefined;
  const trigger = 'interfaces_insert';
  const sql = db.get<{ sql: string }>('SELECT sql FROM sqlite_master WHERE name = ?', [trigger])?.sql;
  if (sql === undefined) return () => undefined;
  db.run(`DROP TRIGGER ${trigger}`);
  return () => void db.run(sql);
}

function writeRecord(write: WriteContext, record: PlannedRecord, find: Plan['find']): void {
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
  // The kind is removed if the new ends have none.
  write.records.replace(stored, payload);
}

const maxSamples = 200;

/**
 * Compares the written records with the plan: counts of every table, and up to 200 records of each type spread over the file. Yields
 * records compared. Throws WORKSPACE, reason not_verified, and INVALID if a record stays hidden; both roll the import back.
 */
export function* checkWritten(
  db: ReadHandle,
  records: readonly PlannedRecord[],
  countsBefore: Readonly<Record<string, number>>,
): Generator<number, void, void> {
  const addedCounts = countBy(records, ['create', 'restore']);
  const counts = countRecords(db, 'undeleted');
  for (const table of Object.keys(counts)) {
    const expected = (countsBefore[table] ?? 0) + (addedCounts[table] ?? 0);
    if (counts[table] !== expected)
      throw mismatchFault(clause('countOf', { count: counts[table] ?? 0, table, expected }));
  }
  let done = 0;
  for (const record of records) {
    const { type, id, effect, existing } = record;
    if (effect === 'unchanged' || !(existing?.deleted || existing?.hidden)) continue;
    if (!locateIn(db, type, id)?.hidden) continue;
    const clearedFields = [...emptiedFields(type), ...referenceListFields(type)];
    const hidingReferences = referencesOf(type).filter(({ key }) => !clearedFields.includes(key));
    const { payload } = record;
    throw invalidFault(
      danglingIssues(db, type, payload, { fields: new Set(hidingReferences.map(({ key }) => key)) }),
    );
  }
  for (const type of entityTypes) {
    for (const { id, payload } of sampleEvenly(records, type)) {
      const stored = locateIn(db, type, id);
      if (!stored) throw mismatchFault(clause('recordMissing', { type, id }));
      if (stored.deleted) throw mismatchFault(clause('recordDeleted', { type, id }));
      if (!jsonEqual(stored.payload, payload)) throw mismatchFault(clause('recordDiffers', { type, id }));
      yield ++done;
    }
  }
}

function sampleEvenly(records: readonly PlannedRecord[], type: EntityType): PlannedRecord[] {
  const typeRecords = records.filter((record) => record.type === type);
  if (typeRecords.length <= maxSamples) return typeRecords;
  const step = (typeRecords.length - 1) / (maxSamples - 1);
  return Array.from(
    { length: maxSamples },
    (_, index) => typeRecords[Math.round(index * step)] as PlannedRecord,
  );
}

const mismatchFault = (why: Sentence): Fault<'WORKSPACE'> => workspaceFault('not_verified', { why });

/** Whether there is no visible record; deleted ones can exist. */
export function isEmpty(counts: Readonly<Record<string, number>>): boolean {
  return Object.values(counts).every((count) => count === 0);
}

/** Throws NOT_EMPTY if there are visible records. */
export function refuseNonEmpty(counts: Record<string, number>): void {
  if (isEmpty(counts)) return;
  throw new Fault('NOT_EMPTY', { counts });
}

/** The number of records in each table; with `effects`, only of records with one of these effects. */
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
