import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { workspaceFault } from '#shared/contract/faults.ts';
import { readHead } from './audit/head.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { copyFile } from '../kernel/db/copy-file.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { toOpeningFault } from '../kernel/db/inspect.ts';
import { lockShared } from '../kernel/db/lock.ts';
import { refuseNewerSchema, versionOf } from '../kernel/db/migrate.ts';
import { sidecarRemover } from '../kernel/db/sidecar-cleanup.ts';
import type { Log } from '../kernel/logger.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { settleRestore } from '../kernel/swap/settle.ts';
import type { OnProgress } from '../kernel/progress.ts';
import { readSandboxFacts } from './sandbox-facts.ts';
import type { Base } from './sandbox-facts.ts';
import { checkSandboxFiles } from '../kernel/db/check-sandbox-files.ts';

interface CopyOptions {
  log: Log;
  onProgress: OnProgress;
  signal?: AbortSignal | undefined;
}

/** Copies live or a sandbox; returns the copy's base: live's head, or the sandbox's own base. Throws WORKSPACE, BUSY, CANCELLED. */
export async function copyDatabase(
  source: WorkspaceFiles,
  copyPath: string,
  { log, onProgress, signal }: CopyOptions,
): Promise<Base> {
  await settleRestore(source, log);
  const lock = await retryWhileBusy(() => lockShared(source.lock), { signal });
  try {
    if (source.target.kind === 'sandbox') checkSandboxFiles(source, source.target.id);
    const removeSidecars = sidecarRemover(source.data);
    const onStep = (done: number, total: number): void => {
      checkCancelled(signal);
      onProgress({ kind: 'progress', step: 'copying', done, total });
    };
    try {
      readDatabase(source.data, log, () => undefined);
      await copyFile(source.data, copyPath, { log, step: onStep });
    } finally {
      removeSidecars();
    }
    // The base is read from the copy, which is one snapshot of the source.
    return readDatabase(copyPath, log, (copy) => {
      const { id, op_id, hash } = readHead(copy);
      return readSandboxFacts(copy)?.base ?? { id, op_id, hash };
    });
  } catch (error) {
    throw toOpeningFault(error, source.data);
  } finally {
    lock.release();
  }
}

/** Throws WORKSPACE (`newer`) for a newer schema. */
function readDatabase<R>(file: string, log: Log, read: (db: ReadHandle) => R): R {
  using db = openConnection(file, { mode: 'read', log });
  refuseNewerSchema(versionOf(db));
  return read(db);
}

/** Throws WORKSPACE (`full`) if the disk has no room for a copy. */
export async function checkRoom(file: string, folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= (statSync(file, { throwIfNoEntry: false })?.size ?? 0)) return;
  throw workspaceFault('full', {});
}
