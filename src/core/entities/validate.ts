import { Fault } from '#shared/contract/faults.ts';
import type { Issue } from '#shared/contract/faults.ts';
import { fieldsOf, payloadSchemas } from '#shared/domain/entities.ts';
import { recordId } from '#shared/domain/field.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../db/connection.ts';
import { locate, locateIn } from './locate.ts';

/** Fields that are computed on reading: naming one in a change is a mistake worth telling. */
export const computedFields: Readonly<Partial<Record<EntityType, readonly string[]>>> = {
  interface: ['from_university', 'to_university', 'is_cross_university', 'university_id'],
  student: ['status'],
  university: ['university_id'],
};

export function invalid(issues: readonly Issue[]): Fault<'INVALID'> {
  const first = issues[0] as Issue;
  return new Fault('INVALID', `${first.path || 'The record'}: ${first.message}`, { issues: [...issues] });
}

/** Checks the form of a whole payload. Throws INVALID with an issue for each field that is wrong. */
export function checkPayload(type: EntityType, payload: JsonObject): void {
  const result = payloadSchemas[type].safeParse(payload);
  if (result.success) return;
  throw invalid(
    result.error.issues.map((issue) => ({
      path: issue.path.map(String).join('.'),
      code: issue.code,
      message: issue.message,
    })),
  );
}

/** Refuses fields that nobody may write. Throws INVALID. */
export function refuseComputed(type: EntityType, fields: readonly string[]): void {
  const computed = fields.filter((field) => computedFields[type]?.includes(field));
  if (computed.length === 0) return;
  throw invalid(
    computed.map((path) => ({ path, code: 'computed', message: 'is computed and cannot be set' })),
  );
}

/** An id of the caller's own: well formed and not in use, by a deleted record either. Throws INVALID or DUPLICATE_ID. */
export function checkNewId(db: ReadHandle, id: string): void {
  const result = recordId.safeParse(id);
  if (!result.success)
    throw invalid([{ path: 'id', code: 'id', message: result.error.issues[0]?.message ?? 'is no id' }]);
  const taken = locate(db, id);
  if (!taken) return;
  const state = taken.deleted ? 'a deleted' : 'a';
  throw new Fault('DUPLICATE_ID', `The id "${id}" already belongs to ${state} ${taken.type}.`, {
    id,
    type: taken.type,
  });
}

/** Checks that what the given fields refer to is there. Throws INVALID, naming each field that points nowhere. */
export function checkReferences(
  db: ReadHandle,
  type: EntityType,
  payload: JsonObject,
  only?: ReadonlySet<string>,
): void {
  const issues: Issue[] = [];
  for (const { key, kind, to } of fieldsOf(type)) {
    const id = payload[key];
    if (kind !== 'reference' || typeof id !== 'string' || (only && !only.has(key))) continue;
    const found = to === 'any' || !to ? locate(db, id) : locateIn(db, to, id);
    const what = to === 'any' || !to ? 'record' : to;
    if (!found) issues.push({ path: key, code: 'dangling', message: `there is no ${what} "${id}"` });
    else if (found.deleted)
      issues.push({ path: key, code: 'dangling', message: `the ${found.type} "${id}" is deleted` });
    else if (to === 'any' && found.type === 'interface') {
      issues.push({
        path: key,
        code: 'not_an_end',
        message: 'an interface cannot be an end of an interface',
      });
    }
  }
  if (issues.length > 0) throw invalid(issues);
}
