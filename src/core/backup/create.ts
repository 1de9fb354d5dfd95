import { mkdirSync } from 'node:fs';
import { open, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { WorkspaceFiles } from '../db/files.ts';
import type { Log } from '../log.ts';
import { checkCancelled } from '../progress.ts';
import { isoTime } from '../system.ts';
import type { Clock } from '../system.ts';
import type { Tell } from '../told-stream.ts';
import { programVersion } from '../version.ts';
import { checkImage } from './check-image.ts';
import { examine, takeImage } from './image.ts';
import { backupFormat, packsOf, seal } from './manifest.ts';
import type { BackupContent, BackupManifest } from './manifest.ts';
import { DamagedPack } from './pack/format.ts';
import { PackReader } from './pack/reader.ts';
import { isThere, PackWriter } from './pack/writer.ts';
import type { StoredPack } from './pack/writer.ts';
import { earlierPages } from './parent.ts';
import type { KnownPages } from './store.ts';
import { storeFile } from './store.ts';

export interface BackupOptions {
  files: WorkspaceFiles;
  /** Why it is made: asked, import, migrate. */
  reason: string;
  clock: Clock;
  log: Log;
  /** A file that is kept with it, such as the one about to be imported. */
  along?: string | undefined;
  tell?: Tell | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Makes a backup of the live file in `backups/<UTC stamp>/`: a manifest that says what it is, and packs in `backups/packs/` with those
 * pages that no earlier backup holds. The copy is of one state of the file, is checked as a whole, and what was written is read back,
 * before the manifest gets its name; what breaks off on the way leaves no backup. Returns its manifest. Throws CANCELLED.
 */
export async function createBackup(options: BackupOptions): Promise<BackupManifest> {
  const { files, clock, log, signal } = options;
  const made = isoTime(clock.now());
  const stamp = made.replaceAll(/[-:.]/g, '');
  checkCancelled(signal);
  const packs = packsOf(files.backups);
  mkdirSync(packs, { recursive: true });
  const name = `${stamp}-${process.pid}`;
  const building = join(files.backups, `.${name}.part`);
  mkdirSync(building);
  const writer = new PackWriter(packs, name);
  try {
    const image = join(building, 'image');
    await takeImage(files, image, log, step(options, 'copying'));
    const known = await earlierPages(files.backups, log, () => checkCancelled(signal));
    const contents = await storeAll(options, image, known, writer);
    await checkImage(image, { log, clock, signal });
    const examined = examine(image, log);
    await rm(image);
    const fresh = await writer.finish();
    if (fresh) await readBack(packs, fresh);
    const all = fresh ? [...known.packs, fresh] : known.packs;
    const named = onlyUsed(contents, all);
    const manifest = { ...examined, ...named, format: backupFormat, made, reason: options.reason } as const;
    const added = fresh?.bytes ?? 0;
    return await settle(building, files.backups, stamp, { ...manifest, app: programVersion(), added });
  } catch (error) {
    await writer.abandon();
    await rm(building, { recursive: true, force: true });
    // Gone only when nothing is in it.
    await rmdir(packs).catch(() => undefined);
    throw error;
  }
}

/** Tells how far one step is, and gives up when that is wanted. */
function step({ tell, signal }: BackupOptions, name: string) {
  return (done: number, total: number | null = null): void => {
    checkCancelled(signal);
    tell?.({ kind: 'progress', step: name, done, total });
  };
}

async function storeAll(
  options: BackupOptions,
  image: string,
  known: KnownPages,
  writer: PackWriter,
): Promise<BackupContent[]> {
  const storing = { known, writer, step: step(options, 'storing') };
  const contents = [await storeFile(image, 'live', storing)];
  const { along } = options;
  if (along !== undefined) contents.push(await storeFile(along, `source-${basename(along)}`, storing));
  return contents;
}

async function readBack(folder: string, pack: StoredPack): Promise<void> {
  if (!(await isThere(folder, pack))) throw new DamagedPack('what was written is not there');
  const reader = await PackReader.open(folder, pack);
  try {
    await reader.check();
  } finally {
    await reader.close();
  }
}

/** Contents and packs without those packs of which nothing is used. */
function onlyUsed(
  contents: readonly BackupContent[],
  packs: readonly StoredPack[],
): Pick<BackupManifest, 'contents' | 'packs'> {
  const used = [...new Set(contents.flatMap(({ runs }) => runs.map(([pack]) => pack)))].toSorted(
    (a, b) => a - b,
  );
  const places = new Map(used.map((pack, index) => [pack, index]));
  return {
    contents: contents.map((one) => ({
      ...one,
      runs: one.runs.map(([pack, at, count]) => [places.get(pack) ?? 0, at, count]),
    })),
    packs: used.map((pack) => packs[pack] as StoredPack),
  };
}

/** Gives the backup its name. Two may be begun in one millisecond: the later one gets a number. */
async function settle(
  building: string,
  backups: string,
  stamp: string,
  open: Omit<BackupManifest, 'id'>,
): Promise<BackupManifest> {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stamp : `${stamp}-${number}`;
    const manifest = { ...open, id };
    await writeFile(join(building, 'manifest.json'), seal(manifest), { flush: true });
    try {
      await rename(building, join(backups, id));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
      continue;
    }
    await flushFolder(backups);
    return manifest;
  }
}

/** Waits until names in a folder are on the disk, where the system can. */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows knows no such thing, and does it by itself.
  }
}
