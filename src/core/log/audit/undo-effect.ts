import { isErased } from '#shared/domain/erased.ts';
import type { AuditActor } from '#shared/contract/history.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { patchedFields, valueOf } from '#shared/domain/patch.ts';
import type { Patch } from '#shared/domain/patch.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { AuditLogRow } from '../../kernel/db/schema.ts';
import { locateIn } from '../records/locate.ts';
import { rowsReversed } from './rows-reversed.ts';

export const parsePayload = (text: string | null): JsonObject => JSON.parse(text ?? '{}') as JsonObject;

/** The actor of a log entry, named by profile, else by the name in the entry, else by id; and the agent that acted for them. */
export function auditActorOf(
  { actor, actor_name }: { actor: string; actor_name: string | null },
  { by_name, agent }: JsonObject,
): AuditActor {
  const name = actor_name ?? (typeof by_name === 'string' ? by_name : actor);
  return { id: actor, name, ...(typeof agent === 'string' && { agent }) };
}

export const patchOfRow = ({
  payload_before,
  payload_after,
}: Pick<AuditLogRow, 'payload_before' | 'payload_after'>): Patch => ({
  before: parsePayload(payload_before),
  after: parsePayload(payload_after),
});

/** Whether any effect of a transaction is still in place; stops at the first one. Otherwise there is nothing to undo. */
export function hasEffect(db: ReadHandle, transaction: { id: number; changes: number }): boolean {
  for (const row of rowsReversed(db, transaction)) if (isEffective(db, row)) return true;
  return false;
}

function isEffective(db: ReadHandle, row: AuditLogRow): boolean {
  const record = locateIn(db, row.entity_type as AuditedType, row.entity_id);
  if (!record) return false;
  // An erased record cannot be restored, so undo skips its changes.
  if (isErased(record.payload)) return false;
  if (row.action === 'delete') return record.deleted;
  if (row.action !== 'update') return !record.deleted;
  const patch = patchOfRow(row);
  return patchedFields(patch).some(
    (field) => !jsonEqual(valueOf(record.payload, field), valueOf(patch.before, field)),
  );
}
