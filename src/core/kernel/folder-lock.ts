import { Fault, isFault, workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFolderUsable, refuseMissingFolder } from './backups-folder.ts';
import { isAlive } from './db/holders.ts';
import { isForeignLockError, lockExclusive, lockShared } from './db/lock.ts';
import type { WorkspaceLock } from './db/lock.ts';
import { troubleOf } from './db/file-errors.ts';
import type { Log } from './logger.ts';
import { checkCancelled } from './progress.ts';
import { checkFolder } from './db/check-sandbox-files.ts';

/** How long to wait for the lock of a versions folder. */
const defaultTimeoutMs = 30_000;
const pollIntervalMs = 50;

interface LockOptions {
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
  /** Read without the lock if the lock file is foreign: no process can change the folder then either. */
  ignoreForeignLock?: boolean | undefined;
}

/** Locks a versions folder: `exclusive` to add versions or remove leftovers, `shared` to read. Throws BUSY on timeout, WORKSPACE, CANCELLED. */
export async function withVersionsLock<T>(
  folder: string,
  mode: 'exclusive' | 'shared',
  { signal, timeoutMs = defaultTimeoutMs, ignoreForeignLock = false }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  if (basename(folder) === 'golden') {
    const exists = checkFolder(folder);
    if (!exists && mode === 'exclusive') mkdirSync(folder, { recursive: true });
  } else {
    refuseMissingFolder(folder);
  }
  const file = join(folder, 'lock.sqlite');
  for (let waitedMs = 0; ; waitedMs += pollIntervalMs) {
    checkCancelled(signal);
    let lock: WorkspaceLock | null = null;
    try {
      lock = acquireLock(folder, file, mode);
    } catch (error) {
      const canReadUnlocked = ignoreForeignLock && isForeignLockError(error);
      if (!canReadUnlocked) {
        if (!isFault(error) || error.code !== 'BUSY') throw error;
        if (waitedMs >= timeoutMs)
          throw new Fault('BUSY', {
            ...(error as Fault<'BUSY'>).data,
            waited_ms: waitedMs,
            what: 'versions',
          });
        await sleep(pollIntervalMs);
        continue;
      }
    }
    try {
      return await work();
    } finally {
      lock?.release();
    }
  }
}

/** Like `withVersionsLock` for reading several backups folders. Ignores foreign lock files and skips unreachable folders. */
export function withBackupsLocks<T>(
  [folder, ...otherFolders]: readonly string[],
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  if (folder === undefined) return work();
  if (!isFolderUsable(folder)) return withBackupsLocks(otherFolders, options, work);
  const readOptions = { ...options, ignoreForeignLock: true };
  return withVersionsLock(folder, 'shared', readOptions, () => withBackupsLocks(otherFolders, options, work));
}

/** Returns null for a reader of a missing, read-only or unreadable folder: no process can remove leftovers there. */
function acquireLock(folder: string, file: string, mode: 'exclusive' | 'shared'): WorkspaceLock | null {
  if (mode === 'shared' && !existsSync(folder)) return null;
  try {
    if (lstatSync(file, { throwIfNoEntry: false })?.isFile() === false) throw foreignLock();
    return mode === 'exclusive' ? lockExclusive(file) : lockShared(file);
  } catch (error) {
    const reason = troubleOf(error)?.reason;
    if (mode === 'shared' && (reason === 'read_only' || reason === 'unreadable')) return null;
    throw isForeignLockError(error) ? foreignLock() : error;
  }
}

const foreignLock = (): Fault => workspaceFault('foreign', { file: 'lock.sqlite', why: clause('moveAway') });

/** Working folders of versions being built, checked or restored, and temporary files of a restore intent. */
const workFolderPattern = /^(?:\.(?:building|verify|restore)-\w{6}|restoring\.json\.\d+)$/;

/** Creates a private working folder. `removeWorkFolders` removes it if its process dies. System errors name `parent`, which users know. */
export async function createWorkFolder(
  parent: string,
  purpose: 'building' | 'verify' | 'restore',
): Promise<string> {
  try {
    return await mkdtemp(join(parent, `.${purpose}-`));
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: parent });
  }
}

const notWritableCodes: readonly unknown[] = ['EROFS', 'EACCES', 'EPERM', 'ENOENT'];

/** Like `createWorkFolder` for copies to read. Falls back to the system's temporary folder, readable by its owner only. */
export async function createReadFolder(parent: string, purpose: 'verify' | 'restore'): Promise<string> {
  try {
    return await createWorkFolder(parent, purpose);
  } catch (error) {
    if (!notWritableCodes.includes((error as NodeJS.ErrnoException).code)) throw error;
    await sweepTemporaryFolders();
    return mkdtemp(join(tmpdir(), `frames-${purpose}-${process.pid}-`));
  }
}

async function sweepTemporaryFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid] = /^frames-(?:verify|restore)-(\d+)-\w{6}$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {});
  }
}

/** Removes leftovers of interrupted work, each as large as a workspace. The caller holds the exclusive lock of the folder. */
export async function removeWorkFolders(folder: string, log: Log): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!workFolderPattern.test(name)) continue;
    try {
      await rm(join(folder, name), { recursive: true, force: true });
    } catch (error) {
      log.warn({ name, error: String(error) }, 'leftovers of a version could not be removed');
    }
  }
}

/** Like `removeWorkFolders`, but only if the exclusive lock is free; does not wait. Never rejects. */
export async function sweepIfUnlocked(folder: string, log: Log): Promise<void> {
  try {
    if (!(await readdir(folder)).some((name) => workFolderPattern.test(name))) return;
    await withVersionsLock(folder, 'exclusive', { timeoutMs: 0 }, () => removeWorkFolders(folder, log));
  } catch (error) {
    log.debug({ error: String(error) }, 'not swept');
  }
}
