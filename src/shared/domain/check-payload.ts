import type { Issue } from '../contract/faults.ts';
import { fieldOf, payloadSchemas } from './entities.ts';
import { issueWords } from './issue-words.ts';
import { deeperThan } from './json.ts';
import type { JsonObject } from './json.ts';
import { deepest } from './limits.ts';
import type { EntityType } from './types.ts';

/** Fields that are computed on reading: naming one in a change is a mistake worth telling. */
export const computedFields: Readonly<Partial<Record<EntityType, readonly string[]>>> = {
  interface: ['from_university', 'to_university', 'is_cross_university', 'university_id'],
  student: ['status'],
  university: ['university_id'],
};

/** What is wrong with the form of a whole payload, an issue for each field. */
export function payloadIssues(type: EntityType, payload: JsonObject): Issue[] {
  const deep = Object.keys(payload).filter((field) => deeperThan(payload[field] ?? null, deepest));
  if (deep.length > 0)
    return deep.map((path) => ({ path, code: 'too_deep', message: `nests deeper than ${deepest} levels` }));
  const result = payloadSchemas[type].safeParse(payload, { reportInput: true });
  const issues = (result.error?.issues ?? []).map((issue): Issue => {
    return { path: issue.path.map(String).join('.'), code: issue.code, message: issueWords(issue) };
  });
  const university = payload.university_id ?? null;
  if (hasLooseUniversity(type) && university !== null && typeof university !== 'string')
    issues.push({ path: 'university_id', code: 'invalid_type', message: 'must be the id of a university' });
  return issues;
}

/** Every table has a column for the university, so the field means that in records whose schema does not name it too. */
export function hasLooseUniversity(type: EntityType): boolean {
  return !computedFields[type]?.includes('university_id') && !fieldOf(type, 'university_id');
}
