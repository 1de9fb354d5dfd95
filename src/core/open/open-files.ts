import { mkdirSync } from 'node:fs';
import { isFault, reasonOf } from '#shared/contract/faults.ts';
import { currentTargetOf } from '#shared/domain/target.ts';
import { writeHeadFile, readRecordedHead } from '../log/audit/head.ts';
import type { AuditSource } from '../log/audit/audit-transaction.ts';
import { refuseForeignWal } from '../log/audit/foreign-wal.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { recordCorruption } from '../kernel/db/corruption-guard.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Holder } from '../kernel/db/holders.ts';
import { toOpeningFault, inspectFile } from '../kernel/db/inspect.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import type { WorkspaceLock } from '../kernel/db/lock.ts';
import { schemaVersion } from '../kernel/db/migrate.ts';
import { sidecarRemover } from '../kernel/db/sidecar-cleanup.ts';
import { refuseForeignFolder } from '../kernel/db/foreign-folder.ts';
import { sweepTemporaryCopies } from '../kernel/db/temporary-copy.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import { settleAndLock, settleRestore } from '../kernel/swap/settle.ts';
import { findKnownHead } from '../versions/known-head.ts';
import { createWorkspace } from '../workspace/create.ts';
import type { NewWorkspace } from '../workspace/create.ts';
import { migrateWorkspace, schemaStatus } from '../workspace/migrate.ts';
import { runOpeningChecks } from './checks.ts';
import type { OpeningContext } from './checks.ts';

export interface OpenFilesOptions extends OpeningContext {
  /** Creates live if it is missing. */
  create?: NewWorkspace | undefined;
  source: Omit<AuditSource, 'replica'>;
  holder: Holder;
}

/** The open file of a workspace or a sandbox, with its lock. */
export interface OpenFiles {
  readonly write: Connection;
  readonly read: Connection;
  close(): void;
}

/**
 * Runs the opening checks, takes the lock and opens the file; creates or migrates it if needed. Throws like `openCore`, with nothing left open, and
 * records corruption that was found in live.
 */
export async function openFiles(options: OpenFilesOptions): Promise<OpenFiles> {
  const { files, log } = options;
  await runOpeningChecks('closed', options);
  try {
    return await lockAndOpen(options);
  } catch (error) {
    if (files.target.kind === 'live' && isFault(error) && reasonOf(error) === 'damaged')
      recordCorruption(files, log);
    throw error;
  }
}

async function lockAndOpen(options: OpenFilesOptions): Promise<OpenFiles> {
  const { files } = options;
  const removeSidecars = sidecarRemover(files.data);
  const lock = await prepareAndLock(options);
  const connections: Connection[] = [];
  const closeAll = (): void => {
    for (const connection of connections.toReversed()) connection.close();
  };
  const close = (): void => {
    closeAll();
    lock.release();
  };
  try {
    const { write, read } = await openConnections(options, connections);
    return { write, read, close };
  } catch (error) {
    closeAll();
    removeSidecars();
    lock.release();
    throw toOpeningFault(error, files.data);
  }
}

async function prepareAndLock(options: OpenFilesOptions): Promise<WorkspaceLock> {
  const { files, log } = options;
  try {
    await prepareFile(options);
    return await settleAndLock(files, log);
  } catch (error) {
    const fault = toOpeningFault(error, files.data);
    // A foreign WAL makes an intact file look damaged, foreign or newer, so the WAL is reported instead.
    if (isFault(fault) && ['damaged', 'foreign', 'newer'].includes(reasonOf(fault) ?? ''))
      refuseForeignWal(files, log);
    throw fault;
  }
}

/** Ensures that the file exists and has the current schema: settles an interrupted restore, creates live if asked, migrates an older schema. */
async function prepareFile(options: OpenFilesOptions): Promise<void> {
  const { files, create, source, log, holder } = options;
  await settleRestore(files, log);
  await runOpeningChecks('settled', options);
  if (files.target.kind === 'live' && create) await createIfMissing(files, create, source, log);
  const knownHead = await findKnownHead(files, log);
  if (knownHead && !readRecordedHead(files.head)) writeHeadFile(files.head, knownHead, { fsync: true });
  await runOpeningChecks('created', options);
  const { folder: workspace } = files;
  const currentTarget = currentTargetOf(files.target);
  const isCurrent = (): boolean => schemaStatus(workspace, currentTarget).version === schemaVersion;
  if (isCurrent()) return;
  const { clock, ids } = source;
  await retryWhileBusy(async () => {
    if (!isCurrent())
      await migrateWorkspace({
        workspace,
        currentTarget,
        target: schemaVersion,
        clock,
        ids,
        log,
        holder,
      });
  });
}

async function createIfMissing(
  files: WorkspaceFiles,
  create: NewWorkspace,
  source: OpenFilesOptions['source'],
  log: OpenFilesOptions['log'],
): Promise<void> {
  const isMissing = (): boolean => inspectFile(files.live).kind === 'missing';
  if (!isMissing()) return;
  refuseForeignFolder(files);
  mkdirSync(files.folder, { recursive: true });
  await retryWhileBusy(async () => {
    // Another process can be creating the workspace, so this checks before and after taking the lock.
    if (!isMissing()) return;
    using _lock = lockExclusive(files.lock);
    if (isMissing()) await createWorkspace(files, create, source, log);
  });
}

/** Size to which SQLite shortens a WAL whose content is in the file. */
const maxEmptyWalBytes = 64 * 2 ** 20;

async function openConnections(
  options: OpenFilesOptions,
  connections: Connection[],
): Promise<Pick<OpenFiles, 'write' | 'read'>> {
  const { files, log } = options;
  await runOpeningChecks('locked', options);
  const read = openConnection(files.data, { mode: 'read', log });
  connections.push(read);
  await runOpeningChecks('reading', options, read);
  sweepTemporaryCopies(files.folder);
  const write = openConnection(files.data, { mode: 'write', log });
  // Closed last: only a writable connection removes SQLite's sidecar files.
  connections.unshift(write);
  write.pragma('journal_mode = WAL');
  write.pragma('wal_autocheckpoint = 0');
  write.pragma(`journal_size_limit = ${maxEmptyWalBytes}`);
  // The write queue retries by itself, so that SQLite's own wait does not block this process.
  write.pragma('busy_timeout = 0');
  await runOpeningChecks('writing', options, write);
  return { write, read };
}
