import { isErased } from '#shared/domain/erased.ts';
import type { AuditActor } from '#shared/contract/history.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { AuditLogRow } from '../../kernel/db/schema.ts';
import { locateIn } from '../records/locate.ts';
import { rowsReversed } from './rows.ts';

export const parse = (text: string | null): JsonObject => JSON.parse(text ?? '{}') as JsonObject;

/**
 * Who made an entry of the log: the name of the profile, or where none is here, the name that was noted, or else the id; and the agent that
 * acted for them.
 */
export function madeBy(
  { actor, actor_name }: { actor: string; actor_name: string | null },
  { by_name, agent }: JsonObject,
): AuditActor {
  const name = actor_name ?? (typeof by_name === 'string' ? by_name : actor);
  return { id: actor, name, ...(typeof agent === 'string' && { agent }) };
}

/** A field of one side of a change; undefined where it is not there. */
export function valueOf(side: JsonObject, field: string): Json | undefined {
  return Object.hasOwn(side, field) ? side[field] : undefined;
}

/** Equal, where undefined is a field that is not there. */
export function sameValue(left: Json | undefined, right: Json | undefined): boolean {
  return left === undefined || right === undefined ? left === right : jsonEqual(left, right);
}

/** The fields that an update touched, on either side. */
export function fieldsOfUpdate(before: JsonObject, after: JsonObject): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}

/**
 * Whether anything is left of what a transaction did: its first effect found ends the search. Where others have taken it all back,
 * there is nothing to undo, and the change is passed over.
 */
export function hasEffect(db: ReadHandle, transaction: { id: number; changes: number }): boolean {
  for (const row of rowsReversed(db, transaction)) if (stands(db, row)) return true;
  return false;
}

function stands(db: ReadHandle, row: AuditLogRow): boolean {
  const record = locateIn(db, row.entity_type as AuditedType, row.entity_id);
  if (!record) return false;
  // Nothing brings an erased record back, so that undoing passes its changes over.
  if (isErased(record.payload)) return false;
  if (row.action === 'delete') return record.deleted;
  if (row.action !== 'update') return !record.deleted;
  const [before, after] = [parse(row.payload_before), parse(row.payload_after)];
  return fieldsOfUpdate(before, after).some(
    (field) => !sameValue(valueOf(record.payload, field), valueOf(before, field)),
  );
}
