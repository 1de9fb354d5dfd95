import { setImmediate as breathe } from 'node:timers/promises';
import { standsIn } from '../audit/head.ts';
import { openConnection } from '../db/connection.ts';
import type { ReadHandle } from '../db/connection.ts';
import type { Log } from '../log.ts';
import { backupIds } from './list.ts';
import { packsOf, readManifest } from './manifest.ts';
import type { BackupManifest } from './manifest.ts';
import { DamagedPack } from './pack/format.ts';
import type { StoredPack } from './pack/writer.ts';
import { KnownPages } from './store.ts';

/** Packs beyond which a backup begins anew: each is a file that restoring must open, and that many others rest on. */
const mostPacks = 48;

/**
 * The pages that earlier backups hold for a copy at `image`: those of the backup that it is built upon, but for packs that are not what
 * they were. What those held is stored anew. None where there is no such backup, or when it rests on too many packs. `step` is told how
 * many bytes are compared, of how many, and may throw to give up.
 */
export async function earlierPages(
  backups: string,
  image: string,
  log: Log,
  step: (done: number, total: number) => void,
): Promise<KnownPages> {
  const known = new KnownPages();
  const parent = await parentOf(backups, image, log, () => step(0, 0));
  if (!parent || parent.packs.length >= mostPacks) return known;
  const total = parent.packs.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const pack of parent.packs) {
    await addPack(known, backups, pack, log, (bytes) => step(before + bytes, total));
    before += pack.bytes;
  }
  return known;
}

/**
 * Adds the pages of the newest backup that holds more than live: what one of live alone came after does not know sandboxes and golden
 * versions any more.
 */
export async function besidesPages(
  known: KnownPages,
  backups: string,
  log: Log,
  step: (done: number, total: number | null) => void,
): Promise<void> {
  for (const id of await backupIds(backups)) {
    const manifest = await readable(backups, id, log);
    await breathe();
    if (!manifest?.contents.some(({ about }) => about)) continue;
    const there = new Set(known.packs.map(({ sha256 }) => sha256));
    const fresh = manifest.packs.filter(({ sha256 }) => !there.has(sha256));
    if (known.packs.length + fresh.length > mostPacks) return;
    for (const pack of fresh) await addPack(known, backups, pack, log, (bytes) => step(bytes, pack.bytes));
    return;
  }
}

/** Adds what a pack holds, unless it is not what it was. */
async function addPack(
  known: KnownPages,
  backups: string,
  pack: StoredPack,
  log: Log,
  step: (bytes: number) => void,
): Promise<void> {
  try {
    await known.add(packsOf(backups), pack, step);
  } catch (error) {
    if (!(error instanceof DamagedPack)) throw error;
    log.warn({ pack: pack.sha256, error: String(error) }, 'a pack cannot be built upon');
  }
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
