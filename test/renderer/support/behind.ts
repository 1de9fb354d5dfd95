import type { Client } from '#test/support/workspace.ts';
import { awaitResult } from '#renderer/api/stream.ts';

/** Ends when what was asked of the workspace before is done or given up: a backup waits for another one, a write for the write queue. */
export async function behind(client: Client): Promise<void> {
  await awaitResult(client.backups.create({}), () => {});
  await client.entities.create({ type: 'team', data: { name: 'Last in the queue' } });
}
