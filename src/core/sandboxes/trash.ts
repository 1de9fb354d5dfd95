import { rm } from 'node:fs/promises';
import { Fault, isFault } from '#shared/contract/faults.ts';
import { sandboxVerdict } from '#shared/domain/permissions.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import { describeHolders } from '../kernel/db/holders.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import type { WorkspaceLock } from '../kernel/db/lock.ts';
import { assertCanWrite, assertCanEditSandbox } from '../model/permissions.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import type { CallContext, Services } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { fsyncFolder } from '../kernel/fsync.ts';
import { isoTime } from '../kernel/system.ts';
import {
  withNamesLock,
  sandboxFolderOf,
  createSandboxFolders,
  sandboxPaths,
  sandboxIds,
} from '../kernel/db/sandbox-folder.ts';
import type { SandboxFolder } from '../kernel/db/sandbox-folder.ts';
import { readFactsOrNull, readSandboxFile } from '../log/read-sandbox-file.ts';
import {
  deleteFiles,
  pathExists,
  moveToTrash,
  moveFromTrash,
  assertTrashFree,
  assertAbsent,
  gatherInTrash,
  walBytes,
} from './trash-files.ts';
import { checkName } from './names.ts';
import { checkFile, checkFolder, checkSandboxFiles } from '../kernel/db/check-sandbox-files.ts';
import type { SandboxPaths } from '../kernel/db/check-sandbox-files.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { toOpeningFault } from '../kernel/db/inspect.ts';
import type { Log } from '../kernel/logger.ts';
import { writeSandboxFacts } from '../log/sandbox-facts.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';

const actorIn = ({ services, session }: CallContext): Actor => actorOf(actingProfile(services.read, session));

/** Moves a sandbox, damaged or not, to the trash. Throws NOT_FOUND, FORBIDDEN, and BUSY naming who has it open. */
export async function discardSandbox(call: CallContext, id: string): Promise<void> {
  const { services } = call;
  const paths = sandboxPaths(services.files, 'sandboxes', id);
  checkSandboxFiles(paths, id);
  assertCanEditSandbox(actorIn(call), id, readFactsOrNull(paths, id)?.made_by ?? null);
  createSandboxFolders(services.files, 'trash');
  const lock = await lockSandbox(paths);
  try {
    checkSandboxFiles(paths, id);
    const trashPaths = sandboxPaths(services.files, 'trash', id);
    assertTrashFree(paths, trashPaths);
    if (readFactsOrNull(paths, id)) await recordDiscard(services, paths);
    // Files that a crash leaves behind are found when the sandbox is recovered.
    moveToTrash(paths, trashPaths);
    await rm(paths.holders, { recursive: true, force: true });
  } finally {
    lock.release();
  }
  await fsyncFolders(services);
  services.log.info({ sandbox: id, requestId: call.session.requestId }, 'sandbox discarded');
}

/** A read-only sandbox moves unchanged; one with readers must wait, or it would be separated from its log. Throws BUSY. */
async function recordDiscard({ source, log }: Services, paths: SandboxPaths): Promise<void> {
  try {
    await writeFactsLocked(paths, { discarded_at: isoTime(source.clock.now()) }, log);
  } catch (error) {
    if (isFault(error) && error.code === 'BUSY') throw error;
    log.warn({ error: String(error) }, 'could not write into a sandbox that is discarded');
  }
}

/**
 * Moves a sandbox out of the trash, with a new name if given. On an error the sandbox stays in the trash. Throws NOT_FOUND, FORBIDDEN,
 * BUSY, INVALID for a name that is taken, and WORKSPACE.
 */
export async function recoverSandbox(call: CallContext, id: string, name?: string): Promise<void> {
  const { services } = call;
  const { files } = services;
  const trashPaths = sandboxPaths(files, 'trash', id);
  checkSandboxFiles(trashPaths, id);
  assertCanEditSandbox(actorIn(call), id, readFactsOrNull(trashPaths, id)?.made_by ?? null);
  const paths = sandboxPaths(files, 'sandboxes', id);
  const lock = await lockSandbox(paths);
  try {
    checkSandboxFiles(trashPaths, id);
    assertAbsent(paths.data);
    gatherInTrash(paths, trashPaths);
    const facts =
      name === undefined
        ? readFactsOrNull(trashPaths, id)
        : readSandboxFile(trashPaths, id, (_db, sandboxFacts) => sandboxFacts, { allowNewer: true });
    await withNamesLock(files, async () => {
      if (facts) {
        const newName = name ?? facts.name;
        checkName(files, newName, id);
        await writeFactsLocked(trashPaths, { discarded_at: '', name: newName }, services.log);
      }
      moveFromTrash(paths, trashPaths);
    });
  } finally {
    lock.release();
  }
  await fsyncFolders(services);
  services.log.info({ sandbox: id, requestId: call.session.requestId }, 'sandbox recovered');
}

/** Deletes the sandboxes in the trash that the caller can delete: all, or only `onlyIds`. Throws FORBIDDEN. */
export async function emptyTrash(
  call: CallContext,
  onlyIds: readonly string[] | null = null,
): Promise<{ removed: number; left: number }> {
  const { services } = call;
  const actor = actorIn(call);
  assertCanWrite(actor, { type: 'sandbox', id: '' });
  let removed = 0;
  const { ids, sidecarIds } = sandboxIds(services.files, 'trash');
  const selectedIds = onlyIds && new Set(onlyIds);
  for (const id of [...ids.filter((sandboxId) => selectedIds?.has(sandboxId) ?? true), ...sidecarIds]) {
    const trashPaths = sandboxPaths(services.files, 'trash', id);
    if (!sandboxVerdict(actor, readFactsOrNull(trashPaths, id)?.made_by ?? null).allowed) continue;
    if (await deleteFromTrash(sandboxPaths(services.files, 'sandboxes', id), trashPaths)) removed += 1;
  }
  await fsyncFolders(services);
  const remaining = sandboxIds(services.files, 'trash');
  const left = remaining.ids.length + remaining.foreignNames.length;
  services.log.info({ removed, left, requestId: call.session.requestId }, 'trash emptied');
  return { removed, left };
}

/** Deletes a sandbox in the trash or its remains, unless it was or is being recovered. */
async function deleteFromTrash(paths: SandboxPaths, trashPaths: SandboxPaths): Promise<boolean> {
  let lock: WorkspaceLock;
  try {
    checkFile(paths.lock);
    lock = lockExclusive(paths.lock);
  } catch (error) {
    if (isFault(error)) return false;
    throw error;
  }
  let wasInTrash: boolean;
  try {
    // The lock file stays: deleting it would release a lock that is held.
    if (pathExists(paths.data)) return false;
    wasInTrash = pathExists(trashPaths.data);
    await deleteFiles(paths, trashPaths);
  } finally {
    lock.release();
  }
  await rm(paths.lock, { force: true });
  return wasInTrash;
}

/** Locks a sandbox; waits for short reads and renames. Throws BUSY, naming who has it open. */
async function lockSandbox(paths: SandboxPaths): Promise<WorkspaceLock> {
  checkFile(paths.lock);
  const describeHolder = (): string | null => describeHolders(paths.holders)[0] ?? null;
  try {
    if (describeHolder() !== null) return lockExclusive(paths.lock);
    return await retryWhileBusy(() => lockExclusive(paths.lock));
  } catch (error) {
    if (!isFault(error) || error.code !== 'BUSY') throw error;
    throw new Fault('BUSY', { holder: describeHolder(), waited_ms: 0, what: 'sandbox' });
  }
}

async function fsyncFolders({ files }: Services): Promise<void> {
  for (const folderName of ['sandboxes', 'trash'] as SandboxFolder[]) {
    const folder = sandboxFolderOf(files, folderName);
    if (checkFolder(folder)) await fsyncFolder(folder);
  }
}

/**
 * Writes facts into a locked sandbox and empties its write-ahead log, so that the files can be moved one by one. Throws BUSY while a
 * process reads the sandbox without a lock; WORKSPACE if the sandbox cannot be written.
 */
async function writeFactsLocked(paths: SandboxPaths, facts: Partial<SandboxFacts>, log: Log): Promise<void> {
  await retryWhileBusy(() => {
    try {
      writeFactsTo(paths.data, facts, log);
    } catch (error) {
      throw toOpeningFault(error, paths.data);
    }
    if (walBytes(paths) > 0) throw readersFault();
  });
}

function writeFactsTo(file: string, facts: Partial<SandboxFacts>, log: Log): void {
  using db = openConnection(file, { mode: 'write', log });
  // Waits for readers without blocking this process.
  db.pragma('busy_timeout = 0');
  db.exec('BEGIN IMMEDIATE');
  writeSandboxFacts(db.write, facts);
  db.exec('COMMIT');
  db.pragma('wal_checkpoint(TRUNCATE)');
}

function readersFault(): Fault<'BUSY'> {
  return new Fault('BUSY', { holder: null, waited_ms: 0, what: 'sandbox' });
}
