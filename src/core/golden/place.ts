import { createHash } from 'node:crypto';
import { lstat, open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { mostGoldenVersions } from '#shared/contract/golden.ts';
import { Fault, isFault } from '#shared/contract/faults.ts';
import { NotPlain, openPlain, readPlain } from '../backup/plain-file.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { freeBytes } from '../free-bytes.ts';
import { checkFolder } from '../sandboxes/place.ts';
import { megabytes } from '../files/refusal.ts';
import { sumOfFile } from './sum.ts';
import { badGolden, calledGolden, longestManifest, unsealGolden } from './manifest.ts';
import type { GoldenManifest } from './manifest.ts';

/** Where a golden version lies. Version 0 is the one that comes with the program. */
export interface GoldenPlace {
  folder: string;
  version: number;
}

type Golden = Pick<WorkspaceFiles, 'golden'>;

export const imageIn = ({ folder }: GoldenPlace): string => join(folder, 'golden.sqlite');
export const manifestIn = ({ folder }: GoldenPlace): string => join(folder, 'manifest.json');

/** Bytes that are read at a time. */
const stretch = 2 ** 20;

/** The golden copy that comes with the program. Throws GOLDEN `missing` where nobody said where that is. */
export function shippedPlace(resources: string | null): GoldenPlace {
  if (resources !== null) return { folder: join(resources, 'golden'), version: 0 };
  throw badGolden('missing', 0, `${calledGolden(0)} is not there.`);
}

/** A version of the workspace. Throws GOLDEN `missing` for what can be none. */
export function versionPlace({ golden }: Golden, version: number): GoldenPlace {
  if (Number.isInteger(version) && version >= 1 && version <= mostGoldenVersions)
    return { folder: join(golden, String(version)), version };
  throw badGolden('missing', version, `There is no golden version ${version}.`);
}

/** The numbers of the versions that a workspace has, the newest first. Throws WORKSPACE, reason foreign, for a link in place of their folder. */
export async function versionsIn({ golden }: Golden): Promise<number[]> {
  if (!checkFolder(golden)) return [];
  return (await readdir(golden))
    .filter((name) => /^[1-9]\d{0,5}$/.test(name))
    .map(Number)
    .toSorted((a, b) => b - a);
}

/** The number of the next version. */
export async function nextVersion(files: Golden): Promise<number> {
  const [newest = 0] = await versionsIn(files);
  return newest + 1;
}

/** The manifest of a golden version, whatever became of its file. Throws GOLDEN as `readGolden`. */
export function readManifest(place: GoldenPlace): Promise<GoldenManifest> {
  return named(place, async () => {
    if (!(await lstat(place.folder)).isDirectory())
      throw badGolden('foreign', place.version, `${calledGolden(place.version)} is a link, or no folder.`);
    return unsealGolden(await readPlain(manifestIn(place), longestManifest), place.version);
  });
}

/**
 * The manifest of a golden version; the file itself is only looked at by name and size. Throws GOLDEN: missing, changed, foreign (also a link in
 * place of anything), newer, unreadable.
 */
export async function readGolden(place: GoldenPlace): Promise<GoldenManifest> {
  const called = calledGolden(place.version);
  return named(place, async () => {
    const manifest = await readManifest(place);
    const file = await lstat(imageIn(place));
    if (!file.isFile()) throw new NotPlain('it is no plain file');
    if (file.size !== manifest.bytes)
      throw badGolden('changed', place.version, `${called} was changed: its file has another size.`);
    // What comes with the program may be installed so; nobody links to what lies in a workspace.
    if (file.nlink > 1 && place.version > 0)
      throw badGolden('foreign', place.version, `${called} has a second name elsewhere (a hard link).`);
    return manifest;
  });
}

/** What of it is not there: one of its files, or all of it. */
function lacking(place: GoldenPlace, path: string | undefined): string {
  const { version } = place;
  if (path === imageIn(place) || path === manifestIn(place))
    return `${calledGolden(version)} is not whole: its ${basename(path)} is missing.`;
  return version === 0 ? `${calledGolden(0)} is not there.` : `There is no golden version ${version}.`;
}

/** Throws what the system throws as GOLDEN, without a path. */
async function named<T>(place: GoldenPlace, work: () => Promise<T>): Promise<T> {
  const { version } = place;
  const called = calledGolden(version);
  try {
    return await work();
  } catch (error) {
    if (isFault(error)) throw error;
    if (error instanceof NotPlain)
      throw badGolden('foreign', version, `${called} cannot be read: ${error.message}.`);
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw badGolden('missing', version, lacking(place, path));
    if (code === 'EACCES' || code === 'EPERM' || code === 'EIO')
      throw badGolden('unreadable', version, `${called} cannot be read: the system says ${code}.`);
    throw error;
  }
}

/** As `readGolden`, and every byte of the file is held against it. */
export async function readWholeGolden(place: GoldenPlace): Promise<GoldenManifest> {
  const manifest = await readGolden(place);
  const { sha256 } = await named(place, () => sumOfFile(imageIn(place)));
  if (sha256 === manifest.sha256) return manifest;
  throw notAsSaid(place);
}

const notAsSaid = ({ version }: GoldenPlace): Fault =>
  badGolden('changed', version, `${calledGolden(version)} was changed: it is not what its manifest says.`);

/** How copying is told and given up. */
export type Step = (done: number, total: number) => void;

/**
 * Copies the file of a golden version to `target`, which is new, and sees that it is what the manifest says, to the last byte; the file
 * itself is opened for reading only, and by nobody else. Throws GOLDEN, WORKSPACE `full`, and what `step` throws.
 */
export async function copyGolden(
  place: GoldenPlace,
  manifest: GoldenManifest,
  target: string,
  step: Step = () => {},
): Promise<void> {
  const { bytes, sha256 } = manifest;
  const free = await freeBytes(join(target, '..'));
  const called = calledGolden(place.version);
  if (free < bytes) {
    const message = `${called} takes ${megabytes(bytes)} on the disk, and ${megabytes(free)} are free.`;
    throw badGolden('no_room', place.version, message);
  }
  const source = await named(place, () => openPlain(imageIn(place)));
  try {
    const copy = await open(target, 'wx');
    try {
      const whole = createHash('sha256');
      const block = Buffer.alloc(stretch);
      let done = 0;
      for (;;) {
        step(done, bytes);
        const { bytesRead } = await named(place, () => source.read(block, 0, stretch, done));
        if (bytesRead === 0 || done + bytesRead > bytes) break;
        whole.update(block.subarray(0, bytesRead));
        await copy.write(block, 0, bytesRead, done);
        done += bytesRead;
      }
      if (done !== bytes || whole.digest('hex') !== sha256) throw notAsSaid(place);
      await copy.sync();
    } finally {
      await copy.close();
    }
  } finally {
    await source.close();
  }
}

/** Refuses what is asked of golden versions from within a sandbox. Throws FORBIDDEN. */
export function onlyOnLive({ target }: WorkspaceFiles): void {
  if (target.kind === 'live') return;
  const message = 'Golden versions are of live, not of a sandbox. Nothing was changed.';
  throw new Fault('FORBIDDEN', message, { rule: 'live_only', type: 'golden', id: null });
}
