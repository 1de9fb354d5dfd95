import type { JsonObject } from '#shared/domain/json.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import { parse } from '../history/effect.ts';
import type { State } from './classify.ts';

type Followed = Pick<AuditLogRow, 'action' | 'payload_before' | 'payload_after' | 'meta'>;

/**
 * Whether a row of live's log followed from a deletion for something that live alone had: it lost a reference that is not in `base`, or went
 * with what nothing of `base` refers to. A promotion that brought the deletion did not bring that from Play; neither does undoing it take
 * back work of Play.
 */
export function wentByItself(
  { action, payload_before, payload_after, meta }: Followed,
  base: State,
): boolean {
  const { because, back } = parse(meta);
  // What had gone with a record in live itself, and came back with it.
  if (back === true) return true;
  if (typeof because !== 'string') return false;
  if (!base.payload) return action === 'delete';
  if (action === 'update') return !agrees(base.payload, parse(payload_before), parse(payload_after));
  return action !== 'delete' || !Object.values(base.payload).includes(because);
}

/** Whether the fields of an update were in `payload` what they were before it. */
function agrees(payload: JsonObject, before: JsonObject, after: JsonObject): boolean {
  const fields = Object.keys({ ...before, ...after });
  return fields.every((field) => jsonEqual(before[field] ?? null, payload[field] ?? null));
}
