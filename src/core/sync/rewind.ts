import { serverGenesis } from '#shared/sync/chain.ts';
import type { WriteHandle } from '../kernel/db/connection.ts';
import { changeState, joinedState } from './state.ts';
import type { Cursor, SyncState } from './state.ts';

/** Accepts a history that does not continue the known one, and offers all known transactions to it again. */
export function acceptNewHistory(db: WriteHandle, generation: string): void {
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

/** Marks changes after a number as unknown to the server. A client with a restricted scope offers only its own. */
function offerAgain(db: WriteHandle, { scope }: SyncState, afterSeq: number): void {
  const isUnrestricted = scope?.universities === null;
  db.run('UPDATE sync_operations SET seq = CASE WHEN root IS NULL OR ? THEN NULL ELSE 0 END WHERE seq > ?', [
    isUnrestricted ? 1 : 0,
    afterSeq,
  ]);
}

/** An earlier generation of the server's history, and the last point of it that the server still has. */
export interface Ancestor extends Cursor {
  generation: string;
}

/** After a restore of the server: rewinds to what the server still has, and offers later changes again. False if nothing is in common. */
export function rewindLog(
  db: WriteHandle,
  { generation, lineage }: { generation: string; lineage: readonly Ancestor[] },
): boolean {
  const state = joinedState(db);
  const { cursor, settled, snapshot, generation: knownGeneration } = state;
  const index = lineage.findIndex((one) => one.generation === knownGeneration);
  if (index === -1) return false;
  const fork = lineage.slice(index).reduce((first, one) => (one.seq < first.seq ? one : first));
  // The first download can have begun on a longer history.
  const isDownloadCut = snapshot !== null && snapshot.head.seq > fork.seq;
  if (fork.seq >= cursor.seq && !isDownloadCut) {
    changeState(db, { generation });
    return true;
  }
  const firstLost = db.get<{ id: number | null }>('SELECT min(id) AS id FROM sync_operations WHERE seq > ?', [
    fork.seq,
  ]);
  offerAgain(db, state, fork.seq);
  db.run('DELETE FROM sync_heads WHERE seq > ?', [fork.seq]);
  changeState(db, {
    generation,
    cursor: fork.seq < cursor.seq ? { seq: fork.seq, hash: fork.hash } : cursor,
    snapshot: isDownloadCut ? { ...snapshot, head: { seq: fork.seq, hash: fork.hash } } : snapshot,
    settled: Math.min(settled, (firstLost?.id ?? settled + 1) - 1),
    in_step: false,
    rewound: true,
  });
  return true;
}
