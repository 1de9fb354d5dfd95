import type { Log } from '../log.ts';
import { backupIds } from './list.ts';
import { packsOf, readManifest } from './manifest.ts';
import type { BackupManifest } from './manifest.ts';
import { DamagedPack } from './pack/format.ts';
import { KnownPages } from './store.ts';

/** Packs beyond which a backup begins anew: each is a file that restoring must open, and that many others rest on. */
const mostPacks = 48;

/**
 * The pages of the newest backup whose manifest can be read, but for packs that are not what they were: what those held is stored anew.
 * None where there is no such backup, or when it rests on too many packs. `step` may throw to give up.
 */
export async function earlierPages(backups: string, log: Log, step: () => void): Promise<KnownPages> {
  const known = new KnownPages();
  const parent = await newestReadable(backups, log);
  if (!parent || parent.packs.length >= mostPacks) return known;
  for (const pack of parent.packs) {
    try {
      await known.add(packsOf(backups), pack, step);
    } catch (error) {
      if (!(error instanceof DamagedPack)) throw error;
      log.warn({ backup: parent.id, pack: pack.sha256, error: String(error) }, 'a pack cannot be built upon');
    }
  }
  return known;
}

async function newestReadable(backups: string, log: Log): Promise<BackupManifest | null> {
  for (const id of await backupIds(backups)) {
    try {
      return await readManifest(backups, id);
    } catch (error) {
      // The next older one may do; what is wrong with this one is told where backups are listed and verified.
      log.warn({ backup: id, error: String(error) }, 'a backup cannot be built upon');
    }
  }
  return null;
}
