import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../kernel/logger.ts';
import { withBackups } from './lock.ts';

/** Folders in which a backup is being made, looked at, restored or removed, and the intent of a restore before it has its name. */
const working = /^(?:\.(?:building|verify|restore|pruned)-\w{6}|restoring\.json\.\d+)$/;

/**
 * A new folder to work in, which is nobody else's and is swept when its process ends before it is done. What the system throws names the folder
 * that it should be in, which people know.
 */
export async function workFolder(
  inside: string,
  what: 'building' | 'verify' | 'restore' | 'pruned',
): Promise<string> {
  try {
    return await mkdtemp(join(inside, `.${what}-`));
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: inside });
  }
}

const refusals: readonly unknown[] = ['EROFS', 'EACCES', 'EPERM'];

/**
 * As `workFolder` for what is only looked at, and written nowhere else: where the system lets nobody write there, as on a disk that is read-only, it
 * is in the system's own folder for such things, and only its owner may enter it.
 */
export async function lookFolder(inside: string, what: 'verify' | 'restore'): Promise<string> {
  try {
    return await workFolder(inside, what);
  } catch (error) {
    if (!refusals.includes((error as NodeJS.ErrnoException).code)) throw error;
    return mkdtemp(join(tmpdir(), `frames-${what}-`));
  }
}

/** Removes what was left by work that was broken off, as large as a whole workspace each. The caller holds the folder alone. */
export async function sweep(folder: string, log: Log): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!working.test(name)) continue;
    try {
      await rm(join(folder, name), { recursive: true, force: true });
    } catch (error) {
      log.warn({ name, error: String(error) }, 'what a backup left behind could not be removed');
    }
  }
}

/** As `sweep` for a folder of backups, where nobody works on them just now: whose work is there is gone then. Nothing is waited for. Never rejects. */
export async function sweepIdle(backups: string, log: Log): Promise<void> {
  try {
    if (!(await readdir(backups)).some((name) => working.test(name))) return;
    await withBackups(backups, 'alone', { patience: 0 }, () => sweep(backups, log));
  } catch (error) {
    log.debug({ error: String(error) }, 'not swept');
  }
}
