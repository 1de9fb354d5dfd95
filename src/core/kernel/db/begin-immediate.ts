import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '#shared/contract/faults.ts';
import type { Connection } from './connection.ts';
import type { HolderBoard } from './holders.ts';

/** How long a writer waits for another process to finish. */
const defaultTimeoutMs = 15_000;

export function isBusy(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'));
}

/** Begins the write transaction, waiting for other writers. Throws BUSY with the name of the holder. */
export async function beginImmediate(
  connection: Connection,
  board: HolderBoard,
  timeoutMs = defaultTimeoutMs,
): Promise<void> {
  let waitedMs = 0;
  for (;;) {
    try {
      connection.write.run('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (waitedMs >= timeoutMs) {
        const holder = board.describeWriter() ?? soleOtherHolder(board);
        throw new Fault('BUSY', { holder, waited_ms: waitedMs });
      }
      const pauseMs = waitedMs < 200 ? 5 : 50;
      await sleep(pauseMs);
      waitedMs += pauseMs;
    }
  }
}

/** Null if unknown. Short commands post no note while they write; if only one other process has the workspace open, it is the writer. */
function soleOtherHolder(board: HolderBoard): string | null {
  const others = board.describeOthers();
  return others.length === 1 ? (others[0] ?? null) : null;
}
