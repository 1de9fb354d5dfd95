import type { PulledOperation } from '#shared/contract/server/sync.ts';
import { isErased } from '#shared/domain/erased.ts';
import { fieldsIn } from '#shared/domain/patch.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import type { WriteHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';

const insertConflict = `INSERT INTO sync_conflicts (id, entity_type, entity_id, field, kind, lost, won, lost_by, won_by, at, state)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open') ON CONFLICT DO NOTHING`;
const settleOlderQuery = `UPDATE sync_conflicts SET state = 'kept' WHERE entity_id = ? AND field = ? AND lost_by = ? AND state = 'open'`;

/** Settles open conflicts of fields that this operation changes. */
export function settleConflicts(db: WriteHandle, { rows }: PulledOperation): void {
  for (const { action, id, before, after } of rows as SyncRow[])
    if (action === 'update')
      for (const field of fieldsIn(before, after))
        db.run(
          `UPDATE sync_conflicts SET state = 'kept' WHERE entity_id = ? AND field = ? AND state = 'open'`,
          [id, field],
        );
}

/** Stores conflicts that involve the signed-in user. A newer conflict of the same field and author replaces an older one. */
export function storeConflicts(
  db: WriteHandle,
  { op_id, actor, label, conflicts }: PulledOperation,
  userId: string,
  time: string,
): void {
  // An erasure that was sent again to a restored server: its conflicts hold erased values.
  if (label === 'people.erase') return;
  for (const [index, { type, id, field, kind, lost, won, other }] of conflicts.entries()) {
    const isIncomingLost = kind === 'older' || kind === 'deleted';
    const [lostBy, wonBy] = isIncomingLost ? [actor, other?.actor ?? ''] : [other?.actor ?? '', actor];
    if (lostBy !== userId && wonBy !== userId) continue;
    // A restored server can send values that were erased here.
    if (isErased(locateIn(db, type, id)?.payload ?? {})) continue;
    db.run(settleOlderQuery, [id, field, lostBy]);
    const values = [lost, won].map((value) => (value === null ? null : JSON.stringify(value.value)));
    db.run(insertConflict, [
      `${op_id}:${index}`,
      type,
      id,
      field,
      kind,
      ...(values as [string | null, string | null]),
      lostBy,
      wonBy,
      time,
    ]);
  }
}
