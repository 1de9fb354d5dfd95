import { isFault, reasonOf } from '#shared/contract/faults.ts';
import type { GoldenReason } from '#shared/contract/reasons.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { badGolden } from './manifest.ts';
import type { GoldenManifest } from './manifest.ts';
import { imageIn, readGolden, readManifest, versionPlace, versionsIn } from './place.ts';
import type { GoldenPlace } from './place.ts';
import { sumOfFile } from './sum.ts';

/** A golden version as far as its manifest and the size of its file tell. */
export interface Found {
  version: number;
  /** Null where it cannot be used; then `problem` says why, and `problem_code` what kind of thing that is. */
  manifest: GoldenManifest | null;
  problem: string | null;
  problem_code: GoldenReason | null;
}

type Golden = Pick<WorkspaceFiles, 'golden'>;

/** A problem that is shown for itself: nobody has tried to change anything. */
const withoutEnd = (message: string): string => message.replace(/ Nothing was changed\.$/, '');

/** All versions, the newest first. Throws what the system throws that says nothing of one. */
export async function lookAtGolden(files: Golden): Promise<Found[]> {
  const found: Found[] = [];
  for (const version of await versionsIn(files)) {
    try {
      const manifest = await readGolden(versionPlace(files, version));
      found.push({ version, manifest, problem: null, problem_code: null });
    } catch (error) {
      if (!isFault(error) || error.code !== 'GOLDEN') throw error;
      const problem_code = reasonOf(error) as GoldenReason | null;
      found.push({ version, manifest: null, problem: withoutEnd(error.message), problem_code });
    }
  }
  return found;
}

/**
 * The newest that was published here, else the newest at all, whether it can be used or not. One of which nobody can tell where it comes from may
 * have been published.
 */
export async function currentOf(files: Golden, found: readonly Found[]): Promise<Found | undefined> {
  const shipped = new Set(found.flatMap(({ manifest }) => (manifest?.shipped ? [manifest.sha256] : [])));
  for (const one of found) {
    const came = one.manifest
      ? one.manifest.shipped !== null
      : await cameWithProgram(versionPlace(files, one.version), shipped);
    if (!came) return one;
  }
  return found[0];
}

/** Whether one that cannot be used says so, or has the file of another that came with the program. */
async function cameWithProgram(place: GoldenPlace, shipped: ReadonlySet<string>): Promise<boolean> {
  try {
    return (await readManifest(place)).shipped !== null;
  } catch {
    const sum = await sumOfFile(imageIn(place)).catch(() => null);
    return sum !== null && shipped.has(sum.sha256);
  }
}

/** The version that is meant: the one that is named, or the current one. Throws GOLDEN where that cannot be used: another is never meant instead. */
export async function versionMeant(files: Golden, wanted: number | undefined): Promise<number> {
  if (wanted !== undefined) return wanted;
  const current = await currentOf(files, await lookAtGolden(files));
  if (!current) throw badGolden('missing', 0, 'There is no golden version that can be used.');
  const { version, problem, problem_code } = current;
  if (problem === null) return version;
  const message =
    `${problem} It is the current one, so that no other is meant: check all with "frames golden verify", name another by its number, ` +
    `or move golden/${version} out of the workspace's folder.`;
  throw badGolden(problem_code ?? 'unreadable', version, message);
}
