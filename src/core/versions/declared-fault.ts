import { Fault, isFault, workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { troubleOf } from '../kernel/db/file-errors.ts';
import { FailedCheck } from './check.ts';

/** The disk returns other data than was written. */
export class DamagedDisk extends Error {}

/** Turns errors of making or reading versions into declared errors. Errors of the system that name a path, and unexpected ones, stay. */
export function asDeclaredFault(error: unknown): unknown {
  if (isFault(error)) return error;
  if (error instanceof FailedCheck) return workspaceFault('damaged', { why: error.why });
  if (error instanceof DamagedDisk)
    return workspaceFault('unreadable', { why: clause('diskReturns', { problem: error.message }) });
  if (error instanceof Error && error.name === 'AbortError') return new Fault('CANCELLED', {});
  const trouble = troubleOf(error);
  if (!trouble || (trouble.reason !== 'full' && hasPath(error))) return error;
  return workspaceFault(trouble.reason, { why: trouble.why });
}

const hasPath = (error: unknown): boolean => typeof (error as { path?: unknown } | null)?.path === 'string';

/** Throws WORKSPACE, reason sandbox, unless the target is live. */
export function refuseSandbox({ target }: WorkspaceFiles): void {
  if (target.kind === 'live') return;
  throw workspaceFault('sandbox', {});
}

/** Throws FORBIDDEN in a sandbox: backups and golden versions are of live. */
export function assertLive({ target }: WorkspaceFiles, type: 'backup' | 'golden'): void {
  if (target.kind === 'live') return;
  throw new Fault('FORBIDDEN', { rule: 'live_only', type, id: null });
}
