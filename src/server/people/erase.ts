import { randomUUID } from 'node:crypto';
import type { ErasedAtServer } from '#shared/contract/server/people.ts';
import { erasedPayload, isErased } from '#shared/domain/erased.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { NamePattern } from '#shared/domain/name-pattern.ts';
import { emptyingRedaction, redactionOf, redactSides } from '#shared/domain/redaction.ts';
import type { Redaction, Sides } from '#shared/domain/redaction.ts';
import { tableOf } from '#shared/domain/types.ts';
import { nextTimestamp } from '#shared/sync/clock.ts';
import { applyPatch } from '#shared/domain/patch.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import type { Services } from '../context.ts';
import type { Sql } from '../db/database.ts';
import { lockHistory } from '../db/group-commit.ts';
import { isoTime } from '../db/time.ts';
import { sweepFiles } from '../files/store.ts';
import { beginTraining, deleteKnowledge } from '../knowledge/base.ts';
import { hintOf } from '../sync/hint.ts';
import { ServerJobQueue } from '../jobs/queue.ts';
import { HistoryWriter, payloadDigest } from '../sync/history.ts';
import type { HistoryEntry } from '../sync/storage.ts';
import { serverFacts } from '../sync/own-operation.ts';
import { postgresStorage } from '../sync/postgres-storage.ts';
import { readRecords, writeRecords } from '../sync/records.ts';
import type { ChangedRecord } from '../sync/records.ts';
import { findMentions, findOperations, searchPatternsOf } from './mentions.ts';
import type { NamingOperation } from './mentions.ts';
import { removalAttempts, removalKind } from './old-versions.ts';
import { readHoldingPeriod, readPerson } from './person.ts';
import type { Person } from './person.ts';

interface ErasureRequest {
  id: string;
  mentions: boolean;
  /** Names that only the caller knows. */
  terms: readonly string[];
  actor: string;
}

/** Erases a person under the history lock, as owner of the tables. The added operation reaches every workspace. Throws PERSON_NOT_FOUND. */
export async function erasePerson(services: Services, request: ErasureRequest): Promise<ErasedAtServer> {
  const { database, now, hints, backups } = services;
  const [time, op_id] = [now(), randomUUID()];
  const result = await database.transaction(async (sql) => {
    await lockHistory(sql);
    const history = await HistoryWriter.begin(postgresStorage(sql), isoTime(time));
    const person = await readPerson(sql, request.id, request.terms);
    const eraser = new ServerEraser(sql, person, new NamePattern(person.terms));
    await eraser.emptyRecord();
    if (request.mentions) await eraser.redactMentions();
    else await eraser.redactOperations(new NamePattern([]), []);
    await eraser.dropParts(request.mentions);
    if (request.mentions) await eraseCopies(sql, person.terms, new NamePattern(person.terms));
    const { rows, changedRecords, remainderDigests } = eraser;
    const holdingPeriod = await readHoldingPeriod(sql, person, eraser.mentioningIds);
    const counts = { rows: remainderDigests.size, records: changedRecords.length, holdingPeriod };
    if (changedRecords.length === 0 && remainderDigests.size === 0)
      return { ...counts, entry: null, seq: null, deletedTexts: 0 };
    const deletedTexts = await deleteKnowledge(sql);
    await writeRecords(sql, { changed: changedRecords, moved: [] }, isoTime(time));
    const { type, id } = person;
    const { mentions, actor } = request;
    const params = { type, id, rows: remainderDigests.size, count: changedRecords.length };
    const stamp = nextTimestamp(null, time, 'server');
    const entry: HistoryEntry = {
      ...serverFacts({ op_id, actor, label: 'people.erase', params, stamp, time }),
      rows,
      conflicts: [],
      erased: { type, id, mentions, rows: Object.fromEntries(remainderDigests) },
    };
    const seq = history.add(entry);
    await history.finish();
    await new ServerJobQueue(database).enqueue(
      { kind: removalKind, input: { tables: writtenTables(changedRecords) }, maxAttempts: removalAttempts },
      sql,
    );
    return { ...counts, entry, seq, deletedTexts };
  });
  const { entry, seq, holdingPeriod } = result;
  if (entry) hints.publish([hintOf(seq, entry)]);
  if (result.deletedTexts > 0) await beginTraining(services, '');
  await sweepFiles(services, isoTime(0));
  return {
    op_id: entry?.op_id ?? null,
    seq,
    rows: result.rows,
    records: result.records,
    vacuumed: entry === null,
    backups: await backups.listBetween(holdingPeriod),
  };
}

/** Tables, other than records and history, that can hold texts about people, and what an erasure does with a row that names one. */
const copyStatements = {
  queued_jobs: 'DELETE FROM queued_jobs',
  sign_in_failures: 'DELETE FROM sign_in_failures',
  oidc_sign_ins: 'DELETE FROM oidc_sign_ins',
  auth_events: 'UPDATE auth_events SET email = NULL',
  access_events: 'UPDATE access_events SET subject = NULL',
  sessions: "UPDATE sessions SET device = ''",
} as const;

/** All tables of which an erasure changes or deletes rows with texts. */
const writtenTables = (changedRecords: readonly ChangedRecord[]): string[] => [
  ...new Set(changedRecords.map(({ type }) => tableOf[type])),
  'record_ids',
  'audit_logs',
  'audit_transactions',
  'operation_parts',
  'knowledge',
  'files',
  'file_parts',
  'file_contents',
  ...Object.keys(copyStatements),
];

/** Removes a person's names from other tables. Messages between servers go whole: they only hint at news, and are encoded. */
async function eraseCopies(sql: Sql, terms: readonly string[], pattern: NamePattern): Promise<void> {
  for (const [table, statement] of Object.entries(copyStatements)) {
    const rows = await sql.all<{ place: string; text: string }>(
      `SELECT t.ctid::text AS place, to_jsonb(t)::text AS text FROM ${table} t WHERE to_jsonb(t)::text ~* ANY ($1::text[])`,
      [searchPatternsOf(terms)],
    );
    const places = rows.flatMap(({ place, text }) => (pattern.canMatchJson(text) ? [place] : []));
    if (places.length > 0) await sql.run(`${statement} WHERE ctid = ANY ($1::tid[])`, [places]);
  }
  await sql.run('DELETE FROM socket_io_attachments');
}

const historyQuery = `SELECT id, action, payload_before AS before, payload_after AS after FROM audit_logs WHERE entity_id = $1 ORDER BY id`;
const emptyRowsQuery = `UPDATE audit_logs l SET payload_before = nullif(r.before, 'null'), payload_after = nullif(r.after, 'null'), salt = NULL
  FROM jsonb_to_recordset($1::jsonb) AS r(id bigint, before jsonb, after jsonb) WHERE l.id = r.id`;
const redactOperationQuery =
  'UPDATE audit_transactions SET params = $2::jsonb, conflicts = $3::jsonb WHERE id = $1';
/** Removes the content hash: it has no salt, so names could be guessed from it. */
const removeContentQuery = `UPDATE audit_transactions SET content = NULL WHERE content IS NOT NULL AND (id = ANY ($2::bigint[])
  OR id IN (SELECT (SELECT max(t.id) FROM audit_transactions t WHERE t.id <= r) FROM unnest($1::bigint[]) AS r))`;
const deletePartsQuery = `DELETE FROM operation_parts p USING operation_parts q WHERE p.op_id = q.op_id AND p.user_id = q.user_id
  AND (position($1 in q.rows::text) > 0 OR q.rows::text ~* ANY ($2::text[]))`;

/** Erases the person's data on the server. Collects changed records and the rows of the erasure operation. */
class ServerEraser {
  readonly #sql: Sql;
  readonly #person: Person;
  readonly #pattern: NamePattern;
  readonly changedRecords: ChangedRecord[] = [];
  readonly rows: HistoryEntry['rows'][number][] = [];
  /** Ids of emptied rows, with the digest of what remains. */
  readonly remainderDigests = new Map<number, string>();
  /** Ids of records that named the person. */
  readonly mentioningIds: string[] = [];

  constructor(sql: Sql, person: Person, pattern: NamePattern) {
    this.#sql = sql;
    this.#person = person;
    this.#pattern = pattern;
  }

  async emptyRecord(): Promise<void> {
    const { type, id, record } = this.#person;
    await this.#emptyHistory(id, emptyingRedaction(type));
    const payload = erasedPayload(type, record.payload);
    if (record.deleted && isErased(record.payload)) return;
    this.changedRecords.push({ ...record, id, payload, deleted: true, isNew: false });
    if (record.deleted) return;
    const { universities } = record;
    this.rows.push({ action: 'delete', type, id, before: payload, after: null, universities });
  }

  async redactMentions(): Promise<void> {
    const { records, operations } = await findMentions(this.#sql, this.#person, this.#pattern);
    this.mentioningIds.push(...records.keys());
    const stored = await readRecords(this.#sql, this.mentioningIds);
    for (const [id, { type }] of records) {
      const redaction = redactionOf(type, this.#person, this.#pattern);
      await this.#emptyHistory(id, redaction);
      const record = stored.get(id);
      if (!record) continue;
      const payload = redaction.redactPayload(record.payload);
      if (payload === record.payload) continue;
      this.changedRecords.push({ ...record, id, payload, isNew: false });
      if (!record.deleted) this.rows.push(redactedRow(id, { ...record, payload }, record.payload));
    }
    await this.#redact(operations);
  }

  /** Without terms, redacts only conflicts of the person's own record. */
  async redactOperations(pattern: NamePattern, terms: string[]): Promise<void> {
    await this.#redact(await findOperations(this.#sql, { id: this.#person.id, terms }, pattern));
  }

  /** Deletes incomplete operations that name the person. Their clients send them again. */
  async dropParts(includeMentions: boolean): Promise<void> {
    const { id, terms } = this.#person;
    await this.#sql.run(deletePartsQuery, [
      JSON.stringify(id),
      includeMentions ? searchPatternsOf(terms) : [],
    ]);
  }

  async #redact(operations: readonly NamingOperation[]): Promise<void> {
    for (const { id, params, conflicts } of operations)
      await this.#sql.run(redactOperationQuery, [id, JSON.stringify(params), JSON.stringify(conflicts)]);
    await this.#sql.run(removeContentQuery, [
      [...this.remainderDigests.keys()],
      operations.map(({ id }) => id),
    ]);
  }

  async #emptyHistory(id: string, redaction: Redaction): Promise<void> {
    type Row = Pick<SyncRow, 'action' | 'before' | 'after'> & { id: number };
    const remainders: Omit<Row, 'action'>[] = [];
    let remainingPayload: JsonObject | null = null;
    for (const row of await this.#sql.all<Row>(historyQuery, [id])) {
      const { before, after }: Sides<JsonObject> = redactSides(row, remainingPayload, redaction);
      if (row.action === 'create') remainingPayload = after;
      else if (row.action === 'update')
        remainingPayload = applyPatch(remainingPayload ?? {}, { before, after });
      if (jsonEqual(before, row.before) && jsonEqual(after, row.after)) continue;
      remainders.push({ id: row.id, before, after });
      this.remainderDigests.set(row.id, payloadDigest('', before, after));
    }
    if (remainders.length > 0) await this.#sql.run(emptyRowsQuery, [JSON.stringify(remainders)]);
  }
}

/** A row that tells workspaces the redacted values. `before` equals `after`, because the old value is erased. */
function redactedRow(
  id: string,
  { type, payload, universities }: Pick<ChangedRecord, 'type' | 'payload' | 'universities'>,
  previous: JsonObject,
): HistoryEntry['rows'][number] {
  const changedEntries = Object.entries(payload).filter(
    ([field, value]) => !jsonEqual(value, previous[field]),
  );
  const changedFields = Object.fromEntries(changedEntries);
  return { action: 'update', type, id, before: changedFields, after: changedFields, universities };
}
