import { Fault, workspaceFault } from '#shared/contract/faults.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { explainOpening } from '../kernel/db/inspect.ts';
import { lockReading } from '../kernel/db/lock.ts';
import { refuseNewer, schemaVersion } from '../kernel/db/migrate.ts';
import { sidecarRemover } from '../kernel/db/sidecar-cleanup.ts';
import { silentLog } from '../kernel/logger.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import { settleRestore } from '../kernel/swap/settle.ts';
import { checkSandbox } from '../log/sandbox-look.ts';
import { checkPlace } from '../kernel/db/sandbox-place.ts';
import { homeOf } from '#shared/domain/target.ts';
import type { Home } from '#shared/domain/target.ts';
import { schemaStatus } from './migrate.ts';

/** A snapshot of a workspace or a sandbox, opened for reading. */
export interface Looking {
  readonly files: WorkspaceFiles;
  readonly read: Connection;
}

/**
 * Runs `work` on a workspace and leaves its folder unchanged, except that an interrupted restore is settled. Nobody replaces the file
 * meanwhile. Throws BUSY; WORKSPACE with reason missing, empty, foreign, damaged, unreadable, newer or older; NOT_FOUND for a sandbox.
 */
export function lookAt<T>(
  folder: string,
  work: (workspace: Looking) => Promise<T>,
  target?: Home,
): Promise<T> {
  return look(folder, target, checkSchema, work);
}

/** As `lookAt`, including live with an older schema. */
export function lookAtAny<T>(folder: string, work: (workspace: Looking) => Promise<T>): Promise<T> {
  return look(folder, undefined, ({ folder: of }) => refuseNewer(schemaStatus(of).version), work);
}

async function look<T>(
  folder: string,
  target: Home | undefined,
  check: (files: WorkspaceFiles) => void,
  work: (workspace: Looking) => Promise<T>,
): Promise<T> {
  const files = workspaceFiles(folder, target);
  await settleRestore(files, silentLog);
  if (target?.kind === 'sandbox') checkPlace(files, target.id);
  const lock = await retryWhileBusy(() => lockReading(files.lock));
  const leave = sidecarRemover(files.data);
  try {
    if (target?.kind === 'sandbox') checkSandbox(files, target.id);
    check(files);
    const read = openConnection(files.data, { mode: 'read', log: silentLog });
    try {
      read.exec('BEGIN');
      return await work({ files, read });
    } finally {
      read.close();
    }
  } catch (error) {
    throw explainOpening(error, files.data);
  } finally {
    leave();
    lock?.release();
  }
}

function checkSchema({ folder, target }: WorkspaceFiles): void {
  const { version } = schemaStatus(folder, homeOf(target));
  refuseNewer(version);
  if (version === schemaVersion) return;
  throw workspaceFault('older', {});
}
