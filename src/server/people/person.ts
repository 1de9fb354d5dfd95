import type { Erasure } from '#shared/contract/server/sync.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { isErased } from '#shared/domain/erased.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import { sortTerms, termsIn } from '#shared/domain/person-terms.ts';
import type { Sql } from '../db/database.ts';
import { readRecords } from '../sync/records.ts';
import type { ServerRecord } from '../sync/records.ts';

/** A student or a faculty member at the server. */
export interface Person extends Pick<Erasure, 'type' | 'id'> {
  /** Names and emails to search texts for. */
  terms: string[];
  record: ServerRecord;
}

const selectHistory = `SELECT payload_before AS before, payload_after AS after FROM audit_logs WHERE entity_id = $1 ORDER BY id`;
const firstRowQuery = 'SELECT min(created_at) AS at FROM audit_logs WHERE entity_id = ANY ($1::text[])';
const lastErasureQuery = "SELECT max(created_at) AS at FROM audit_transactions WHERE erased->>'id' = $1";

/** The period in which the server had data of a person, in ISO 8601; null if it never had any. `until` is null if the data is still there. */
export async function readHoldingPeriod(
  sql: Sql,
  { id, record }: Pick<Person, 'id' | 'record'>,
  mentioningIds: readonly string[],
): Promise<{ since: string; until: string | null } | null> {
  const since = (await sql.get<{ at: string | null }>(firstRowQuery, [[id, ...mentioningIds]]))?.at ?? null;
  if (since === null) return null;
  const isErasedRecord = record.deleted && isErased(record.payload);
  const erasure = isErasedRecord ? await sql.get<{ at: string | null }>(lastErasureQuery, [id]) : undefined;
  return { since, until: erasure?.at ?? null };
}

/** Values of the person's fields in conflict records: the lost and the winning ones. */
const conflictValuesQuery = `SELECT c->>'field' AS field, v->'value' AS value FROM audit_transactions,
  jsonb_array_elements(conflicts) c, jsonb_array_elements(jsonb_build_array(c->'lost', c->'won')) v
  WHERE conflicts @> $1::jsonb AND c->>'id' = $2 AND jsonb_typeof(v) = 'object'`;

/** Reads a person with all names known to the server; `extraTerms` has names that only the caller knows. Throws PERSON_NOT_FOUND. */
export async function readPerson(sql: Sql, id: string, extraTerms: readonly string[] = []): Promise<Person> {
  const record = (await readRecords(sql, [id])).get(id);
  if (!record || (record.type !== 'student' && record.type !== 'faculty'))
    throw new ServerFault('PERSON_NOT_FOUND', { id });
  const rows = await sql.all<{ before: JsonObject | null; after: JsonObject | null }>(selectHistory, [id]);
  const conflictValues = await sql.all<{ field: string; value: JsonObject[string] }>(conflictValuesQuery, [
    JSON.stringify([{ id }]),
    id,
  ]);
  const payloads = [
    record.payload,
    ...rows.flatMap(({ before, after }) => [before, after]),
    ...conflictValues.map(({ field, value }) => ({ [field]: value })),
  ];
  const terms = sortTerms([...termsIn(payloads.filter((payload) => isJsonObject(payload))), ...extraTerms]);
  return { type: record.type, id, terms, record };
}
