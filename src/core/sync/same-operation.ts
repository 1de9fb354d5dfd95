import type { PulledOperation } from '#shared/contract/server/sync.ts';
import { isCovered } from '#shared/sync/is-covered.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { sharedRows } from './outgoing.ts';
import type { SyncState } from './state.ts';

const originQuery = `SELECT t.actor, s.root FROM audit_transactions t LEFT JOIN sync_operations s ON s.id = t.id WHERE t.id = ?`;

/** Whether a server operation with a transaction's id is that transaction. Ids are public, so the author or the rows must match too. */
export function isSameOperation(
  db: ReadHandle,
  { user, share }: SyncState,
  id: number,
  { actor, rows }: PulledOperation,
): boolean {
  const origin = db.get<{ actor: string; root: string | null }>(originQuery, [id]);
  const author = origin?.root == null ? user.id : origin.actor;
  return actor === author || isCovered(sharedRows(db, id, share), rows);
}
