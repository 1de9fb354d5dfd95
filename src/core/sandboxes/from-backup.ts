import { withBackups } from '../backup/lock.ts';
import { declared } from '../backup/declared.ts';
import { liveOf, spoiledBackup } from '../backup/manifest.ts';
import { readUsable } from '../backup/read-manifest.ts';
import { retrieveLive } from '../backup/restore-into.ts';
import { checkRoom } from '../backup/room.ts';
import { bringForward } from '../restore/image.ts';
import { build } from './fork.ts';
import type { ForkOptions } from './fork.ts';

interface FromBackup extends Omit<ForkOptions, 'from' | 'signal'> {
  /** The id of the backup. */
  backup: string;
  signal: AbortSignal;
}

/**
 * Takes a sandbox of a backup, which is checked as a whole first and brought to today's schema. Its base is the backup's head: where that
 * does not stand in live's log any more, it is compared from what both have. Returns its id. Throws BACKUP, and what `fork` throws.
 */
export async function forkBackup(options: FromBackup): Promise<string> {
  const { files, backup: id, signal } = options;
  const parts = { ...options, id };
  try {
    return await build({ ...options, from: `backup:${id}` }, (image) =>
      withBackups(files.backups, 'together', { signal }, async () => {
        const manifest = await readUsable(files.backups, id);
        await checkRoom(id, files.sandboxes, liveOf(manifest).bytes);
        await retrieveLive(manifest, image, parts);
        await bringForward(image, { ...parts, spoiled: spoiledBackup(id) });
        const { head } = manifest;
        return { id: head.id, op_id: head.op_id, hash: head.hash };
      }),
    );
  } catch (error) {
    throw declared(error);
  }
}
