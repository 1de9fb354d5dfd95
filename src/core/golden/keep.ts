import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { isFault, reasonOf } from '#shared/contract/faults.ts';
import { workFolder } from '../backup/leftovers.ts';
import { whyNotWorkspace } from '../backup/verify.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Log } from '../kernel/logger.ts';
import type { Clock } from '../kernel/system.ts';
import type { Services } from '../model/services.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import { badGolden, calledGolden, examinedOfGolden, sealGolden } from './manifest.ts';
import type { GoldenManifest } from './manifest.ts';
import {
  copyGolden,
  imageIn,
  manifestIn,
  nextVersion,
  readGolden,
  readWholeGolden,
  shippedPlace,
  versionPlace,
  versionsIn,
} from './place.ts';
import type { GoldenPlace } from './place.ts';
import { isBrokenOff, settleGolden, withGolden } from './settle.ts';

export interface Keeping {
  files: WorkspaceFiles;
  clock: Clock;
  log: Log;
  signal?: AbortSignal | undefined;
}

/**
 * Makes a folder with a closed file in it a golden version but for its name: the manifest is written and read back, both are made read-only
 * and brought to the disk.
 */
export async function sealFolder(folder: string, manifest: GoldenManifest): Promise<void> {
  const place = { folder, version: manifest.version };
  await writeFile(manifestIn(place), sealGolden(manifest), { flush: true, flag: 'wx' });
  for (const file of [imageIn(place), manifestIn(place)]) await chmod(file, 0o444);
  if (!isDeepStrictEqual(await readGolden(place), manifest))
    throw badGolden(
      'damaged',
      manifest.version,
      `${calledGolden(manifest.version)} reads otherwise than it was written.`,
    );
  await syncFolder(folder);
}

/**
 * Sees to it that the workspace has the golden copy that comes with the program, as a version of its own number. Returns that number, or null
 * where what comes with the program cannot be used: then `problem` is told why. `live` is live, or null where that cannot be read.
 */
export async function installShipped(
  keeping: Keeping & { resources: string | null; live: ReadHandle | null },
): Promise<{
  manifest: GoldenManifest | null;
  installed: number | null;
  problem: string | null;
  /** What kind of thing that is: a reason of GOLDEN. */
  problem_code: string | null;
}> {
  const { files, resources, live } = keeping;
  try {
    const place = shippedPlace(resources);
    const manifest = await readWholeGolden(place);
    const known = await findBySum(files, manifest.sha256);
    if (known !== null && !(await isBrokenOff(files)))
      return { manifest, installed: known, problem: null, problem_code: null };
    const installed = await withGolden(keeping, 'alone', async () => {
      if (live) await settleGolden(keeping, live);
      return (await findBySum(files, manifest.sha256)) ?? install();
    });
    return { manifest, installed, problem: null, problem_code: null };

    async function install(): Promise<number> {
      const version = await nextVersion(files);
      const building = await workFolder(files.golden, 'building');
      try {
        await copyGolden(place, manifest, imageIn({ folder: building, version }));
        await checkWhole(place, imageIn({ folder: building, version }), manifest, keeping);
        await sealFolder(building, { ...manifest, version });
        await rename(building, versionPlace(files, version).folder);
        await syncFolder(files.golden);
      } catch (error) {
        await rm(building, { recursive: true, force: true });
        throw error;
      }
      keeping.log.info({ version, shipped: manifest.shipped }, 'golden copy taken in');
      return version;
    }
  } catch (error) {
    if (!isFault(error) || error.code !== 'GOLDEN') throw error;
    return { manifest: null, installed: null, problem: error.message, problem_code: reasonOf(error) };
  }
}

/** Checks pages, schema and audit of a golden version that was copied to `image`, and what its manifest says of it. Throws GOLDEN `damaged`. */
export async function checkWhole(
  { version }: GoldenPlace,
  image: string,
  manifest: GoldenManifest,
  { clock, log, signal = new AbortController().signal }: Keeping,
): Promise<void> {
  const why = await whyNotWorkspace(image, examinedOfGolden(manifest), { clock, log, signal });
  if (why !== null) throw badGolden('damaged', version, `${calledGolden(version)} is damaged. ${why}`);
}

/** As `installShipped` after a workspace was opened, beside other work: what is wrong is logged, and keeps nobody from the records. */
export async function takeInGolden(services: Services): Promise<void> {
  for await (const _ of services.jobs.stream(() => quietly(services))) continue;
}

async function quietly({ files, resources, source, log, read }: Services): Promise<void> {
  if (resources === null || files.target.kind !== 'live') return;
  try {
    const { problem } = await installShipped({ files, resources, clock: source.clock, log, live: read });
    if (problem !== null) log.error({ problem }, 'the golden copy cannot be used');
  } catch (error) {
    log.error({ error: String(error) }, 'the golden copy could not be taken in');
  }
}

/** The newest version that holds a file with that SHA-256, as its manifest says. */
export async function findBySum(files: WorkspaceFiles, sha256: string): Promise<number | null> {
  for (const version of await versionsIn(files)) {
    const found = await readGolden(versionPlace(files, version)).catch(() => null);
    if (found?.sha256 === sha256) return version;
  }
  return null;
}
