import { basename } from 'node:path';
import { isFault, reasonOf } from '#shared/contract/faults.ts';
import { backupsFolderOf } from '#core/kernel/backups-folder.ts';
import { internalRefusal } from '#shared/shell/refused-call.ts';
import type { RefusedCall } from '#shared/shell/refused-call.ts';

export interface Refusal {
  /** The reason or code of a core fault, `unreadable` for a system error, else `internal`. */
  reason: string;
  refused: RefusedCall;
}

/** Converts an error for a window. The message contains folder names, but no paths. */
export function refusalOf(error: unknown, workspace: string): Refusal {
  if (isFault(error)) {
    const { code, data } = error;
    const message = [backupsFolderOf(workspace), workspace].reduce(
      (text, folder) => text.replaceAll(folder, basename(folder)),
      error.message,
    );
    return { reason: reasonOf(error) ?? code, refused: { code, data, message } };
  }
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) {
    const message = `The workspace's folder cannot be used: the system says "${code}".`;
    return { reason: 'unreadable', refused: internalRefusal('system', message) };
  }
  return {
    reason: 'internal',
    refused: internalRefusal('internal', 'Something went wrong inside FRAMES; its log says what.'),
  };
}
