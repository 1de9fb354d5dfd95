import { operationSchema } from '#shared/sync/operation.ts';
import type { SyncComparison } from '#shared/contract/sync.ts';
import { resetDifferences } from './compare.ts';
import { acceptNewHistory } from './rewind.ts';
import { syncOnce } from './round.ts';
import { joinedState } from './state.ts';
import type { Round } from './round-context.ts';

/** Syncs, and resets records that differ for no known reason to the server's values. Throws SYNC (other_history) for a different server. */
export async function repairWithServer(round: Round): Promise<SyncComparison> {
  const { services, remote, signal } = round;
  const { read, queue } = services;
  const { diverged, server_id, share } = joinedState(read);
  if (diverged) {
    const hello = await remote.sync.hello({ share, schema: operationSchema }, { signal });
    if (hello.server_id === server_id)
      await queue.series('sync', async ({ db }) => acceptNewHistory(db, hello.generation));
  }
  await syncOnce(round);
  const comparison = await resetDifferences(round);
  await syncOnce(round);
  return comparison;
}
