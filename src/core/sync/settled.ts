import type { PulledOperation } from '#shared/contract/server/sync.ts';
import { isCovered } from '#shared/sync/covered.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { sharedRows } from './outgoing.ts';
import type { SyncState } from './state.ts';

const madeBy = `SELECT t.actor, s.root FROM audit_transactions t LEFT JOIN sync_operations s ON s.id = t.id WHERE t.id = ?`;

/** Whether a server operation with a transaction's id is that transaction. Everyone knows ids, so an id acknowledges nothing. */
export function isSettledBy(
  db: ReadHandle,
  { user, share }: SyncState,
  id: number,
  { actor, rows }: PulledOperation,
): boolean {
  const made = db.get<{ actor: string; root: string | null }>(madeBy, [id]);
  const author = made?.root == null ? user.id : made.actor;
  return actor === author || isCovered(sharedRows(db, id, share), rows);
}
