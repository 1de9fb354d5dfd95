import type { z } from 'zod';
import { Fault } from '#shared/contract/faults.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import {
  computedFields,
  dayIssues,
  hasLooseUniversity,
  payloadIssues,
} from '#shared/domain/check-payload.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { recordId } from '#shared/domain/field.ts';
import type { FieldInfo } from '#shared/domain/field.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { idsToCheck, isReferring, mayName, targetNoun, typeNamed } from '#shared/domain/references.ts';
import { auditedTypes, isEntityType } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import type { Located } from '../log/records/locate.ts';
import { readTitle } from './titles.ts';
import { issueWords } from '#shared/domain/issue-words.ts';

export function invalidFault(issues: readonly Issue[]): Fault<'INVALID'> {
  return new Fault('INVALID', { issues: [...issues] });
}

/** Checks the form of a whole payload. Throws INVALID with an issue for each wrong field. */
export function checkPayload(type: EntityType, payload: JsonObject): void {
  const issues = payloadIssues(type, payload);
  if (issues.length > 0) throw invalidFault(issues);
}

/** Checks the new values of a change of `stored`, which is empty for a new record. Throws INVALID. */
export function checkChange(type: EntityType, payload: JsonObject, stored: JsonObject): void {
  checkPayload(type, payload);
  const issues = dayIssues(type, payload, stored);
  if (issues.length > 0) throw invalidFault(issues);
}

/** What may refer to records: records, and profiles by their university. */
export type Referring = EntityType | 'profile';

export function referencesOf(type: Referring): readonly { key: string; to: NonNullable<FieldInfo['to']> }[] {
  if (type === 'profile') return [{ key: 'university_id', to: 'university' }];
  const named = fieldsOf(type)
    .filter(isReferring)
    .map(({ key, to = 'any' }) => ({ key, to }));
  return hasLooseUniversity(type) ? [...named, { key: 'university_id', to: 'university' }] : named;
}

/** Throws INVALID for computed fields. */
export function refuseComputed(type: EntityType, fields: readonly string[]): void {
  const computed = fields.filter((field) => computedFields[type]?.includes(field));
  if (computed.length === 0) return;
  throw invalidFault(
    computed.map((path) => ({ path, code: 'computed', message: 'is computed and cannot be set' })),
  );
}

function firstWords({ issues }: z.ZodError): string {
  return issues[0] ? issueWords(issues[0]) : 'is no id';
}

/** Audited types that are not records; their ids must not be used again either. */
const otherTypes = auditedTypes.filter((type) => !isEntityType(type));

/** Checks an id chosen by the caller: well formed and unused, also by deleted records. Throws INVALID or DUPLICATE_ID. */
export function checkNewId(db: ReadHandle, id: string): void {
  const result = recordId.safeParse(id);
  if (!result.success) throw invalidFault([{ path: 'id', code: 'id', message: firstWords(result.error) }]);
  const taken = locateRecord(db, id) ?? otherTypes.map((type) => locateIn(db, type, id)).find(Boolean);
  if (!taken) return;
  throw new Fault('DUPLICATE_ID', {
    id,
    type: taken.type,
  });
}

export interface ReferenceScope {
  only?: ReadonlySet<string> | undefined;
  /** The payload before the change; items that a list had already are not checked again. */
  stored?: JsonObject | undefined;
}

/** Checks that references of the given fields exist. Throws INVALID, with an issue for each field. */
export function checkReferences(
  db: ReadHandle,
  type: Referring,
  payload: JsonObject,
  scope?: ReferenceScope,
): void {
  const issues = danglingReferences(db, type, payload, scope);
  if (issues.length > 0) throw invalidFault(issues);
}

/** An issue for each reference of the given fields that does not name a live record. */
export function danglingReferences(
  db: ReadHandle,
  type: Referring,
  payload: JsonObject,
  { only, stored }: ReferenceScope = {},
): Issue[] {
  return referencesOf(type).flatMap(({ key, to }) =>
    only && !only.has(key)
      ? []
      : idsToCheck(payload[key], stored?.[key]).flatMap((id) => danglingReference(db, { key, to }, id) ?? []),
  );
}

function danglingReference(
  db: ReadHandle,
  { key, to }: ReturnType<typeof referencesOf>[number],
  id: string,
): Issue | null {
  const one = typeNamed(to);
  const found = one ? locateIn(db, one, id) : locateRecord(db, id);
  if (!found || (to !== 'any' && !mayName(to, found.type)))
    return { path: key, code: 'dangling', message: `there is no ${targetNoun(to)} "${id}"` };
  if (found.deleted || found.hidden) return deletedIssue(db, key, found);
  if (mayName(to, found.type)) return null;
  return {
    path: key,
    code: 'not_an_end',
    message: `a record of type ${found.type} cannot be an end of an interface`,
  };
}

function deletedIssue(db: ReadHandle, path: string, { type, id, payload, deleted }: Located): Issue {
  const title = readTitle(db, type, payload);
  const named = title === '' ? `"${id}"` : `"${title}" (${id})`;
  return {
    path,
    code: 'dangling',
    message: `the ${type} ${named} is ${deleted ? 'deleted' : 'hidden, because what it belongs to is deleted'}`,
    gone: { type, id, title },
  };
}
