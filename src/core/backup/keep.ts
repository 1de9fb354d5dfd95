import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { WorkspaceFiles } from '../db/files.ts';
import type { Log } from '../log.ts';
import { checkCancelled } from '../progress.ts';
import { syncFolder } from '../sync-folder.ts';
import type { Tell } from '../told-stream.ts';
import { examine } from './image.ts';
import { formatOf, packsOf, readSealed, seal } from './manifest.ts';
import type { BackupContent, BackupManifest } from './manifest.ts';
import { DamagedPack } from './pack/format.ts';
import { PackReader } from './pack/reader.ts';
import { isThere, PackWriter } from './pack/writer.ts';
import type { StoredPack } from './pack/writer.ts';
import { besidesPages, earlierPages } from './parent.ts';
import type { KnownPages } from './store.ts';
import { storeFile } from './store.ts';

export interface Source {
  path: string;
  /** What it is called in the manifest. */
  name: string;
  /** What a workspace besides live says of itself. */
  about?: BackupContent['about'];
}

export interface Keeping {
  files: WorkspaceFiles;
  /** A folder to work in, which becomes the backup. */
  building: string;
  /** What the backup holds. The first is the copy of the workspace, a closed file that is removed when it is stored. */
  sources: readonly Source[];
  about: Pick<BackupManifest, 'made' | 'reason' | 'app'>;
  /** Checks the copy, while it is stored. */
  check: () => Promise<void>;
  log: Log;
  tell?: Tell | undefined;
  signal?: AbortSignal | undefined;
  /** Brings the names in a folder to the disk. */
  sync?: ((folder: string) => Promise<void>) | undefined;
}

/**
 * Makes a backup of files that are there: stores those pages that no earlier one holds, reads them back, and gives the manifest its name
 * at last. The caller holds the backups alone, and takes the folder away where this fails; no pack stays then. Returns the manifest.
 */
export async function keep(keeping: Keeping): Promise<BackupManifest> {
  const { files, building, sources, about, log, sync = syncFolder } = keeping;
  const packs = packsOf(files.backups);
  const image = sources[0]?.path ?? '';
  const writer = new PackWriter(packs, join(building, 'pack'));
  let settled: BackupManifest;
  try {
    const known = await earlierPages(files.backups, image, log, stepOf(keeping, 'comparing'));
    if (sources.some(({ about }) => about))
      await besidesPages(known, files.backups, log, stepOf(keeping, 'comparing'));
    const [contents] = await bothDone(storeAll(keeping, known, writer), keeping.check());
    const examined = examine(image, log);
    // Nothing but the manifest stays in the folder.
    for (const { path } of sources) if (dirname(path) === building) await rm(path);
    const fresh = await writer.finish();
    if (fresh) await readBack(packs, fresh, stepOf(keeping, 'rereading'));
    const all = fresh ? [...known.packs, fresh] : known.packs;
    const named = onlyUsed(contents, all);
    // What a manifest names must not be gone when the manifest is there.
    for (const folder of [packs, files.backups, files.folder]) await sync(folder);
    const manifest: Omit<BackupManifest, 'id'> = {
      ...examined,
      ...named,
      ...about,
      format: formatOf(contents),
      added: fresh?.bytes ?? 0,
    };
    settled = await settle(building, files.backups, manifest, sync);
  } catch (error) {
    await writer.abandon();
    throw error;
  }
  await sync(files.backups);
  return settled;
}

/** Tells how far one step is, and gives up when that is wanted. */
export function stepOf({ tell, signal }: Pick<Keeping, 'tell' | 'signal'>, name: string) {
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

async function storeAll(keeping: Keeping, known: KnownPages, writer: PackWriter): Promise<BackupContent[]> {
  const told = stepOf(keeping, 'storing');
  const contents: BackupContent[] = [];
  for (const { path, name, about } of keeping.sources) {
    const { size } = await stat(path);
    const stored = await storeFile(path, name, { known, writer, step: (bytes) => told(bytes, size) });
    contents.push(about ? { ...stored, about } : stored);
  }
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
