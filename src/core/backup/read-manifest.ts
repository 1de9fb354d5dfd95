import { existsSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { isFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import { backupId } from '#shared/domain/workspace-files.ts';
import { refuseMissingPlace } from '../kernel/backups-folder.ts';
import { schemaVersion } from '../kernel/db/migrate.ts';
import { badBackup, unseal } from './manifest.ts';
import type { BackupManifest } from './manifest.ts';
import { NotPlain, readPlain } from './plain-file.ts';

/** The longest manifest that is read, in bytes. */
const longestManifest = 64 * 2 ** 20;

/** The manifest in a file. Throws what `unseal` throws, NotPlain, and what the system throws. */
export async function readSealed(file: string, id: string): Promise<BackupManifest> {
  return unseal(await readPlain(file, longestManifest), id);
}

const noFolder = (id: string, link: boolean): Fault =>
  badBackup(
    'foreign',
    id,
    `Backup ${id} is none of FRAMES: ${link ? 'a link' : 'a file'} stands in the place of its folder. Nothing was changed.`,
  );
const noManifest = (id: string): Fault =>
  badBackup('damaged', id, `Backup ${id} is damaged: its manifest is missing. Nothing was changed.`);

/**
 * The manifest of the backup of that id. Throws BACKUP: missing, what `unseal` throws, and `unreadable` where the system does not give it
 * out.
 */
export async function readManifest(backups: string, id: string): Promise<BackupManifest> {
  refuseMissingPlace(backups);
  const missing = badBackup('missing', id, `There is no backup ${id}. Nothing was changed.`);
  if (!backupId.test(id)) throw missing;
  const folder = join(backups, id);
  try {
    const found = await lstat(folder);
    if (!found.isDirectory()) throw noFolder(id, found.isSymbolicLink());
    return await readSealed(join(folder, 'manifest.json'), id);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw existsSync(folder) ? noManifest(id) : missing;
    if (isFault(error)) throw error;
    const why = error instanceof NotPlain ? error.message : `the system says ${code}`;
    const message = `The manifest of backup ${id} cannot be read: ${why}. Nothing was changed.`;
    throw badBackup(error instanceof NotPlain ? 'foreign' : 'unreadable', id, message);
  }
}

/** As `readManifest`, of a backup that this program can make a workspace of. Throws BACKUP `newer` besides. */
export async function readUsable(backups: string, id: string): Promise<BackupManifest> {
  const manifest = await readManifest(backups, id);
  const { schema_version } = manifest;
  if (schema_version <= schemaVersion) return manifest;
  const message = `Backup ${id} was made by a newer version of FRAMES (schema ${schema_version}). Nothing was changed.`;
  throw badBackup('newer', id, message);
}
