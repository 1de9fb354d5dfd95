import { Fault, isFault } from '#shared/contract/faults.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { troubleOf } from '../kernel/db/file-errors.ts';
import { FailedCheck } from './check.ts';

/** The disk returns other data than was written. */
export class DamagedDisk extends Error {}

/**
 * Turns errors of making or reading versions into declared errors. Errors of the system that name a path, and unexpected ones, stay. `made`
 * is the missing result: a backup or a golden version.
 */
export function declared(error: unknown, made = 'backup'): unknown {
  if (isFault(error)) return error;
  const unchanged = `No ${made} was made; earlier ones are as they were.`;
  if (error instanceof FailedCheck) {
    const message = `The workspace is damaged: ${error.message}. ${unchanged}`;
    return new Fault('WORKSPACE', message, { reason: 'damaged' });
  }
  if (error instanceof DamagedDisk) {
    const message = `The disk does not return what was written to it: ${error.message}. ${unchanged}`;
    return new Fault('WORKSPACE', message, { reason: 'unreadable' });
  }
  if (error instanceof Error && error.name === 'AbortError') return new Fault('CANCELLED', {});
  const trouble = troubleOf(error);
  if (!trouble || (trouble.reason !== 'full' && namesPath(error))) return error;
  return new Fault('WORKSPACE', trouble.message, { reason: trouble.reason });
}

const namesPath = (error: unknown): boolean => typeof (error as { path?: unknown } | null)?.path === 'string';

/** Throws WORKSPACE, reason sandbox: a backup holds nothing of an open sandbox. */
export function refuseSandbox({ target }: WorkspaceFiles): void {
  if (target.kind === 'live') return;
  const message =
    'Backups are made of live, not of a sandbox. Nothing was changed; duplicate the sandbox to keep it as it is now.';
  throw new Fault('WORKSPACE', message, { reason: 'sandbox' });
}

/** Throws FORBIDDEN in a sandbox: backups and golden versions are of live. */
export function onlyOnLive({ target }: WorkspaceFiles, type: 'backup' | 'golden'): void {
  if (target.kind === 'live') return;
  throw new Fault('FORBIDDEN', { rule: 'live_only', type, id: null });
}
