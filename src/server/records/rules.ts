import type { Issue } from '#shared/contract/faults.ts';
import { serverKeys } from '#shared/contract/server/data.ts';
import {
  computedFields,
  dayIssues,
  hasLooseUniversity,
  payloadIssues,
} from '#shared/domain/check-payload.ts';
import { defaultsOf, fieldOf, fieldsOf } from '#shared/domain/entities.ts';
import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { FieldInfo } from '#shared/domain/field.ts';
import { idsToCheck, isReferring, mayName, targetNoun } from '#shared/domain/references.ts';
import { titleOf } from '#shared/domain/title.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldsOfRow, valueIn } from '#shared/sync/merge.ts';
import type { SyncedType, SyncRow } from '#shared/sync/operation.ts';
import type { Sql } from '../db/database.ts';
import { readRecords } from '../sync/records.ts';
import { invalid } from './write.ts';

/** What a caller sent without the keys that are the server's. Throws VALIDATION_ERROR for fields that are computed. */
export function ownFields(type: EntityType, body: JsonObject): JsonObject {
  const computed = Object.keys(body).filter((key) => computedFields[type]?.includes(key));
  if (computed.length > 0)
    throw invalid(
      computed.map((path) => ({ path, code: 'computed', message: 'is computed and cannot be set' })),
    );
  return Object.fromEntries(Object.entries(body).filter(([key]) => !serverKeys.includes(key)));
}

/** The fields of a new record: what its maker gave, and what is usual where they said nothing. */
export function withDefaults(type: EntityType, fields: JsonObject, university: string | null): JsonObject {
  const more: Record<string, Json> = {};
  if (type !== 'interface' && fieldOf(type, 'university_id') && !Object.hasOwn(fields, 'university_id'))
    if (university !== null) more.university_id = university;
  const { bond_type: bond } = fields;
  if (type === 'interface' && typeof bond === 'string' && !Object.hasOwn(fields, 'energy_loss'))
    if (Object.hasOwn(defaultEnergyLoss, bond)) more.energy_loss = defaultEnergyLoss[bond] ?? 0;
  return { ...defaultsOf[type], ...fields, ...more };
}

/** The row that makes one payload another; null where they are equal. */
export function updateRow(type: EntityType, id: string, from: JsonObject, to: JsonObject): SyncRow | null {
  const changed = fieldsOfRow({ before: from, after: to }).filter((field) => {
    const [was, will] = [valueIn(from, field), valueIn(to, field)];
    return was === undefined || will === undefined || !jsonEqual(was, will);
  });
  if (changed.length === 0) return null;
  const side = (of: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(of).filter(([field]) => changed.includes(field)));
  return { action: 'update', type, id, before: side(from), after: side(to) };
}

/** Checks the form of a whole record. Throws VALIDATION_ERROR with an issue for each field that is wrong. */
export function checkForm(type: EntityType, payload: JsonObject): void {
  const issues = payloadIssues(type, payload);
  if (issues.length > 0) throw invalid(issues);
}

/** As `checkForm`, and checks the new values of a change of `stored`, which is empty for a new record. */
export function checkChange(type: EntityType, payload: JsonObject, stored: JsonObject): void {
  checkForm(type, payload);
  const issues = dayIssues(type, payload, stored);
  if (issues.length > 0) throw invalid(issues);
}

/** The fields of a type that name other records, and of which type those must be. */
function referencesOf(type: EntityType): { key: string; to: NonNullable<FieldInfo['to']> }[] {
  const declared = fieldsOf(type)
    .filter(isReferring)
    .map(({ key, to = 'any' }) => ({ key, to }));
  return hasLooseUniversity(type) ? [...declared, { key: 'university_id', to: 'university' }] : declared;
}

/** A record with the fields that may be new in it. */
export interface Referring {
  type: EntityType;
  payload: JsonObject;
  /** Null for all. */
  fields: readonly string[] | null;
  /** The payload before the change: what a list named already is not judged again. */
  stored?: JsonObject;
}

/** What the given records refer to must be there; `typeIn` tells of what is made, or goes, with them. Throws VALIDATION_ERROR. */
export async function checkReferences(
  sql: Sql,
  records: readonly Referring[],
  typeIn: (id: string) => EntityType | null | undefined = () => undefined,
): Promise<void> {
  const named = records.flatMap(({ type, payload, fields, stored }) =>
    referencesOf(type)
      .filter(({ key }) => fields?.includes(key) ?? true)
      .flatMap(({ key, to }) => idsToCheck(payload[key], stored?.[key]).map((id) => ({ path: key, to, id }))),
  );
  const unknown = named.map(({ id }) => id).filter((id) => typeIn(id) === undefined);
  const known = await readRecords(sql, [...new Set(unknown)]);
  const issues = named.flatMap(({ path, to, id }): Issue[] => {
    const there = known.get(id);
    const type = typeIn(id) ?? (there?.deleted ? undefined : there?.type);
    const isRight = typeof type === 'string' && mayName(to, type);
    return isRight ? [] : [{ path, code: 'dangling', message: `there is no ${targetNoun(to)} "${id}"` }];
  });
  if (issues.length > 0) throw invalid(issues.slice(0, 100));
}

/** What a person calls a record: an interface by what it joins. */
export async function readTitle(sql: Sql, type: SyncedType, payload: JsonObject): Promise<string> {
  if (type !== 'interface') return titleOf(type, payload);
  const ends = [payload.from, payload.to].map((end) => (typeof end === 'string' ? end : ''));
  const known = await readRecords(sql, ends);
  return ends
    .map((id) => {
      const end = known.get(id);
      return (end && titleOf(end.type, end.payload)) || id;
    })
    .join(' → ');
}
