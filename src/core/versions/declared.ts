import { Fault, isFault } from '#shared/contract/faults.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { troubleOf } from '../kernel/db/file-errors.ts';
import { FailedCheck } from './check.ts';

/** The disk does not give back what was written to it. */
export class DamagedDisk extends Error {}

/**
 * What goes wrong while versions are made or read, as a declared error. What the system refuses of a path stays as it is, because it names
 * the path; so does what nobody foresaw. `made` is what was not made: a backup, a golden version.
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

/** Who has a sandbox open would get a backup of live, in which nothing of the sandbox is. Throws WORKSPACE, reason sandbox. */
export function refuseSandbox({ target }: WorkspaceFiles): void {
  if (target.kind === 'live') return;
  const message =
    'Backups are made of live, not of a sandbox. Nothing was changed; duplicate the sandbox to keep it as it is now.';
  throw new Fault('WORKSPACE', message, { reason: 'sandbox' });
}

/** Refuses what is asked for from within a sandbox: backups and golden versions are of live. Throws FORBIDDEN. */
export function onlyOnLive({ target }: WorkspaceFiles, type: 'backup' | 'golden'): void {
  if (target.kind === 'live') return;
  throw new Fault('FORBIDDEN', { rule: 'live_only', type, id: null });
}
