import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { declared } from '../../backup/declared.ts';
import { lookFolder } from '../../backup/leftovers.ts';
import { withBackups } from '../../backup/lock.ts';
import { liveOf, spoiledBackup } from '../../backup/manifest.ts';
import type { BackupManifest } from '../../backup/manifest.ts';
import { readUsable } from '../../backup/read-manifest.ts';
import { retrieveLive } from '../../backup/restore-into.ts';
import { checkRoom } from '../../backup/room.ts';
import type { Verifying } from '../../backup/verify.ts';
import { openConnection } from '../../kernel/db/connection.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { bringForward } from '../image.ts';

/**
 * Lets `work` read the records of a backup: a copy of its own, checked as a whole and of today's schema, which goes again. The backups are
 * held meanwhile: `work` must not wait for who writes, as that may wait for the backups. Throws BACKUP, BUSY, WORKSPACE, CANCELLED.
 */
export async function withBackup<T>(
  reading: Verifying,
  work: (db: ReadHandle, manifest: BackupManifest) => Promise<T>,
): Promise<T> {
  const { files, id, signal, log, look } = reading;
  try {
    return await withBackups(files.backups, 'together', { signal }, async () => {
      const manifest = await readUsable(files.backups, id);
      const folder = await lookFolder(files.backups, 'verify');
      try {
        await checkRoom(id, folder, liveOf(manifest).bytes, look);
        const image = join(folder, 'image');
        await retrieveLive(manifest, image, reading);
        await bringForward(image, { ...reading, spoiled: spoiledBackup(id) });
        const db = openConnection(image, { mode: 'read', log });
        try {
          return await work(db, manifest);
        } finally {
          db.close();
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  } catch (error) {
    throw declared(error);
  }
}
