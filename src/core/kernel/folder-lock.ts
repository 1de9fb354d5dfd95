import { Fault, isFault, workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPlaceThere, refuseMissingPlace } from './backups-folder.ts';
import { isAlive } from './db/holders.ts';
import { isForeignLock, lockExclusive, lockShared } from './db/lock.ts';
import type { WorkspaceLock } from './db/lock.ts';
import { troubleOf } from './db/file-errors.ts';
import type { Log } from './logger.ts';
import { checkCancelled } from './progress.ts';
import { checkFolder } from './db/sandbox-place.ts';

/** How long to wait for the lock on the versions, and the polling interval, in milliseconds. */
const defaultPatience = 30_000;
const pollInterval = 50;

interface Waiting {
  signal?: AbortSignal | undefined;
  patience?: number | undefined;
  /** Read without the lock if the lock file is foreign: no process can add or sweep then either. */
  ignoreForeignLock?: boolean | undefined;
}

/** Locks a versions folder: `alone` to add or sweep, `together` to read. Throws BUSY on timeout, WORKSPACE, CANCELLED. */
export async function withVersions<T>(
  folder: string,
  mode: 'alone' | 'together',
  { signal, patience = defaultPatience, ignoreForeignLock = false }: Waiting,
  work: () => Promise<T>,
): Promise<T> {
  const isGolden = basename(folder) === 'golden';
  if (isGolden && !checkFolder(folder) && mode === 'alone') mkdirSync(folder, { recursive: true });
  if (!isGolden) refuseMissingPlace(folder);
  const file = join(folder, 'lock.sqlite');
  for (let waited = 0; ; waited += pollInterval) {
    checkCancelled(signal);
    let lock: WorkspaceLock | null;
    try {
      lock = takeLock(folder, file, mode);
    } catch (error) {
      if (!ignoreForeignLock || !isForeignLock(error)) {
        if (!isFault(error) || error.code !== 'BUSY') throw error;
        if (waited >= patience)
          throw new Fault('BUSY', { ...(error as Fault<'BUSY'>).data, waited_ms: waited, what: 'versions' });
        await sleep(pollInterval);
        continue;
      }
      lock = null;
    }
    try {
      return await work();
    } finally {
      lock?.release();
    }
  }
}

/** Like `withVersions` for reading several backups folders. Ignores foreign lock files and skips unreachable folders. */
export function withAllBackups<T>(
  [first, ...others]: readonly string[],
  waiting: Waiting,
  work: () => Promise<T>,
): Promise<T> {
  if (first === undefined) return work();
  if (!isPlaceThere(first)) return withAllBackups(others, waiting, work);
  const readOptions = { ...waiting, ignoreForeignLock: true };
  return withVersions(first, 'together', readOptions, () => withAllBackups(others, waiting, work));
}

/** Returns null for a reader whose folder is missing or read-only: no process can sweep there. */
function takeLock(folder: string, file: string, mode: 'alone' | 'together'): WorkspaceLock | null {
  if (mode === 'together' && !existsSync(folder)) return null;
  try {
    if (lstatSync(file, { throwIfNoEntry: false })?.isFile() === false) throw foreignLock();
    return mode === 'alone' ? lockExclusive(file) : lockShared(file);
  } catch (error) {
    const reason = troubleOf(error)?.reason;
    if (mode === 'together' && (reason === 'read_only' || reason === 'unreadable')) return null;
    throw isForeignLock(error) ? foreignLock() : error;
  }
}

const foreignLock = (): Fault => workspaceFault('foreign', { file: 'lock.sqlite', why: clause('moveAway') });

/** Working folders of versions being built, checked or restored, and temporary files of a restore intent. */
const workFolderName = /^(?:\.(?:building|verify|restore)-\w{6}|restoring\.json\.\d+)$/;

/** Creates a private working folder. `sweep` removes it if its process dies. System errors name `inside`, the folder that the user knows. */
export async function createWorkFolder(
  inside: string,
  purpose: 'building' | 'verify' | 'restore',
): Promise<string> {
  try {
    return await mkdtemp(join(inside, `.${purpose}-`));
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: inside });
  }
}

const notWritableCodes: readonly unknown[] = ['EROFS', 'EACCES', 'EPERM', 'ENOENT'];

/** Like `createWorkFolder` for copies to read. Falls back to the system's temporary folder, readable by its owner only. */
export async function createReadFolder(inside: string, purpose: 'verify' | 'restore'): Promise<string> {
  try {
    return await createWorkFolder(inside, purpose);
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
export async function removeStaleLocks(folder: string, log: Log): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!workFolderName.test(name)) continue;
    try {
      await rm(join(folder, name), { recursive: true, force: true });
    } catch (error) {
      log.warn({ name, error: String(error) }, 'leftovers of a version could not be removed');
    }
  }
}

/** Like `sweep`, but only if the exclusive lock is free; does not wait. Never rejects. */
export async function sweepIdle(folder: string, log: Log): Promise<void> {
  try {
    if (!(await readdir(folder)).some((name) => workFolderName.test(name))) return;
    await withVersions(folder, 'alone', { patience: 0 }, () => removeStaleLocks(folder, log));
  } catch (error) {
    log.debug({ error: String(error) }, 'not swept');
  }
}
