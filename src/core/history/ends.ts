import { isFault } from '#shared/contract/faults.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { Located } from '../log/records/locate.ts';
import { checkReferences } from '../model/validate.ts';

/** The end of an interface that may not be set back, because the other end is at the same record: moved since, or left where it is. */
export function endThatMeets(
  { type, payload }: Located<AuditedType>,
  set: ReadonlyMap<string, Json>,
): 'from' | 'to' | null {
  if (type !== 'interface' || (set.get('from') ?? payload.from) !== (set.get('to') ?? payload.to))
    return null;
  return set.has('from') ? 'from' : 'to';
}

/** Whether everything that the fields of `payload` refer to is there and live. */
export function pointsToLive(
  write: WriteContext,
  record: Located<AuditedType>,
  payload: JsonObject,
): boolean {
  if (!isEntityType(record.type) && record.type !== 'profile') return true;
  try {
    checkReferences(write.db, record.type, payload);
    return true;
  } catch (error) {
    if (isFault(error)) return false;
    throw error;
  }
}
