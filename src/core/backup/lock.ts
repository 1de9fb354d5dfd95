import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault, isFault } from '#shared/contract/faults.ts';
import { isPlaceThere, refuseMissingPlace } from '../kernel/backups-folder.ts';
import { isStrangeLock, lockExclusive, lockShared } from '../kernel/db/lock.ts';
import type { WorkspaceLock } from '../kernel/db/lock.ts';
import { troubleOf } from '../kernel/db/file-errors.ts';
import { checkCancelled } from '../kernel/progress.ts';

/** How long somebody waits for others who work on the same backups, in milliseconds, and how often they look. */
const usual = 30_000;
const often = 50;

interface Waiting {
  signal?: AbortSignal | undefined;
  patience?: number | undefined;
  /** What is kept there, where it is something else. */
  called?: string | undefined;
  /** Goes on, to read, where the lock is no file of ours: nobody adds or sweeps then either. */
  anyway?: boolean | undefined;
}

/**
 * Does `work` while nobody takes away what it needs: `alone` for what adds or sweeps, `together` for what only reads. The lock is a small
 * SQLite file among the backups. Throws BUSY when others are not done in time, WORKSPACE when the lock is no file of ours, CANCELLED.
 */
export async function withBackups<T>(
  backups: string,
  how: 'alone' | 'together',
  { signal, patience = usual, called = 'backups', anyway = false }: Waiting,
  work: () => Promise<T>,
): Promise<T> {
  refuseMissingPlace(backups);
  const file = join(backups, 'lock.sqlite');
  for (let waited = 0; ; waited += often) {
    checkCancelled(signal);
    let lock: WorkspaceLock | null;
    try {
      lock = take(backups, file, how, called);
    } catch (error) {
      if (!anyway || !isStrangeLock(error)) {
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
 * As `withBackups` for who reads in several folders; a lock that is no file of ours keeps nobody from the others, or from that, and one that
 * cannot be reached is passed over.
 */
export function withAllBackups<T>(
  [first, ...others]: readonly string[],
  waiting: Waiting,
  work: () => Promise<T>,
): Promise<T> {
  if (first === undefined) return work();
  if (!isPlaceThere(first)) return withAllBackups(others, waiting, work);
  const those = { ...waiting, anyway: true };
  return withBackups(first, 'together', those, () => withAllBackups(others, waiting, work));
}

/** Null where one only reads and nobody can write: in a folder that is missing or read-only nobody sweeps either. */
function take(
  backups: string,
  file: string,
  how: 'alone' | 'together',
  called: string,
): WorkspaceLock | null {
  if (how === 'together' && !existsSync(backups)) return null;
  try {
    if (lstatSync(file, { throwIfNoEntry: false })?.isFile() === false) throw notOurs(called);
    return how === 'alone' ? lockExclusive(file) : lockShared(file);
  } catch (error) {
    const reason = troubleOf(error)?.reason;
    if (how === 'together' && (reason === 'read_only' || reason === 'unreadable')) return null;
    throw isStrangeLock(error) ? notOurs(called) : error;
  }
}

function notOurs(called: string): Fault<'WORKSPACE'> {
  const message = `lock.sqlite among the ${called} is not what FRAMES keeps there: move it away and try again. Nothing was changed.`;
  return new Fault('WORKSPACE', message, { reason: 'foreign' });
}

function busy(waited_ms: number, called: string): Fault<'BUSY'> {
  const message = `The ${called} of this workspace are in use: one is being made or checked. Nothing was changed; try again when that is done.`;
  return new Fault('BUSY', message, { holder: null, waited_ms });
}
