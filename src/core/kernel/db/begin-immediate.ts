import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '#shared/contract/faults.ts';
import type { Connection } from './connection.ts';
import type { HolderBoard } from './holders.ts';

/** How long a writer waits for another process to finish, in milliseconds. */
const usual = 15_000;

export function isBusy(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'));
}

/** Opens the writing transaction, waiting for whoever else writes. Throws BUSY, naming who holds the file. */
export async function beginImmediate(
  connection: Connection,
  board: HolderBoard,
  patience = usual,
): Promise<void> {
  let waited = 0;
  for (;;) {
    try {
      connection.write.run('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (waited >= patience) {
        const holder = board.writer() ?? onlyOther(board);
        const who = holder ?? 'another program';
        throw new Fault(
          'BUSY',
          `The workspace is being written by ${who}. Nothing was changed; try again when it is done.`,
          {
            holder,
            waited_ms: waited,
          },
        );
      }
      const pause = waited < 200 ? 5 : 50;
      await sleep(pause);
      waited += pause;
    }
  }
}

/** A short command puts up no note that it is writing; when just one other has the workspace open, it is that one. */
function onlyOther(board: HolderBoard): string | null {
  const others = board.others();
  return others.length === 1 ? (others[0] ?? null) : null;
}
