import { statSync } from 'node:fs';
import { inThread } from '../threads/run.ts';
import type { ThreadRow } from './deeds.ts';

export type { ThreadRow };

/** Above this size, in bytes, a thread is worth it: what is done with a smaller file is done before one has begun. */
export const threadsFrom = 2_000_000;

/** Whether looking through all of the file takes so long that others would wait for it. */
export function isLarge(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > threadsFrom;
}

/**
 * Asks a file of SQLite's what it can only say in one long call, as the check of all its pages: in a thread and on a connection of
 * its own, in one state of the file, while others go on here. Throws an error with SQLite's `code`, NoThread, and the
 * signal's reason; it ends when the thread has let go of the file.
 */
export function askInThread(
  file: string,
  queries: readonly string[],
  signal?: AbortSignal,
): Promise<ThreadRow[][]> {
  return inThread('ask', { file, queries }, { signal });
}

/** Writes what is in a file of SQLite's to a new one, `into`, packed as closely as it can be; otherwise as `askInThread`. */
export async function compactInThread(file: string, into: string, signal?: AbortSignal): Promise<void> {
  await inThread('ask', { file, queries: [], into }, { signal });
}
