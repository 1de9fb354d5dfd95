import { statSync } from 'node:fs';
import { asDeclaredFault } from '../versions/declared.ts';
import { withVersions } from '../kernel/folder-lock.ts';
import { ofAnother, spoiledVersion } from '../versions/manifest.ts';
import type { BackupManifest } from '../versions/manifest.ts';
import { readBackup } from '../versions/list.ts';
import { ownerBy } from '../versions/place.ts';
import { sizeOf, unpackBackup } from '../versions/open.ts';
import { checkRoom } from '../versions/open.ts';
import type { ReadingBackup } from '../versions/open.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import { permitRestore } from '../model/permissions.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { LiveNow } from '../log/closed-live.ts';
import { replaceLive } from './replace.ts';
import type { Replaced, Replacing } from './replace.ts';

export interface RestoreInPlace extends Replacing, ReadingBackup {
  /** Allows a backup of another workspace. */
  another?: boolean | undefined;
  /** The backup's folder, if not the current one. */
  readFrom?: string | undefined;
}

export interface Restored extends Replaced {
  id: string;
  folder: string;
  workspace_id: string;
}

/**
 * Replaces live by a backup. Nobody may have the workspace open. The replacement is prepared and checked next to live, which is backed up
 * and then replaced in one step; an error before leaves it as it was. Sandboxes and other files stay. Admins only. Throws BACKUP (with
 * reason `another` for one of another workspace), WORKSPACE, FORBIDDEN, UNKNOWN_ACTOR, BUSY naming who has it open, CANCELLED.
 */
export async function restoreInPlace(given: RestoreInPlace): Promise<Restored> {
  const restoring = { ...given, files: workspaceFiles(given.files.folder) };
  const { files, id, signal, readFrom = files.backups } = restoring;
  try {
    checkCancelled(signal);
    // A missing folder is a missing backup.
    const { workspace } = await readBackup(readFrom, id);
    const replaced = await replaceLive(restoring, {
      called: id,
      reason: 'restore',
      act: 'workspace.restored',
      of: { backup: id },
      permit: permitRestore,
      spoiled: spoiledVersion({ kind: 'backup', id }),
      bring: (image, live) => retrieved(restoring, live, image),
    });
    return { id, folder: restoring.files.folder, workspace_id: workspace, ...replaced };
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

/** Like `restoreInPlace` for an older version of the program: keeps the backup's schema. This version would migrate it again on opening. */
export async function restoreForOlder(given: RestoreInPlace): Promise<Restored> {
  const { schema_version } = await readBackup(given.files.backups, given.id).catch((error: unknown) => {
    throw asDeclaredFault(error);
  });
  return restoreInPlace({ ...given, schema: schema_version });
}

/** Writes the backup's workspace to `image` if it may replace live and the disk has room for it and for a backup of live. */
async function retrieved(
  restoring: RestoreInPlace,
  live: LiveNow | null,
  image: string,
): Promise<BackupManifest> {
  const { files, id, another, signal, look, readFrom = files.backups } = restoring;
  return withVersions(readFrom, 'together', { signal }, async () => {
    const manifest = await readBackup(readFrom, id);
    // The file may have been replaced by another workspace's.
    const own = live && !live.behind ? live.workspace : await ownerBy(files, [readFrom]);
    if (own !== manifest.workspace && !another) throw ofAnother(id, own !== null);
    const old = live ? (statSync(files.live, { throwIfNoEntry: false })?.size ?? 0) : 0;
    await checkRoom({ kind: 'backup', id }, files.folder, sizeOf(manifest) + old, look);
    const reading = { ...restoring, files: { ...files, backups: readFrom }, contents: files };
    await unpackBackup(manifest, image, reading);
    return manifest;
  });
}
