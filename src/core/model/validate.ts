import { Fault } from '#shared/contract/faults.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import {
  computedFields,
  changeIssues,
  hasUndeclaredUniversity,
  payloadIssues,
} from '#shared/domain/check-payload.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { recordId } from '#shared/domain/field.ts';
import type { FieldInfo } from '#shared/domain/field.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { idsToCheck, isReferenceKind, canTarget, onlyTargetType } from '#shared/domain/references.ts';
import { auditedTypes, isEntityType } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import type { LocatedRecord } from '../log/records/locate.ts';
import { readTitle } from './titles.ts';
import { issueOf, issueOfZod, issueWithCode, targetValues } from '#shared/texts/issues.ts';

export function invalidFault(issues: readonly Issue[]): Fault<'INVALID'> {
  return new Fault('INVALID', { issues: [...issues] });
}

/** Checks the form of a whole payload; `stored` is empty for a new record. Throws INVALID with an issue for each wrong field. */
export function checkPayload(type: EntityType, payload: JsonObject, stored: JsonObject): void {
  const issues = payloadIssues(type, payload, stored);
  if (issues.length > 0) throw invalidFault(issues);
}

/** Checks the new values of a change of `stored`, which is empty for a new record. Throws INVALID. */
export function checkChange(type: EntityType, payload: JsonObject, stored: JsonObject): void {
  checkPayload(type, payload, stored);
  const issues = changeIssues(type, payload, stored);
  if (issues.length > 0) throw invalidFault(issues);
}

/** A type whose records can refer to records. Profiles refer to their university. */
export type ReferringType = EntityType | 'profile';

export function referencesOf(
  type: ReferringType,
): readonly { key: string; to: NonNullable<FieldInfo['to']> }[] {
  if (type === 'profile') return [{ key: 'university_id', to: 'university' }];
  const references = fieldsOf(type)
    .filter(isReferenceKind)
    .map(({ key, to = 'any' }) => ({ key, to }));
  return hasUndeclaredUniversity(type)
    ? [...references, { key: 'university_id', to: 'university' }]
    : references;
}

/** Fields of a repair that approving and checking set, so that nobody names another person. */
const agreedNames = ['approved_by', 'checked_by'];

/** Throws INVALID for computed fields and names of who agreed. */
export function refuseComputed(type: EntityType, fields: readonly string[]): void {
  const computed = fields.filter((field) => computedFields[type]?.includes(field));
  const agreed = type === 'repair' ? fields.filter((field) => agreedNames.includes(field)) : [];
  if (computed.length + agreed.length === 0) return;
  throw invalidFault([
    ...computed.map((path) => issueOf(path, 'computed')),
    ...agreed.map((path) => issueOf(path, 'by_agreement')),
  ]);
}

/** Audited types that are not records; their ids must not be used again either. */
const otherTypes = auditedTypes.filter((type) => !isEntityType(type));

/** Checks an id chosen by the caller: well formed and unused, also by deleted records. Throws INVALID or DUPLICATE_ID. */
export function checkNewId(db: ReadHandle, id: string): void {
  const result = recordId.safeParse(id);
  if (!result.success)
    throw invalidFault(result.error.issues.map((issue) => issueOfZod(issue, { path: 'id', code: 'id' })));
  const existing = locateRecord(db, id) ?? otherTypes.map((type) => locateIn(db, type, id)).find(Boolean);
  if (!existing) return;
  throw new Fault('DUPLICATE_ID', {
    id,
    type: existing.type,
  });
}

export interface ReferenceScope {
  /** The fields to check; by default all. */
  fields?: ReadonlySet<string> | undefined;
  /** The payload before the change; items that a list of references already had are not checked again. */
  storedPayload?: JsonObject | undefined;
}

/** Checks that references of the given fields exist. Throws INVALID, with an issue for each field. */
export function checkReferences(
  db: ReadHandle,
  type: ReferringType,
  payload: JsonObject,
  scope?: ReferenceScope,
): void {
  const issues = danglingIssues(db, type, payload, scope);
  if (issues.length > 0) throw invalidFault(issues);
}

/** An issue for each reference of the given fields that does not name a visible record. */
export function danglingIssues(
  db: ReadHandle,
  type: ReferringType,
  payload: JsonObject,
  { fields, storedPayload }: ReferenceScope = {},
): Issue[] {
  return referencesOf(type).flatMap(({ key, to }) =>
    fields && !fields.has(key)
      ? []
      : idsToCheck(payload[key], storedPayload?.[key]).flatMap(
          (id) => danglingIssue(db, { key, to }, id) ?? [],
        ),
  );
}

function danglingIssue(
  db: ReadHandle,
  { key, to }: ReturnType<typeof referencesOf>[number],
  id: string,
): Issue | null {
  const targetType = onlyTargetType(to);
  const record = targetType ? locateIn(db, targetType, id) : locateRecord(db, id);
  if (!record || (to !== 'any' && !canTarget(to, record.type))) return issueOf(key, 'dangling', { id });
  if (record.deleted || record.hidden) return deletedIssue(db, key, record);
  return canTarget(to, record.type) ? null : issueOf(key, 'not_an_end');
}

function deletedIssue(db: ReadHandle, path: string, { type, id, payload, deleted }: LocatedRecord): Issue {
  const title = readTitle(db, type, payload);
  const problem = deleted ? 'deleted_target' : 'hidden_target';
  return {
    ...issueWithCode(path, 'dangling', problem, targetValues({ title, id })),
    gone: { type, id, title },
  };
}
