import { rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { workFolder } from '../leftovers.ts';
import { backupIds } from '../list.ts';
import type { BackupManifest } from '../manifest.ts';
import { readUsable } from '../read-manifest.ts';
import { firstProblem } from '../verify.ts';
import type { Verifying } from '../verify.ts';
import type { BackupFileManifest } from './form.ts';

/**
 * The backup here that a file is of, by all that its manifest says, and that is still whole: the file need not be taken in again. Null where
 * there is none; one that is damaged counts as none, so that the file mends it. The caller holds the backups.
 */
export async function sameHere(
  file: BackupFileManifest,
  looking: Omit<Verifying, 'id'>,
): Promise<BackupManifest | null> {
  const { backups } = looking.files;
  const stamp = file.backup.made.replaceAll(/[-:.]/g, '');
  for (const id of await backupIds(backups)) {
    if (!id.startsWith(stamp)) continue;
    const here = await readUsable(backups, id).catch(() => null);
    if (here && isSame(here, file) && (await isWhole(here, { ...looking, id }))) return here;
  }
  return null;
}

function isSame(here: BackupManifest, file: BackupFileManifest): boolean {
  const { id: _, ...said } = file.backup;
  const { made, reason, app, workspace, head } = here;
  return (
    isDeepStrictEqual({ made, reason, app, workspace, head }, said) &&
    isDeepStrictEqual(contentsOf(here), contentsOf(file))
  );
}

const contentsOf = ({ contents }: Pick<BackupFileManifest, 'contents'>): Map<string, string> =>
  new Map(contents.map(({ name, bytes, sha256 }) => [name, `${bytes} ${sha256}`]));

async function isWhole(here: BackupManifest, verifying: Verifying): Promise<boolean> {
  const folder = await workFolder(verifying.files.backups, 'verify');
  try {
    return (await firstProblem(here, folder, verifying)) === null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
