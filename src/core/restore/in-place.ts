import { statSync } from 'node:fs';
import { asDeclaredFault } from '../versions/declared-fault.ts';
import { withVersionsLock } from '../kernel/folder-lock.ts';
import { anotherWorkspaceFault, damagedVersionFault } from '../versions/manifest.ts';
import type { BackupManifest } from '../versions/manifest.ts';
import { readBackup } from '../versions/list.ts';
import { findOwnerId } from '../versions/backup-folders.ts';
import { sizeOf, unpackBackup } from '../versions/unpack-version.ts';
import { checkRoom } from '../versions/unpack-version.ts';
import type { ReadBackupOptions } from '../versions/unpack-version.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import { assertCanRestore } from '../model/permissions.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { ClosedLive } from '../log/closed-live.ts';
import { replaceLive } from './replace.ts';
import type { ReplaceResult, ReplaceOptions } from './replace.ts';

export interface InPlaceOptions extends ReplaceOptions, ReadBackupOptions {
  another?: boolean | undefined;
  /** The backup's folder, if not the current one. */
  readFrom?: string | undefined;
}

export interface InPlaceResult extends ReplaceResult {
  id: string;
  folder: string;
  workspace_id: string;
}

/**
 * Replaces live by a backup. No process may have the workspace open. The replacement is prepared and checked next to live, which is backed
 * up and then replaced in one step; an error before that step leaves live unchanged. Sandboxes and other files stay. Admins only. Throws
 * BACKUP (with reason `another` for one of another workspace), WORKSPACE, FORBIDDEN, UNKNOWN_ACTOR, BUSY naming the holder, CANCELLED.
 */
export async function restoreInPlace(input: InPlaceOptions): Promise<InPlaceResult> {
  const options = { ...input, files: workspaceFiles(input.files.folder) };
  const { files, id, signal, readFrom = files.backups } = options;
  try {
    checkCancelled(signal);
    // A missing folder counts as a missing backup.
    const { workspace } = await readBackup(readFrom, id);
    const replaced = await replaceLive(options, {
      sourceName: id,
      reason: 'restore',
      act: 'workspace.restored',
      sourceParams: { backup: id },
      permit: assertCanRestore,
      spoiledFault: damagedVersionFault({ kind: 'backup', id }),
      writeReplacement: (file, live) => retrieveBackup(options, live, file),
    });
    return { id, folder: options.files.folder, workspace_id: workspace, ...replaced };
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

/**
 * Like `restoreInPlace` for an older version of the program: keeps the backup's schema, and gives it to the sandboxes first. If that throws,
 * live stays as it is. This version would migrate the files again on opening.
 */
export async function restoreForOlder(
  input: Omit<InPlaceOptions, 'schema' | 'beforeSwap'>,
  migrateSandboxes: (schema: number) => Promise<void>,
): Promise<InPlaceResult> {
  const { schema_version } = await readBackup(input.files.backups, input.id).catch((error: unknown) => {
    throw asDeclaredFault(error);
  });
  return restoreInPlace({
    ...input,
    schema: schema_version,
    beforeSwap: () => migrateSandboxes(schema_version),
  });
}

/** Writes the backup's workspace to `file` if it may replace live and the disk has room for it and for a backup of live. */
async function retrieveBackup(
  options: InPlaceOptions,
  live: ClosedLive | null,
  file: string,
): Promise<BackupManifest> {
  const { files, id, another, signal, freeBytesOf, readFrom = files.backups } = options;
  return withVersionsLock(readFrom, 'shared', { signal }, async () => {
    const manifest = await readBackup(readFrom, id);
    // A live file that lacks recorded changes can be another workspace's. Then the backups name the owner of this folder.
    const ownerId = live && !live.missingTail ? live.workspace : await findOwnerId(files, [readFrom]);
    if (ownerId !== manifest.workspace && !another) throw anotherWorkspaceFault(id, ownerId !== null);
    const liveBytes = live ? (statSync(files.live, { throwIfNoEntry: false })?.size ?? 0) : 0;
    await checkRoom({ kind: 'backup', id }, files.folder, sizeOf(manifest) + liveBytes, freeBytesOf);
    const readOptions = { ...options, files: { ...files, backups: readFrom }, contents: files };
    await unpackBackup(manifest, file, readOptions);
    return manifest;
  });
}
