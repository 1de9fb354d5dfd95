import { ORPCError } from '@orpc/client';
import { windowStore } from './window-store.ts';

export const useCorruption = windowStore<{ isCorrupt: boolean }>(() => ({ isCorrupt: false }));

/** Sets whether live is known to be corrupt; false after a check without findings. */
export function setCorrupt(isCorrupt = true): void {
  if (useCorruption.getState().isCorrupt !== isCorrupt) useCorruption.setState({ isCorrupt });
}

/** Whether the error says that the file of the open workspace is corrupt. */
export function isCorruptionError(error: unknown): boolean {
  if (!(error instanceof ORPCError) || error.code !== 'WORKSPACE') return false;
  return ((error.data ?? {}) as { reason?: unknown }).reason === 'damaged';
}
