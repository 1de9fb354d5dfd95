import { clause } from '#shared/texts/sentence.ts';
import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { keepHead } from '../log/audit/head.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { sandboxFiles } from '../kernel/db/files.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import type { Ids } from '../kernel/system.ts';
import { readFacts, writeFact } from '../log/workspace-facts.ts';
import { examineDatabase } from './check.ts';
import { asDeclaredFault } from './declared.ts';
import { copyVersion } from './file.ts';
import { backupFile, companionOf, companionsAmong, namesIn, readBackup, readCompanion } from './list.ts';
import { removeStaleLocks, withVersions, createWorkFolder } from '../kernel/folder-lock.ts';
import { badBackup, examinedOf } from './manifest.ts';
import type { BackupManifest, VersionManifest } from './manifest.ts';
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
  /** A missing or empty folder. */
  into: string;
  ids: Ids;
  sync?: ((folder: string) => Promise<void>) | undefined;
}

/**
 * Creates a workspace in a new folder from a backup with its sandboxes and golden versions. Checks everything before naming it, and gives
 * each database a new replica id. The original workspace stays unchanged. On an error the folder is as before. Throws BACKUP (missing,
 * damaged, newer, foreign, unreadable, no_room), WORKSPACE (`not_empty_folder` and others), BUSY, CANCELLED.
 */
export async function restoreInto(restoring: Restoring): Promise<RestoredInto> {
  const { files, id, into, signal, look } = restoring;
  try {
    return await withVersions(files.backups, 'together', { signal }, async () => {
      const manifest = await readBackup(files.backups, id);
      const companions = await companionsIn(files.backups, id);
      const bytes = companions.reduce((sum, one) => sum + one.manifest.bytes, sizeOf(manifest));
      await checkRoom({ kind: 'backup', id }, into, bytes, look);
      const target = openTarget(into);
      try {
        return await put(manifest, companions, target, restoring);
      } catch (error) {
        target.abandon();
        throw error;
      } finally {
        target.release();
      }
    });
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

/** A companion: a sandbox or golden version. */
interface Companion {
  name: string;
  manifest: VersionManifest;
}

async function companionsIn(backups: string, id: string): Promise<Companion[]> {
  const found: Companion[] = [];
  for (const name of companionsAmong(await namesIn(backups), id))
    found.push({ name, manifest: await readCompanion(backups, id, name) });
  return found;
}

async function put(
  manifest: BackupManifest,
  companions: readonly Companion[],
  target: Target,
  restoring: Restoring,
): Promise<RestoredInto> {
  const { id, into, sync = syncFolder } = restoring;
  const { files, grown } = target;
  // A folder of its own, so that no existing file becomes part of it.
  await removeStaleLocks(files.folder, restoring.log);
  const building = await createWorkFolder(files.folder, 'restore');
  try {
    const image = join(building, 'image');
    await unpackBackup(manifest, image, { ...restoring, contents: files });
    await drawReplica(manifest, image, restoring);
    for (const one of companions) await unpackCompanion(manifest, one, building, restoring);
    moveFolders(companions, building, files);
    renameSync(image, files.live);
    keepHead(files.head, manifest.head);
    for (const folder of new Set([files.folder, ...grown])) await sync(folder);
    const { counts, schema_version } = manifest;
    return { id, folder: into, workspace_id: manifest.workspace, counts, schema_version };
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

/** Unpacks and checks a sandbox, or copies a golden version, into its folder within `building`. Throws BACKUP. */
async function unpackCompanion(
  backup: BackupManifest,
  { name, manifest }: Companion,
  building: string,
  restoring: Restoring,
): Promise<void> {
  const companion = companionOf(name);
  if (companion === null) return;
  const folder = join(building, folderOf[companion.kind]);
  mkdirSync(folder, { recursive: true });
  if (companion.kind === 'golden') {
    const file = join(folder, `${companion.version}.frames`);
    const image = join(building, 'golden-image');
    await unpackBackup(backup, image, restoring, { name, manifest });
    rmSync(image);
    await copyVersion(backupFile(restoring.files.backups, backup.id, name), file);
    chmodSync(file, 0o444);
    return;
  }
  const { data, head } = sandboxFiles(folder, companion.id);
  await unpackBackup(backup, data, restoring, { name, manifest });
  await drawReplica(manifest, data, restoring);
  keepHead(head, manifest.head);
}

const folderOf = { sandbox: 'sandboxes', golden: 'golden' } as const;

/** Renames the folders of sandboxes and golden versions, all or none. */
function moveFolders(
  companions: readonly Companion[],
  building: string,
  files: Pick<Target['files'], 'sandboxes' | 'golden'>,
): void {
  const moved: string[] = [];
  try {
    for (const folder of new Set(companions.map(({ manifest: { kind } }) => folderOf[kind as 'sandbox']))) {
      renameSync(join(building, folder), files[folder]);
      moved.push(files[folder]);
    }
  } catch (error) {
    for (const folder of moved) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Gives a closed copy its own replica id, checks that nothing else changed, and syncs it. Throws BACKUP. */
async function drawReplica(
  manifest: VersionManifest,
  image: string,
  { id, ids, log }: Restoring,
): Promise<void> {
  const replica = ids.uuid();
  const connection = openConnection(image, { mode: 'write', log });
  let drawn: string;
  try {
    // No sync needed: an unnamed copy is worthless after a crash.
    connection.pragma('journal_mode = MEMORY');
    connection.pragma('synchronous = OFF');
    connection.exec('BEGIN IMMEDIATE');
    writeFact(connection.write, 'replica', replica);
    connection.exec('COMMIT');
    drawn = readFacts(connection).replica;
  } finally {
    connection.close();
  }
  const found = examineDatabase(image, log);
  if (drawn !== replica || !isDeepStrictEqual(found, examinedOf(manifest)))
    throw badBackup('damaged', id, { why: clause('changesInUse') });
  const handle = await open(image, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
