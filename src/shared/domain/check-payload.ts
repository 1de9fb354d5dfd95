import type { Issue } from '../contract/fault-data.ts';
import { isImpossibleDay } from './days.ts';
import { fieldOf, fieldsOf, payloadSchemas } from './entities.ts';
import { issueOf, issueOfZod, issueWithCode } from '../texts/issues.ts';
import { isDeeperThan, jsonEqual } from './json.ts';
import type { JsonObject } from './json.ts';
import { maxDepth } from './limits.ts';
import { sizeIssues } from './record-size.ts';
import type { EntityType } from './types.ts';

/** Fields computed on reading. A change that names one is reported as an error. */
export const computedFields: Readonly<Partial<Record<EntityType, readonly string[]>>> = {
  interface: ['from_university', 'to_university', 'is_cross_university', 'university_id'],
  student: ['status'],
  university: ['university_id'],
};

/** Issues of a whole payload against its schema, one per field, or of its size. */
export function payloadIssues(type: EntityType, payload: JsonObject): Issue[] {
  const deepFields = Object.keys(payload).filter((field) => isDeeperThan(payload[field] ?? null, maxDepth));
  if (deepFields.length > 0) return deepFields.map((path) => issueOf(path, 'too_deep', { max: maxDepth }));
  const tooLarge = sizeIssues(payload);
  if (tooLarge.length > 0) return tooLarge;
  const result = payloadSchemas[type].safeParse(payload, { reportInput: true });
  const issues = (result.error?.issues ?? []).map((issue) => issueOfZod(issue));
  const university = payload.university_id ?? null;
  if (hasUndeclaredUniversity(type) && university !== null && typeof university !== 'string')
    issues.push(issueWithCode('university_id', 'invalid_type', 'university_id'));
  return issues;
}

/**
 * One issue for each changed field whose day does not exist in the calendar. Values equal to those in `stored` pass: a value from before
 * this rule must not block other changes of its record.
 */
export function dayIssues(type: EntityType, payload: JsonObject, stored: JsonObject): Issue[] {
  return fieldsOf(type).flatMap(({ key, kind }) => {
    const value = payload[key];
    if (kind !== 'date' || typeof value !== 'string' || !isImpossibleDay(value)) return [];
    return jsonEqual(value, stored[key] ?? null) ? [] : [issueOf(key, 'no_such_day')];
  });
}

/** Every table has a university column, so the field is valid even where the schema does not declare it. */
export function hasUndeclaredUniversity(type: EntityType): boolean {
  return !computedFields[type]?.includes('university_id') && !fieldOf(type, 'university_id');
}
