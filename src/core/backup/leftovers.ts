import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log.ts';

/** Folders among the backups in which one is being made or looked at. */
const working = /^\.(?:building|verify)-\w{6}$/;

/** A new folder to work in, which is nobody else's and is swept when its process ends before it is done. */
export const workFolder = (backups: string, what: 'building' | 'verify'): Promise<string> =>
  mkdtemp(join(backups, `.${what}-`));

/** Removes what was left by work that was broken off, as large as a whole workspace each. The caller holds the backups alone. */
export async function sweep(backups: string, log: Log): Promise<void> {
  for (const name of await readdir(backups)) {
    if (!working.test(name)) continue;
    try {
      await rm(join(backups, name), { recursive: true, force: true });
    } catch (error) {
      log.warn({ name, error: String(error) }, 'what a backup left behind could not be removed');
    }
  }
}
