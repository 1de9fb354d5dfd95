import { hash } from 'node:crypto';
import type { JsonObject } from '#shared/domain/json.ts';
import { tableOf } from '#shared/domain/types.ts';
import { fingerprintText } from '#shared/sync/fingerprint.ts';
import type { SyncedType, SyncRecord } from '#shared/sync/operation.ts';
import type { Sql } from '../db/database.ts';

/** A record and its universities: those of both ends for an interface, else its own. */
export interface ServerRecord extends SyncRecord {
  universities: readonly string[];
}

/** Type and universities of a record. Every caller who knows the id may read them, because a user may see only one end of a link. */
export type Affiliation = Pick<ServerRecord, 'type' | 'universities'>;

interface RecordLocation extends Affiliation {
  id: string;
  deleted: boolean;
}

/** Reads records by id, including deleted ones, under row security. */
export async function readRecords(sql: Sql, ids: readonly string[]): Promise<Map<string, ServerRecord>> {
  return (await findRecords(sql, ids)).records;
}

/** Reads records by id, including deleted ones, and type and universities of hidden ones. `types` are guesses that save a look-up if they are right. */
export async function findRecords(
  sql: Sql,
  ids: readonly string[],
  types: ReadonlyMap<string, SyncedType> = new Map(),
): Promise<{ records: Map<string, ServerRecord>; unseen: Map<string, Affiliation> }> {
  const records = new Map<string, ServerRecord>();
  const unseen = new Map<string, Affiliation>();
  if (ids.length === 0) return { records, unseen };
  const payloads = new Map<string, JsonObject>();
  const readType = async (type: SyncedType, idsOfType: readonly string[]): Promise<void> => {
    const rows = await sql.all<{ id: string; payload: JsonObject }>(
      `SELECT id, payload FROM ${tableOf[type]} WHERE id = ANY ($1::text[])`,
      [idsOfType],
    );
    for (const { id, payload } of rows) payloads.set(id, payload);
  };
  const [locations] = await Promise.all([
    sql.all<RecordLocation>('SELECT id, type, deleted, universities FROM frames_affiliations($1::text[])', [
      ids,
    ]),
    ...[...Map.groupBy(types.keys(), (id) => types.get(id) as SyncedType)].map(([type, idsOfType]) =>
      readType(type, idsOfType),
    ),
  ]);
  const unreadLocations = locations.filter(({ id, type }) => types.get(id) !== type);
  await Promise.all(
    [...Map.groupBy(unreadLocations, ({ type }) => type)].map(([type, locationsOfType]) =>
      readType(
        type,
        locationsOfType.map(({ id }) => id),
      ),
    ),
  );
  for (const { id, type, deleted, universities } of locations) {
    const payload = payloads.get(id);
    if (payload) records.set(id, { type, payload, deleted, universities });
    else unseen.set(id, { type, universities });
  }
  return { records, unseen };
}

export interface ChangedRecord extends ServerRecord {
  id: string;
  isNew: boolean;
}

const recordsPerStatement = 1000;

/** New universities of an interface after an end appeared or moved. */
export type MovedInterface = Pick<ChangedRecord, 'id' | 'universities'>;

/** Writes records, references before dependants, because row security of interfaces checks their ends. Sends all statements at once. */
export async function writeRecords(
  sql: Sql,
  { changed, moved }: { changed: readonly ChangedRecord[]; moved: readonly MovedInterface[] },
  time: string,
): Promise<void> {
  const createdRecords = changed.filter(({ isNew }) => isNew);
  const updatedRecords = changed.filter(({ isNew }) => !isNew);
  const statements: Promise<unknown>[] = [
    writeRows(sql, insertIds, createdRecords.map(idRow)),
    writeRows(sql, updateIds, updatedRecords.map(idRow)),
    ...[...Map.groupBy(createdRecords, (record) => record.type)].map(([type, records]) =>
      writeRows(sql, insertRecordsInto(tableOf[type]), records.map(recordRow), time),
    ),
    ...[...Map.groupBy(updatedRecords, (record) => record.type)].map(([type, records]) =>
      writeRows(sql, updateRecordsOf(tableOf[type]), records.map(recordRow), time),
    ),
  ];
  if (moved.length > 0)
    statements.push(
      sql.run(
        `UPDATE record_ids r SET universities = m.universities
         FROM jsonb_to_recordset($1::jsonb) AS m(id text, universities text[]) WHERE r.id = m.id`,
        [JSON.stringify(moved)],
      ),
    );
  await Promise.all(statements);
}

async function writeRows(
  sql: Sql,
  statement: string,
  rows: readonly object[],
  ...time: string[]
): Promise<void> {
  const batches = Array.from({ length: Math.ceil(rows.length / recordsPerStatement) }, (_, index) =>
    rows.slice(index * recordsPerStatement, (index + 1) * recordsPerStatement),
  );
  const counts = await Promise.all(
    batches.map((batch) => sql.run(statement, [JSON.stringify(batch), ...time])),
  );
  // Row security silently skips rows that may not be changed.
  if (counts.some((count, index) => count !== batches[index]?.length))
    throw new Error(`row security refused a change: ${statement}`);
}

const payloadRecordset = 'jsonb_to_recordset($1::jsonb) AS r(id text, payload jsonb, deleted boolean)';
const insertRecordsInto = (table: string): string =>
  `INSERT INTO ${table} (id, payload, created_at, updated_at, deleted_at)
   SELECT id, payload, $2::timestamptz, $2::timestamptz, CASE WHEN deleted THEN $2::timestamptz END FROM ${payloadRecordset}`;
const updateRecordsOf = (table: string): string =>
  `UPDATE ${table} t SET payload = r.payload, updated_at = $2::timestamptz,
     deleted_at = CASE WHEN r.deleted THEN coalesce(t.deleted_at, $2::timestamptz) END
   FROM ${payloadRecordset} WHERE t.id = r.id`;
const recordRow = ({ id, payload, deleted }: ChangedRecord) => ({ id, payload, deleted });

const idRecordset = `jsonb_to_recordset($1::jsonb)
  AS r(id text, type text, deleted boolean, universities text[], high bigint, low bigint)`;
const insertIds = `INSERT INTO record_ids (id, type, deleted, universities, fingerprint_high, fingerprint_low)
  SELECT id, type, deleted, universities, high, low FROM ${idRecordset}`;
const updateIds = `UPDATE record_ids i SET deleted = r.deleted, universities = r.universities, fingerprint_high = r.high,
  fingerprint_low = r.low FROM ${idRecordset} WHERE i.id = r.id`;
const idRow = ({ id, type, payload, deleted, universities }: ChangedRecord) => {
  const [high, low] = fingerprintOf(type, id, payload);
  return { id, type, deleted, universities, high, low };
};

/** The first 16 bytes of the SHA-256, as two signed 64-bit numbers in decimal. */
function fingerprintOf(type: string, id: string, payload: JsonObject): [high: string, low: string] {
  const bytes = hash('sha256', fingerprintText(type, id, payload), 'buffer');
  return [bytes.readBigInt64BE(0).toString(), bytes.readBigInt64BE(8).toString()];
}

/** Returns the universities of a record; `find` resolves the ends of an interface. */
export function universitiesOf(
  { type, id, payload }: { type: SyncedType; id: string; payload: JsonObject },
  find: (id: string) => Affiliation | undefined,
): string[] {
  if (type === 'university') return [id];
  if (type === 'interface') {
    const ends = [payload.from, payload.to].map((end) => (typeof end === 'string' ? find(end) : undefined));
    return [...new Set(ends.flatMap((end) => (end && end.type !== 'interface' ? end.universities : [])))];
  }
  const { university_id: university } = payload;
  return typeof university === 'string' && type !== 'profile' && type !== 'view' ? [university] : [];
}
