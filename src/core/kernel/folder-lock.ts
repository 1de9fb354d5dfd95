import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault, isFault } from '#shared/contract/faults.ts';
import { isPlaceThere, refuseMissingPlace } from './backups-folder.ts';
import { isAlive } from './db/holders.ts';
import { isForeignLock, lockExclusive, lockShared } from './db/lock.ts';
import type { WorkspaceLock } from './db/lock.ts';
import { troubleOf } from './db/file-errors.ts';
import type { Log } from './logger.ts';
import { checkCancelled } from './progress.ts';
import { checkFolder } from './db/sandbox-place.ts';

/** How long somebody waits for others who work on the same versions, in milliseconds, and how often they look. */
const usual = 30_000;
const often = 50;

interface Waiting {
  signal?: AbortSignal | undefined;
  patience?: number | undefined;
  /** Goes on, to read, where the lock is no file of ours: nobody adds or sweeps then either. */
  anyway?: boolean | undefined;
}

/**
 * Does `work` while nobody takes away what it needs: `alone` for what adds or sweeps, `together` for what only reads. The lock is a small
 * SQLite file among the versions. Throws BUSY when others are not done in time, WORKSPACE when the lock is no file of ours, CANCELLED.
 */
export async function withVersions<T>(
  folder: string,
  how: 'alone' | 'together',
  { signal, patience = usual, anyway = false }: Waiting,
  work: () => Promise<T>,
): Promise<T> {
  const isGolden = basename(folder) === 'golden';
  if (isGolden && !checkFolder(folder) && how === 'alone') mkdirSync(folder, { recursive: true });
  if (!isGolden) refuseMissingPlace(folder);
  const called = isGolden ? 'golden versions' : 'backups';
  const file = join(folder, 'lock.sqlite');
  for (let waited = 0; ; waited += often) {
    checkCancelled(signal);
    let lock: WorkspaceLock | null;
    try {
      lock = take(folder, file, how, called);
    } catch (error) {
      if (!anyway || !isForeignLock(error)) {
        if (!isFault(error) || error.code !== 'BUSY') throw error;
        if (waited >= patience) throw busy(waited, called);
        await sleep(often);
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

/**
 * As `withVersions` for who reads in several folders of backups; a lock that is no file of ours keeps nobody from the others, or from that, and
 * one that cannot be reached is passed over.
 */
export function withAllBackups<T>(
  [first, ...others]: readonly string[],
  waiting: Waiting,
  work: () => Promise<T>,
): Promise<T> {
  if (first === undefined) return work();
  if (!isPlaceThere(first)) return withAllBackups(others, waiting, work);
  const those = { ...waiting, anyway: true };
  return withVersions(first, 'together', those, () => withAllBackups(others, waiting, work));
}

/** Null where one only reads and nobody can write: in a folder that is missing or read-only nobody sweeps either. */
function take(folder: string, file: string, how: 'alone' | 'together', called: string): WorkspaceLock | null {
  if (how === 'together' && !existsSync(folder)) return null;
  try {
    if (lstatSync(file, { throwIfNoEntry: false })?.isFile() === false) throw notOurs(called);
    return how === 'alone' ? lockExclusive(file) : lockShared(file);
  } catch (error) {
    const reason = troubleOf(error)?.reason;
    if (how === 'together' && (reason === 'read_only' || reason === 'unreadable')) return null;
    throw isForeignLock(error) ? notOurs(called) : error;
  }
}

function notOurs(called: string): Fault<'WORKSPACE'> {
  const message = `lock.sqlite among the ${called} is not what FRAMES keeps there: move it away and try again. Nothing was changed.`;
  return new Fault('WORKSPACE', message, { reason: 'foreign' });
}

function busy(waited_ms: number, called: string): Fault<'BUSY'> {
  const message = `The ${called} of this workspace are in use: one is being made or checked. Nothing was changed. Try again later.`;
  return new Fault('BUSY', message, { holder: null, waited_ms });
}

/** Folders in which a version is being made, checked or restored, and the intent of a restore before it has its name. */
const working = /^(?:\.(?:building|verify|restore)-\w{6}|restoring\.json\.\d+)$/;

/**
 * A new folder to work in, which is nobody else's and is swept when its process ends before it is done. What the system throws names the folder
 * that it should be in, which people know.
 */
export async function workFolder(inside: string, what: 'building' | 'verify' | 'restore'): Promise<string> {
  try {
    return await mkdtemp(join(inside, `.${what}-`));
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: inside });
  }
}

const refusals: readonly unknown[] = ['EROFS', 'EACCES', 'EPERM', 'ENOENT'];

/**
 * As `workFolder` for what is only looked at, and written nowhere else: where the system lets nobody write there, as on a disk that is read-only, it
 * is in the system's own folder for such things, and only its owner may enter it.
 */
export async function lookFolder(inside: string, what: 'verify' | 'restore'): Promise<string> {
  try {
    return await workFolder(inside, what);
  } catch (error) {
    if (!refusals.includes((error as NodeJS.ErrnoException).code)) throw error;
    await sweepLooks();
    return mkdtemp(join(tmpdir(), `frames-${what}-${process.pid}-`));
  }
}

async function sweepLooks(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid] = /^frames-(?:verify|restore)-(\d+)-\w{6}$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {});
  }
}

/** Removes what was left by work that was broken off, as large as a whole workspace each. The caller holds the folder alone. */
export async function sweep(folder: string, log: Log): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!working.test(name)) continue;
    try {
      await rm(join(folder, name), { recursive: true, force: true });
    } catch (error) {
      log.warn({ name, error: String(error) }, 'leftovers of a version could not be removed');
    }
  }
}

/** As `sweep` for a folder of versions, where nobody works on them just now. Nothing is waited for. Never rejects. */
export async function sweepIdle(folder: string, log: Log): Promise<void> {
  try {
    if (!(await readdir(folder)).some((name) => working.test(name))) return;
    await withVersions(folder, 'alone', { patience: 0 }, () => sweep(folder, log));
  } catch (error) {
    log.debug({ error: String(error) }, 'not swept');
  }
}
