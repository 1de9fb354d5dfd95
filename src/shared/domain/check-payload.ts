import type { Issue } from '../contract/fault-data.ts';
import { isImpossibleDay } from './days.ts';
import { fieldOf, fieldsOf, payloadSchemas } from './entities.ts';
import { issueOf, issueOfZod, issueWithCode } from '../texts/issues.ts';
import { isDeeperThan, jsonEqual } from './json.ts';
import type { JsonObject } from './json.ts';
import { maxDepth } from './limits.ts';
import { sizeIssues } from './record-size.ts';
import { schemeOf } from './web-address.ts';
import type { EntityType } from './types.ts';

/** Fields computed on reading. A change that names one is reported as an error. */
export const computedFields: Readonly<Partial<Record<EntityType, readonly string[]>>> = {
  interface: ['from_university', 'to_university', 'is_cross_university', 'university_id'],
  student: ['status'],
  repair: ['state'],
  task: ['state'],
  university: ['university_id'],
};

/** Issues of a whole payload against its schema, one per field, or of its size. `stored` is empty for a new record. */
export function payloadIssues(type: EntityType, payload: JsonObject, stored: JsonObject): Issue[] {
  const deepFields = Object.keys(payload).filter((field) => isDeeperThan(payload[field] ?? null, maxDepth));
  if (deepFields.length > 0) return deepFields.map((path) => issueOf(path, 'too_deep', { max: maxDepth }));
  const tooLarge = sizeIssues(payload, stored);
  if (tooLarge.length > 0) return tooLarge;
  const result = payloadSchemas[type].safeParse(payload, { reportInput: true });
  const issues = (result.error?.issues ?? []).map((issue) => issueOfZod(issue));
  const university = payload.university_id ?? null;
  if (hasUndeclaredUniversity(type) && university !== null && typeof university !== 'string')
    issues.push(issueWithCode('university_id', 'invalid_type', 'university_id'));
  return issues;
}

/**
 * One issue for each changed field whose day does not exist in the calendar, or whose address is not https. Values equal to those in
 * `stored` pass: a value from before this rule must not block other changes of its record. `allowsHttp`: for records that are sent from a
 * workspace, which can be older than the rule; no program opens such an address.
 */
export function changeIssues(
  type: EntityType,
  payload: JsonObject,
  stored: JsonObject,
  { allowsHttp = false }: { allowsHttp?: boolean } = {},
): Issue[] {
  return fieldsOf(type).flatMap(({ key, kind }) => {
    const value = payload[key];
    if (typeof value !== 'string' || jsonEqual(value, stored[key] ?? null)) return [];
    if (kind === 'date' && isImpossibleDay(value)) return [issueOf(key, 'no_such_day')];
    const scheme = kind === 'url' ? schemeOf(value) : null;
    const isAllowed = scheme === null || scheme === 'https' || (allowsHttp && scheme === 'http');
    return isAllowed ? [] : [issueOf(key, 'https_only')];
  });
}

/** Every table has a university column, so the field is valid even where the schema does not declare it. */
export function hasUndeclaredUniversity(type: EntityType): boolean {
  return !computedFields[type]?.includes('university_id') && !fieldOf(type, 'university_id');
}
