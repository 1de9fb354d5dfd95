import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { withBackups } from './lock.ts';

/** Folders in which a backup is being made, looked at, restored or removed, and the intent of a restore before it has its name. */
const working = /^(?:\.(?:building|verify|restore|pruned)-\w{6}|restoring\.json\.\d+)$/;

/** A new folder to work in, which is nobody else's and is swept when its process ends before it is done. */
export const workFolder = (
  inside: string,
  what: 'building' | 'verify' | 'restore' | 'pruned',
): Promise<string> => mkdtemp(join(inside, `.${what}-`));

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
