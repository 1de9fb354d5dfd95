import { isFault, reasonOf } from '#shared/contract/faults.ts';
import { refuseBehind } from './log/audit/missing-tail.ts';
import { refuseForeignWal } from './log/audit/foreign-wal.ts';
import { openConnection } from './kernel/db/connection.ts';
import type { Connection } from './kernel/db/connection.ts';
import { recordCorruption } from './kernel/db/corruption-guard.ts';
import type { WorkspaceFiles } from './kernel/db/files.ts';
import { busy, explainOpening } from './kernel/db/inspect.ts';
import { schemaVersion, versionOf } from './kernel/db/migrate.ts';
import { sweepTemporaryCopies } from './kernel/db/temporary-copy.ts';
import type { WorkspaceLock } from './kernel/db/lock.ts';
import { sidecarRemover } from './kernel/db/sidecar-cleanup.ts';
import { lockSettled } from './kernel/swap/settle.ts';
import { checkPlace } from './kernel/db/sandbox-place.ts';
import { prepareWorkspace } from './workspace/prepare.ts';

type Preparing = Parameters<typeof prepareWorkspace>[0];

/** The open file of a workspace or a sandbox, with its lock, a writing and a reading connection. */
export interface OpenFiles {
  readonly write: Connection;
  readonly read: Connection;
  close(): void;
}

/** Checks, locks and opens the file. Records damage of live. Throws as `openCore`, with nothing left open. */
export async function openFiles(preparing: Preparing): Promise<OpenFiles> {
  const { files, log } = preparing;
  try {
    return await opened(preparing);
  } catch (error) {
    if (files.target.kind === 'live' && isFault(error) && reasonOf(error) === 'damaged')
      recordCorruption(files, log);
    throw error;
  }
}

async function opened(preparing: Preparing): Promise<OpenFiles> {
  const { files } = preparing;
  const tidy = sidecarRemover(files.data);
  const lock = await lockPrepared(preparing);
  const connections: Connection[] = [];
  const closeAll = (): void => {
    for (const connection of connections.toReversed()) connection.close();
  };
  const close = (): void => {
    closeAll();
    lock.release();
  };
  try {
    const { write, read } = openBoth(preparing, connections);
    return { write, read, close };
  } catch (error) {
    closeAll();
    tidy();
    lock.release();
    throw explainOpening(error, files.data);
  }
}

async function lockPrepared(preparing: Preparing): Promise<WorkspaceLock> {
  const { files, log } = preparing;
  try {
    await prepareWorkspace(preparing);
    return await lockSettled(files, log);
  } catch (error) {
    const explained = explainOpening(error, files.data);
    // The file's own state is unknown with another file's log next to it.
    if (isFault(explained) && spoiled.has(reasonOf(explained) ?? '')) refuseForeignWal(files, log);
    throw explained;
  }
}

const spoiled: ReadonlySet<string> = new Set(['damaged', 'foreign']);

function openBoth(
  { files, log }: Pick<Preparing, 'log'> & { files: WorkspaceFiles },
  opened: Connection[],
): Pick<OpenFiles, 'write' | 'read'> {
  // It may have been discarded just before.
  if (files.target.kind === 'sandbox') checkPlace(files, files.target.id);
  refuseForeignWal(files, log);
  const read = openConnection(files.data, { mode: 'read', log });
  opened.push(read);
  refuseBehind(files, read);
  sweepTemporaryCopies(files.folder);
  const write = openConnection(files.data, { mode: 'write', log });
  // Closed last: only a writing connection removes SQLite's files.
  opened.unshift(write);
  write.pragma('journal_mode = WAL');
  write.pragma('wal_autocheckpoint = 0');
  write.pragma('journal_size_limit = 67108864');
  // From here on the queue waits to write without blocking this process.
  write.pragma('busy_timeout = 0');
  if (versionOf(write) !== schemaVersion) throw busy('has been migrated by somebody else');
  return { write, read };
}
