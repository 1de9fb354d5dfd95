import { isCorruptionError, useCorruption } from '../api/corruption.ts';
import { shell } from '../api/shell.ts';
import { flushSeat } from './seat.ts';
import { isLive } from './target.ts';

/** Whether live is open and the error means that its file is corrupt, so that recovery is possible. */
export const canRecoverFrom = (error: unknown): boolean => isCorruptionError(error) && isLive();

export function useIsCorrupt(): boolean {
  return useCorruption(({ isCorrupt }) => isCorrupt) && isLive();
}

/** Closes the workspace and opens it with a check, which shows the ways of recovery if it is corrupt. */
export async function reopenForRecovery(): Promise<void> {
  // The last input belongs to the workspace that closes.
  await flushSeat();
  await shell.data.restart({});
}
