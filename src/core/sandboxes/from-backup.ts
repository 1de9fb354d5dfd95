import { withVersions } from '../kernel/folder-lock.ts';
import { declared } from '../versions/declared.ts';
import { spoiledBackup } from '../versions/manifest.ts';
import { readBackup } from '../versions/list.ts';
import { unpackBackup } from '../versions/open.ts';
import { checkRoom } from '../versions/open.ts';
import { bringForward } from '../versions/check.ts';
import { build } from './fork.ts';
import type { ForkOptions } from './fork.ts';

interface FromBackup extends Omit<ForkOptions, 'from' | 'signal'> {
  backup: string;
  signal: AbortSignal;
}

/**
 * Creates a sandbox from a backup, checked and migrated. Its base is the backup's head; if live's log lacks that, the last common
 * transaction. Returns its id. Throws BACKUP, and the errors of `fork`.
 */
export async function forkBackup(options: FromBackup): Promise<string> {
  const { files, backup: id, signal } = options;
  const parts = { ...options, id };
  try {
    return await build({ ...options, from: `backup:${id}` }, (image) =>
      withVersions(files.backups, 'together', { signal }, async () => {
        const manifest = await readBackup(files.backups, id);
        await checkRoom(id, files.sandboxes, manifest.bytes);
        await unpackBackup(manifest, image, parts);
        await bringForward(image, { ...parts, spoiled: spoiledBackup(id) });
        const { head } = manifest;
        return { id: head.id, op_id: head.op_id, hash: head.hash };
      }),
    );
  } catch (error) {
    throw declared(error);
  }
}
