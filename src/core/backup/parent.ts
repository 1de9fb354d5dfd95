import { setImmediate as breathe } from 'node:timers/promises';
import { standsIn } from '../log/audit/head.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { Log } from '../kernel/logger.ts';
import { backupIds } from './list.ts';
import type { BackupManifest } from './manifest.ts';
import { readManifest } from './read-manifest.ts';
import type { StoredPack } from './pack/writer.ts';

/** Packs beyond which a backup begins anew: each is a file that restoring must open, and that many others rest on. */
const mostPacks = 48;

/**
 * The packs that a backup of a copy at `image` may be built upon: those of the backup that is nearest to it. None where there is no such
 * backup, or when it rests on too many. `step` is called now and then, and may throw to give up.
 */
export async function earlierPacks(
  backups: string,
  image: string,
  log: Log,
  step: () => void,
): Promise<StoredPack[]> {
  const parent = await parentOf(backups, image, log, step);
  return parent && parent.packs.length < mostPacks ? [...parent.packs] : [];
}

/**
 * The packs besides `earlier` of the newest backup that holds more than live: what one of live alone came after does not know sandboxes
 * and golden versions any more.
 */
export async function besidesPacks(
  earlier: readonly StoredPack[],
  backups: string,
  log: Log,
): Promise<StoredPack[]> {
  for (const id of await backupIds(backups)) {
    const manifest = await readable(backups, id, log);
    await breathe();
    if (!manifest?.contents.some(({ about }) => about)) continue;
    const there = new Set(earlier.map(({ sha256 }) => sha256));
    const more = manifest.packs.filter(({ sha256 }) => !there.has(sha256));
    return earlier.length + more.length > mostPacks ? [] : more;
  }
  return [];
}

/**
 * The backup that has most in common with the copy: the one whose head is the newest that stands in the copy's own log. Clocks do not
 * count, they may have been set back. Where none stands in it, what lies there is not of this workspace, and nothing is built upon it.
 */
async function parentOf(
  backups: string,
  image: string,
  log: Log,
  step: () => void,
): Promise<BackupManifest | null> {
  const copy = openConnection(image, { mode: 'read', log });
  try {
    let nearest: BackupManifest | null = null;
    for (const id of await backupIds(backups)) {
      step();
      const manifest = await readable(backups, id, log);
      if (manifest && isNearer(copy, manifest, nearest)) nearest = manifest;
      await breathe();
    }
    return nearest;
  } finally {
    copy.close();
  }
}

function isNearer(copy: ReadHandle, { head }: BackupManifest, than: BackupManifest | null): boolean {
  return head.id > (than?.head.id ?? 0) && standsIn(copy, head);
}

async function readable(backups: string, id: string, log: Log): Promise<BackupManifest | null> {
  try {
    return await readManifest(backups, id);
  } catch (error) {
    // Another one may do; what is wrong with this one is told where backups are listed and verified.
    log.warn({ backup: id, error: String(error) }, 'a backup cannot be built upon');
    return null;
  }
}
