import { clause } from '#shared/texts/sentence.ts';
import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { writeHeadFile } from '../log/audit/head.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { sandboxFiles } from '../kernel/db/files.ts';
import { fsyncFile, fsyncFolder } from '../kernel/fsync.ts';
import type { Ids } from '../kernel/system.ts';
import { readFacts, writeFact } from '../log/workspace-facts.ts';
import { examineDatabase } from './check.ts';
import { asDeclaredFault } from './declared-fault.ts';
import { copyVersion } from './file.ts';
import {
  backupFile,
  parseCompanion,
  companionNamesOf,
  backupFileNames,
  readBackup,
  readCompanion,
} from './list.ts';
import { removeWorkFolders, withVersionsLock, createWorkFolder } from '../kernel/folder-lock.ts';
import { badBackup, summaryOf } from './manifest.ts';
import type { BackupManifest, VersionManifest } from './manifest.ts';
import { checkRoom, sizeOf, unpackBackup } from './unpack-version.ts';
import type { ReadBackupOptions } from './unpack-version.ts';
import { lockNewFolder } from './new-folder.ts';
import type { NewFolder } from './new-folder.ts';

export interface RestoreIntoResult {
  id: string;
  folder: string;
  workspace_id: string;
  counts: Record<string, number>;
  schema_version: number;
}

interface RestoreIntoOptions extends ReadBackupOptions {
  /** A missing or empty folder. */
  into: string;
  ids: Ids;
  sync?: ((folder: string) => Promise<void>) | undefined;
}

/**
 * Creates a workspace in a new folder from a backup with its sandboxes and golden versions. Gives the files their names only after
 * everything is checked, and each database a new replica id. The original workspace stays unchanged. On an error the folder is as before.
 * Throws BACKUP (missing, damaged, newer, foreign, unreadable, no_room), WORKSPACE (`not_empty_folder` and others), BUSY, CANCELLED.
 */
export async function restoreInto(options: RestoreIntoOptions): Promise<RestoreIntoResult> {
  const { files, id, into, signal, freeBytesOf } = options;
  try {
    return await withVersionsLock(files.backups, 'shared', { signal }, async () => {
      const manifest = await readBackup(files.backups, id);
      const companions = await readCompanions(files.backups, id);
      const bytes = companions.reduce((sum, companion) => sum + companion.manifest.bytes, sizeOf(manifest));
      await checkRoom({ kind: 'backup', id }, into, bytes, freeBytesOf);
      const target = lockNewFolder(into);
      try {
        return await writeWorkspace(manifest, companions, target, options);
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
interface CompanionVersion {
  name: string;
  manifest: VersionManifest;
}

async function readCompanions(backups: string, id: string): Promise<CompanionVersion[]> {
  const companions: CompanionVersion[] = [];
  for (const name of companionNamesOf(await backupFileNames(backups), id))
    companions.push({ name, manifest: await readCompanion(backups, id, name) });
  return companions;
}

async function writeWorkspace(
  manifest: BackupManifest,
  companions: readonly CompanionVersion[],
  target: NewFolder,
  options: RestoreIntoOptions,
): Promise<RestoreIntoResult> {
  const { id, into, sync = fsyncFolder } = options;
  const { files, changedFolders } = target;
  // Unpacks into a working folder, so that no existing file becomes part of the workspace.
  await removeWorkFolders(files.folder, options.log);
  const workFolder = await createWorkFolder(files.folder, 'restore');
  try {
    const database = join(workFolder, 'image');
    await unpackBackup(manifest, database, { ...options, contents: files });
    await assignReplica(manifest, database, options);
    for (const companion of companions) await unpackCompanion(manifest, companion, workFolder, options);
    moveFolders(companions, workFolder, files);
    renameSync(database, files.live);
    writeHeadFile(files.head, manifest.head);
    for (const folder of new Set([files.folder, ...changedFolders])) await sync(folder);
    const { counts, schema_version } = manifest;
    return { id, folder: into, workspace_id: manifest.workspace, counts, schema_version };
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

/** Unpacks and checks a sandbox, or copies a golden version, into its folder within `workFolder`. Throws BACKUP. */
async function unpackCompanion(
  backup: BackupManifest,
  { name, manifest }: CompanionVersion,
  workFolder: string,
  options: RestoreIntoOptions,
): Promise<void> {
  const companion = parseCompanion(name);
  if (companion === null) return;
  const folder = join(workFolder, folderByKind[companion.kind]);
  mkdirSync(folder, { recursive: true });
  if (companion.kind === 'golden') {
    const file = join(folder, `${companion.version}.frames`);
    const database = join(workFolder, 'golden-image');
    await unpackBackup(backup, database, options, { name, manifest });
    rmSync(database);
    await copyVersion(backupFile(options.files.backups, backup.id, name), file);
    chmodSync(file, 0o444);
    return;
  }
  const { data, head } = sandboxFiles(folder, companion.id);
  await unpackBackup(backup, data, options, { name, manifest });
  await assignReplica(manifest, data, options);
  writeHeadFile(head, manifest.head);
}

const folderByKind = { sandbox: 'sandboxes', golden: 'golden' } as const;

/** Renames the folders of sandboxes and golden versions, all or none. */
function moveFolders(
  companions: readonly CompanionVersion[],
  workFolder: string,
  files: Pick<NewFolder['files'], 'sandboxes' | 'golden'>,
): void {
  const movedFolders: string[] = [];
  try {
    for (const folder of new Set(
      companions.map(({ manifest: { kind } }) => folderByKind[kind as 'sandbox']),
    )) {
      renameSync(join(workFolder, folder), files[folder]);
      movedFolders.push(files[folder]);
    }
  } catch (error) {
    for (const folder of movedFolders) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Gives a closed copy its own replica id, checks that nothing else changed, and syncs it. Throws BACKUP. */
async function assignReplica(
  manifest: VersionManifest,
  database: string,
  { id, ids, log }: RestoreIntoOptions,
): Promise<void> {
  const replica = ids.uuid();
  const connection = openConnection(database, { mode: 'write', log });
  let storedReplica: string;
  try {
    // A crash makes the unnamed copy worthless, so it needs no sync.
    connection.pragma('journal_mode = MEMORY');
    connection.pragma('synchronous = OFF');
    connection.exec('BEGIN IMMEDIATE');
    writeFact(connection.write, 'replica', replica);
    connection.exec('COMMIT');
    storedReplica = readFacts(connection).replica;
  } finally {
    connection.close();
  }
  const summary = examineDatabase(database, log);
  if (storedReplica !== replica || !isDeepStrictEqual(summary, summaryOf(manifest)))
    throw badBackup('damaged', id, { why: clause('changesInUse') });
  await fsyncFile(database);
}
