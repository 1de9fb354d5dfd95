import { serverGenesis } from '#shared/sync/chain.ts';
import type { WriteHandle } from '../kernel/db/connection.ts';
import { changeState, joinedState } from './state.ts';
import type { Cursor, SyncState } from './state.ts';

/** Accepts a history that does not continue the known one: pulls it from its beginning and sends all local changes again. */
export function startOver(db: WriteHandle, generation: string): void {
  offerAgain(db, joinedState(db), 0);
  db.run('DELETE FROM sync_heads');
  changeState(db, {
    generation,
    cursor: { seq: 0, hash: serverGenesis },
    settled: 0,
    scope: null,
    diverged: false,
    in_step: false,
  });
}

/**
 * Makes transactions after a number of the history pending again. A client with a restricted scope has only parts of others' operations, so it leaves
 * these to other clients and later sends records that only it has.
 */
function offerAgain(db: WriteHandle, { scope }: SyncState, beyond: number): void {
  const hasAll = scope?.universities === null;
  db.run('UPDATE sync_operations SET seq = CASE WHEN root IS NULL OR ? THEN NULL ELSE 0 END WHERE seq > ?', [
    hasAll ? 1 : 0,
    beyond,
  ]);
}

/** An earlier history of the server, with the last number that still exists and its hash. */
export interface Ancestor extends Cursor {
  generation: string;
}

/**
 * Rewinds to the last number that a restored server still has. Everything after it, own and others' changes, is pending again. Returns false if the
 * server's history does not continue the known one.
 */
export function rewind(
  db: WriteHandle,
  { generation, lineage }: { generation: string; lineage: readonly Ancestor[] },
): boolean {
  const state = joinedState(db);
  const { cursor, settled, snapshot, generation: known } = state;
  const at = lineage.findIndex((one) => one.generation === known);
  if (at === -1) return false;
  const fork = lineage.slice(at).reduce((first, one) => (one.seq < first.seq ? one : first));
  // An unfinished first download may have begun at a head that is lost.
  const isDownloadCut = snapshot !== null && snapshot.head.seq > fork.seq;
  if (fork.seq >= cursor.seq && !isDownloadCut) {
    changeState(db, { generation });
    return true;
  }
  const lost = db.get<{ id: number | null }>('SELECT min(id) AS id FROM sync_operations WHERE seq > ?', [
    fork.seq,
  ]);
  offerAgain(db, state, fork.seq);
  db.run('DELETE FROM sync_heads WHERE seq > ?', [fork.seq]);
  changeState(db, {
    generation,
    cursor: fork.seq < cursor.seq ? { seq: fork.seq, hash: fork.hash } : cursor,
    snapshot: isDownloadCut ? { ...snapshot, head: { seq: fork.seq, hash: fork.hash } } : snapshot,
    settled: Math.min(settled, (lost?.id ?? settled + 1) - 1),
    in_step: false,
    rewound: true,
  });
  return true;
}
