import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '#shared/contract/faults.ts';
import type { Connection } from './connection.ts';
import type { HolderBoard } from './holders.ts';

/** How long a writer waits for another process to finish, in milliseconds. */
const defaultPatience = 15_000;

export function isBusy(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'));
}

/** Begins the write transaction, waiting for other writers. Throws BUSY with the name of the holder. */
export async function beginImmediate(
  connection: Connection,
  board: HolderBoard,
  patience = defaultPatience,
): Promise<void> {
  let waited = 0;
  for (;;) {
    try {
      connection.write.run('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (waited >= patience) {
        const holder = board.writer() ?? soleOtherHolder(board);
        throw new Fault('BUSY', { holder, waited_ms: waited });
      }
      const pause = waited < 200 ? 5 : 50;
      await sleep(pause);
      waited += pause;
    }
  }
}

/** Short commands post no note while they write. If only one other process has the workspace open, it is the writer. */
function soleOtherHolder(board: HolderBoard): string | null {
  const others = board.others();
  return others.length === 1 ? (others[0] ?? null) : null;
}
