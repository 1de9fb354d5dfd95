import { renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { keepHead } from '../log/audit/head.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import type { Ids } from '../kernel/system.ts';
import { readFacts, writeFact } from '../log/workspace-facts.ts';
import { examine } from './check.ts';
import { declared } from './declared.ts';
import { readBackup } from './list.ts';
import { sweep, withVersions, createWorkFolder } from '../kernel/folder-lock.ts';
import { badBackup, examinedOf } from './manifest.ts';
import type { BackupManifest } from './manifest.ts';
import { checkRoom, sizeOf, unpackBackup } from './open.ts';
import type { ReadingBackup } from './open.ts';
import { openTarget } from './target.ts';
import type { Target } from './target.ts';

export interface RestoredInto {
  id: string;
  folder: string;
  workspace_id: string;
  counts: Record<string, number>;
  schema_version: number;
}

interface Restoring extends ReadingBackup {
  /** A folder that is missing or holds nothing. */
  into: string;
  ids: Ids;
  sync?: ((folder: string) => Promise<void>) | undefined;
}

/**
 * Makes a workspace of a backup in a folder of its own, and leaves the one that it is of as it is. It is checked as a whole before it
 * gets its name; a copy that can be written draws a replica of its own. Throws BACKUP (missing, damaged, newer, foreign, unreadable,
 * no_room), WORKSPACE with reason `not_empty_folder` or what keeps it from being written, BUSY, CANCELLED; then the folder is as it was.
 */
export async function restoreInto(restoring: Restoring): Promise<RestoredInto> {
  const { files, id, into, signal, look } = restoring;
  try {
    return await withVersions(files.backups, 'together', { signal }, async () => {
      const manifest = await readBackup(files.backups, id);
      await checkRoom(id, into, sizeOf(manifest), look);
      const target = openTarget(into);
      try {
        return await put(manifest, target, restoring);
      } catch (error) {
        target.abandon();
        throw error;
      } finally {
        target.release();
      }
    });
  } catch (error) {
    throw declared(error);
  }
}

async function put(manifest: BackupManifest, target: Target, restoring: Restoring): Promise<RestoredInto> {
  const { id, into, sync = syncFolder } = restoring;
  const { files, grown } = target;
  // Its own folder, so that nothing that lies there already is taken for a part of it.
  await sweep(files.folder, restoring.log);
  const building = await createWorkFolder(files.folder, 'restore');
  try {
    const image = join(building, 'image');
    await unpackBackup(manifest, image, { ...restoring, contents: files });
    await drawReplica(manifest, image, restoring);
    renameSync(image, files.live);
    keepHead(files.head, manifest.head);
    for (const folder of new Set([files.folder, ...grown])) await sync(folder);
    const { counts, schema_version } = manifest;
    return { id, folder: into, workspace_id: manifest.workspace, counts, schema_version };
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

/**
 * Gives a closed copy a replica of its own, sees to it that this was all that changed, and waits until it is on the disk. Throws BACKUP.
 */
async function drawReplica(
  manifest: BackupManifest,
  image: string,
  { id, ids, log }: Restoring,
): Promise<void> {
  const replica = ids.uuid();
  const connection = openConnection(image, { mode: 'write', log });
  let drawn: string;
  try {
    // Nobody misses a copy without a name that a crash leaves half written; waiting for the disk would hold up everybody here.
    connection.pragma('journal_mode = MEMORY');
    connection.pragma('synchronous = OFF');
    connection.exec('BEGIN IMMEDIATE');
    writeFact(connection.write, 'replica', replica);
    connection.exec('COMMIT');
    drawn = readFacts(connection).replica;
  } finally {
    connection.close();
  }
  const found = examine(image, log);
  if (drawn !== replica || !isDeepStrictEqual(found, examinedOf(manifest)))
    throw badBackup('damaged', id, `Backup ${id} changes when it is used.`);
  const handle = await open(image, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
