import { serverGenesis } from '#shared/sync/chain.ts';
import type { WriteHandle } from '../kernel/db/connection.ts';
import { changeState, joinedState } from './state.ts';
import type { Cursor, SyncState } from './state.ts';

/**
 * Takes the server's history for what it is, from its beginning: everything that is known here is offered to it again, and what it has is not done again.
 * For a history that does not go on from the one that was known.
 */
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
 * What is known beyond a number is not known to be at the server. Of what others did, who sees and shares less than everything has a part only, which must not
 * take the place of the whole: they leave that to others. What only they have is given to the server record by record.
 */
function offerAgain(db: WriteHandle, { scope }: SyncState, beyond: number): void {
  const hasAll = scope?.universities === null;
  db.run('UPDATE sync_operations SET seq = CASE WHEN root IS NULL OR ? THEN NULL ELSE 0 END WHERE seq > ?', [
    hasAll ? 1 : 0,
    beyond,
  ]);
}

/** A history that the server's goes on from: its last number that is still there, and the hash there. */
export interface Ancestor extends Cursor {
  generation: string;
}

/**
 * The server was restored, and lost what came after some number of its history: what this workspace knows beyond it is offered again, own changes and
 * those of others alike. Returns false where the server's history does not go on from the one that is known.
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
  // The first download may be under way: it began when the history was longer than it is now.
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
