import { workspaceFault } from '#shared/contract/faults.ts';
import { currentTargetOf } from '#shared/domain/target.ts';
import type { CurrentTarget } from '#shared/domain/target.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { toOpeningFault } from '../kernel/db/inspect.ts';
import { schemaVersion } from '../kernel/db/migrate.ts';
import { silentLog } from '../kernel/logger.ts';
import { lockClosedWorkspace } from '../kernel/swap/lock-closed-workspace.ts';
import { systemClock } from '../kernel/system.ts';
import { schemaStatus } from '../workspace/migrate.ts';
import { runOpeningChecks } from './checks.ts';

/** A snapshot of a closed workspace or sandbox. */
export interface ClosedWorkspace {
  readonly files: WorkspaceFiles;
  readonly read: Connection;
}

/**
 * Runs `work` on a workspace and leaves its folder unchanged, except that an interrupted restore is settled. The shared lock keeps other
 * processes from replacing the file. Also reads a file that lacks recorded changes. Throws the verdicts of opening, and WORKSPACE `older`.
 */
export function readClosed<T>(
  folder: string,
  work: (workspace: ClosedWorkspace) => Promise<T>,
  target?: CurrentTarget,
): Promise<T> {
  return readLocked(folder, target, refuseOlderSchema, work);
}

/** Like `readClosed`, also for live with an older schema. */
export function readClosedOfAnySchema<T>(
  folder: string,
  work: (workspace: ClosedWorkspace) => Promise<T>,
): Promise<T> {
  return readLocked(folder, undefined, () => {}, work);
}

async function readLocked<T>(
  folder: string,
  target: CurrentTarget | undefined,
  checkSchema: (files: WorkspaceFiles) => void,
  work: (workspace: ClosedWorkspace) => Promise<T>,
): Promise<T> {
  const files = workspaceFiles(folder, target);
  const opening = { files, log: silentLog, clock: systemClock, readsCorrupt: true };
  const release = await lockClosedWorkspace(files, silentLog);
  try {
    for (const step of ['settled', 'created', 'locked'] as const) await runOpeningChecks(step, opening);
    checkSchema(files);
    using connection = openConnection(files.data, { mode: 'read', log: silentLog });
    connection.exec('BEGIN');
    return await work({ files, read: connection });
  } catch (error) {
    throw toOpeningFault(error, files.data);
  } finally {
    release();
  }
}

function refuseOlderSchema({ folder, target }: WorkspaceFiles): void {
  if (schemaStatus(folder, currentTargetOf(target)).version === schemaVersion) return;
  throw workspaceFault('older', {});
}
