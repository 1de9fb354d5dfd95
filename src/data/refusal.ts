import { basename } from 'node:path';
import { isFault } from '#shared/contract/faults.ts';

/** Why a workspace was not opened. */
export interface Refusal {
  /** What core refused with, `unreadable` when the system did, else `internal`. */
  reason: string;
  /** A sentence for a window: it names no folder. */
  message: string;
}

export function refusalOf(error: unknown, workspace: string): Refusal {
  if (isFault(error)) {
    const reason = 'reason' in error.data ? error.data.reason : error.code;
    return { reason, message: error.message.replaceAll(workspace, basename(workspace)) };
  }
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) {
    return {
      reason: 'unreadable',
      message: `The workspace's folder cannot be used: the system says ${code}.`,
    };
  }
  return { reason: 'internal', message: 'Something went wrong while the workspace was being opened.' };
}
