import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { isLarge } from '../kernel/db/in-worker.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import { runInWorkerOrHere } from '../kernel/workers/worker-pool.ts';
import type { Tell } from '../kernel/progress-stream.ts';
import { examine } from './image.ts';
import { formatOf, packsOf, seal } from './manifest.ts';
import type { BackupContent, BackupManifest } from './manifest.ts';
import { readSealed } from './read-manifest.ts';
import { DamagedPack } from './pack/format.ts';
import { storeSources } from './pack/deed.ts';
import type { Stored, StoreTold } from './pack/deed.ts';
import { namePack } from './pack/writer.ts';
import type { StoredPack } from './pack/writer.ts';
import { besidesPacks, earlierPacks } from './parent.ts';

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
  const temporary = join(building, 'pack');
  let settled: BackupManifest;
  let named: string | null = null;
  try {
    const [stored] = await bothDone(storeAll(keeping, image, temporary), keeping.check());
    const examined = examine(image, log);
    // Nothing but the manifest stays in the folder.
    for (const { path } of sources) if (dirname(path) === building) await rm(path);
    const { contents, known, fresh } = stored;
    if (fresh) named = await namePack(packs, temporary, fresh);
    // What a manifest names must not be gone when the manifest is there.
    for (const folder of [packs, files.backups, files.folder]) await sync(folder);
    const manifest: Omit<BackupManifest, 'id'> = {
      ...examined,
      ...onlyUsed(contents, fresh ? [...known, fresh] : known),
      ...about,
      format: formatOf(contents),
      added: fresh?.bytes ?? 0,
    };
    settled = await settle(building, files.backups, manifest, sync);
  } catch (error) {
    for (const left of [temporary, named]) if (left !== null) await rm(left, { force: true });
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

/** Stores what the backup holds upon what earlier ones hold, and reads it back. Throws DamagedPack where that is not what was written. */
async function storeAll(keeping: Keeping, image: string, temporary: string): Promise<Stored> {
  const { files, sources, log, signal } = keeping;
  const earlier = await earlierPacks(files.backups, image, log, () => checkCancelled(signal));
  if (sources.some(({ about }) => about)) earlier.push(...(await besidesPacks(earlier, files.backups, log)));
  const plain = sources.map(({ path, name }) => ({ path, name }));
  const input = { sources: plain, packs: packsOf(files.backups), temporary, earlier };
  const hear = ({ step, done, total }: StoreTold): void => stepOf(keeping, step)(done, total);
  const stored = sources.some(({ path }) => isLarge(path))
    ? await runInWorkerOrHere(storeSources, input, {
        onProgress: hear,
        signal,
        log,
        cleanUp: () => rm(temporary, { force: true }),
      })
    : await storeSources(input, hear);
  for (const one of stored.spoiled) log.warn(one, 'a pack cannot be built upon');
  if (stored.damaged !== null) throw new DamagedPack(stored.damaged);
  const contents = stored.contents.map((content, index) => {
    const about = sources[index]?.about;
    return about ? { ...content, about } : content;
  });
  return { ...stored, contents };
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
