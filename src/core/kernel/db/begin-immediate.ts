import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '#shared/contract/faults.ts';
import type { Connection } from './connection.ts';
import type { HolderRegistry } from './holders.ts';

/** How long a writer waits for another process to finish. */
const defaultTimeoutMs = 15_000;

export function isBusy(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'));
}

/** Begins the write transaction, waiting for other writers. Throws BUSY with the name of the holder. */
export async function beginImmediate(
  connection: Connection,
  registry: HolderRegistry,
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
        const holder = registry.describeWriter() ?? soleOtherHolder(registry);
        throw new Fault('BUSY', { holder, waited_ms: waitedMs });
      }
      const pauseMs = waitedMs < 200 ? 5 : 50;
      await sleep(pauseMs);
      waitedMs += pauseMs;
    }
  }
}

/** If only one other process has the workspace open, it is the writer, although a short command writes no note. Null otherwise. */
function soleOtherHolder(registry: HolderRegistry): string | null {
  const others = registry.describeOthers();
  return others.length === 1 ? (others[0] ?? null) : null;
}
