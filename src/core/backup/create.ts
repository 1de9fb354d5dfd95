import { mkdirSync } from 'node:fs';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { WorkspaceFiles } from '../db/files.ts';
import type { Log } from '../log.ts';
import { checkCancelled } from '../progress.ts';
import { syncFolder } from '../sync-folder.ts';
import { isoTime } from '../system.ts';
import type { Clock } from '../system.ts';
import type { Tell } from '../told-stream.ts';
import { programVersion } from '../version.ts';
import { checkImage } from './check-image.ts';
import { declared, refuseSandbox } from './declared.ts';
import { examine, takeImage } from './image.ts';
import { sweep, workFolder } from './leftovers.ts';
import { withBackups } from './lock.ts';
import { backupFormat, packsOf, readSealed, seal } from './manifest.ts';
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
  /** Why it is made: asked, import, migrate, restore. */
  reason: string;
  clock: Clock;
  log: Log;
  /** A file that is kept with it, such as the one about to be imported. */
  along?: string | undefined;
  tell?: Tell | undefined;
  signal?: AbortSignal | undefined;
  /** Brings the names in a folder to the disk. */
  sync?: ((folder: string) => Promise<void>) | undefined;
}

/**
 * Makes a backup of the live file in `backups/<UTC stamp>/`: a manifest that says what it is, and packs in `backups/packs/` with those
 * pages that no earlier backup holds. The copy is of one state of the file, is checked as a whole, and what was written is read back,
 * before the manifest gets its name; what breaks off on the way leaves no backup. Returns its manifest. Throws WORKSPACE (damaged, full and
 * what else keeps it from being read or written; sandbox, where one is open), BUSY while others work on these backups for long, CANCELLED.
 */
export async function createBackup(options: BackupOptions): Promise<BackupManifest> {
  const { files, log, signal } = options;
  const { backups } = files;
  try {
    refuseSandbox(files);
    checkCancelled(signal);
    mkdirSync(packsOf(backups), { recursive: true });
    return await withBackups(backups, 'alone', { signal }, async () => {
      await sweep(backups, log);
      return build(options);
    });
  } catch (error) {
    throw declared(error);
  }
}

async function build(options: BackupOptions): Promise<BackupManifest> {
  const { files, clock, log, signal, sync = syncFolder } = options;
  const made = isoTime(clock.now());
  const packs = packsOf(files.backups);
  const building = await workFolder(files.backups, 'building');
  const writer = new PackWriter(packs, join(building, 'pack'));
  let settled: BackupManifest;
  try {
    const image = join(building, 'image');
    await takeImage(files, image, options, step(options, 'copying'));
    const known = await earlierPages(files.backups, image, log, step(options, 'comparing'));
    const [contents] = await bothDone(
      storeAll(options, image, known, writer),
      checkImage(image, { log, clock, signal }),
    );
    const examined = examine(image, log);
    await rm(image);
    const fresh = await writer.finish();
    if (fresh) await readBack(packs, fresh, step(options, 'rereading'));
    const all = fresh ? [...known.packs, fresh] : known.packs;
    const named = onlyUsed(contents, all);
    const manifest = { ...examined, ...named, format: backupFormat, made, reason: options.reason } as const;
    // What a manifest names must not be gone when the manifest is there.
    for (const folder of [packs, files.backups, files.folder]) await sync(folder);
    const added = fresh?.bytes ?? 0;
    settled = await settle(building, files.backups, { ...manifest, app: programVersion(), added }, sync);
  } catch (error) {
    await writer.abandon();
    await rm(building, { recursive: true, force: true });
    throw error;
  }
  await sync(files.backups);
  return settled;
}

/** Tells how far one step is, and gives up when that is wanted. */
function step({ tell, signal }: BackupOptions, name: string) {
  return (done: number, total: number | null = null): void => {
    checkCancelled(signal);
    tell?.({ kind: 'progress', step: name, done, total });
  };
}

/** Waits for two that work on one file, also when one of them fails: nobody may hold the file then. Throws what the first one throws. */
async function bothDone<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}

async function storeAll(
  options: BackupOptions,
  image: string,
  known: KnownPages,
  writer: PackWriter,
): Promise<BackupContent[]> {
  const told = step(options, 'storing');
  const store = async (path: string, name: string): Promise<BackupContent> => {
    const { size } = await stat(path);
    return storeFile(path, name, { known, writer, step: (bytes) => told(bytes, size) });
  };
  const contents = [await store(image, 'live')];
  const { along } = options;
  if (along !== undefined) contents.push(await store(along, `source-${basename(along)}`));
  return contents;
}

async function readBack(
  folder: string,
  pack: StoredPack,
  told: (bytes: number, total: number) => void,
): Promise<void> {
  if (!(await isThere(folder, pack))) throw new DamagedPack('what was written is not there');
  const reader = await PackReader.open(folder, pack);
  try {
    await reader.check((bytes) => told(bytes, pack.bytes));
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

/** What the system says when something has that name. */
const taken = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'];

/** Gives the backup its name. Two may be begun in one millisecond: the later one gets a number. */
async function settle(
  building: string,
  backups: string,
  open: Omit<BackupManifest, 'id'>,
  sync: (folder: string) => Promise<void>,
): Promise<BackupManifest> {
  const stamp = open.made.replaceAll(/[-:.]/g, '');
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stamp : `${stamp}-${number}`;
    const manifest = { ...open, id };
    await writeManifest(building, manifest);
    await sync(building);
    try {
      await rename(building, join(backups, id));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (!taken.includes(String(code))) throw error;
      continue;
    }
    return manifest;
  }
}

/** Writes a manifest, and reads it back as restoring would. */
async function writeManifest(folder: string, manifest: BackupManifest): Promise<void> {
  const file = join(folder, 'manifest.json');
  await writeFile(file, seal(manifest), { flush: true });
  if (!isDeepStrictEqual(await readSealed(file, manifest.id), manifest))
    throw new DamagedPack('the manifest reads otherwise than it was written');
}
