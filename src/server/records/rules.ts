import { issueOf } from '#shared/texts/issues.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import { serverKeys } from '#shared/contract/server/data.ts';
import {
  computedFields,
  changeIssues,
  hasUndeclaredUniversity,
  payloadIssues,
} from '#shared/domain/check-payload.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { FieldInfo } from '#shared/domain/field.ts';
import { idsToCheck, isReferenceKind, canTarget } from '#shared/domain/references.ts';
import { linkTitle, titleOf } from '#shared/domain/title.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { SyncedType } from '#shared/sync/operation.ts';
import type { Sql } from '../db/database.ts';
import { readRecords } from '../sync/records.ts';
import { validationError } from './write.ts';

/** Removes the server's keys from a request body. Throws VALIDATION_ERROR for computed fields. */
export function settableFields(type: EntityType, body: JsonObject): JsonObject {
  const computedKeys = Object.keys(body).filter((key) => computedFields[type]?.includes(key));
  if (computedKeys.length > 0) throw validationError(computedKeys.map((path) => issueOf(path, 'computed')));
  return Object.fromEntries(Object.entries(body).filter(([key]) => !serverKeys.includes(key)));
}

/** Validates a whole record; `stored` is empty for a new one. Throws VALIDATION_ERROR with an issue for each invalid field. */
export function assertValidPayload(type: EntityType, payload: JsonObject, stored: JsonObject): void {
  const issues = payloadIssues(type, payload, stored);
  if (issues.length > 0) throw validationError(issues);
}

/** Like `assertValidPayload`, and checks that new days exist. `stored` has the values before the change; it is empty for a new record. */
export function assertValidChange(type: EntityType, payload: JsonObject, stored: JsonObject): void {
  assertValidPayload(type, payload, stored);
  const issues = changeIssues(type, payload, stored);
  if (issues.length > 0) throw validationError(issues);
}

function referencesOf(type: EntityType): { key: string; to: NonNullable<FieldInfo['to']> }[] {
  const declaredReferences = fieldsOf(type)
    .filter(isReferenceKind)
    .map(({ key, to = 'any' }) => ({ key, to }));
  return hasUndeclaredUniversity(type)
    ? [...declaredReferences, { key: 'university_id', to: 'university' }]
    : declaredReferences;
}

export interface CheckedRecord {
  type: EntityType;
  payload: JsonObject;
  /** Fields to check; null for all. */
  fields: readonly string[] | null;
  /** The payload before the change. Existing list entries are not checked again. */
  stored?: JsonObject;
}

/** Throws VALIDATION_ERROR for dangling references. `typeAfter`: a record’s type after this operation; null if deleted, undefined if untouched. */
export async function assertReferences(
  sql: Sql,
  records: readonly CheckedRecord[],
  typeAfter: (id: string) => EntityType | null | undefined = () => undefined,
): Promise<void> {
  const references = records.flatMap(({ type, payload, fields, stored }) =>
    referencesOf(type)
      .filter(({ key }) => fields?.includes(key) ?? true)
      .flatMap(({ key, to }) => idsToCheck(payload[key], stored?.[key]).map((id) => ({ path: key, to, id }))),
  );
  const unresolved = references.map(({ id }) => id).filter((id) => typeAfter(id) === undefined);
  const recordsById = await readRecords(sql, [...new Set(unresolved)]);
  const issues = references.flatMap(({ path, to, id }): Issue[] => {
    const record = recordsById.get(id);
    const type = typeAfter(id) ?? (record?.deleted ? undefined : record?.type);
    const isValid = typeof type === 'string' && canTarget(to, type);
    return isValid ? [] : [issueOf(path, 'dangling', { id })];
  });
  if (issues.length > 0) throw validationError(issues.slice(0, 100));
}

/** Returns the display name of a record; for an interface, the names of both ends and its description. */
export async function readTitle(sql: Sql, type: SyncedType, payload: JsonObject): Promise<string> {
  if (type !== 'interface') return titleOf(type, payload);
  const ends = [payload.from, payload.to].map((end) => (typeof end === 'string' ? end : ''));
  const records = await readRecords(sql, ends);
  const [from = '', to = ''] = ends.map((id) => {
    const end = records.get(id);
    return (end && titleOf(end.type, end.payload)) || id;
  });
  return linkTitle(from, to, payload.description);
}
