import { operationSchema } from '#shared/sync/operation.ts';
import type { SyncComparison } from '#shared/contract/sync.ts';
import { takeOverDifferences } from './compare.ts';
import { startOver } from './rewind.ts';
import { syncOnce } from './round.ts';
import { joinedState } from './state.ts';
import type { Round } from './states.ts';

/** Syncs and takes over the server's values of unexplained differences. Throws SYNC (other_history) for a different server. */
export async function repairWithServer(round: Round): Promise<SyncComparison> {
  const { services, remote, signal } = round;
  const { read, queue } = services;
  const { diverged, server_id, share } = joinedState(read);
  if (diverged) {
    const hello = await remote.sync.hello({ share, schema: operationSchema }, { signal });
    if (hello.server_id === server_id)
      await queue.series('sync', async ({ db }) => startOver(db, hello.generation));
  }
  await syncOnce(round);
  const found = await takeOverDifferences(round);
  await syncOnce(round);
  return found;
}
