import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { PackWriter } from '#core/backup/pack/writer.ts';
import type { StoredPack } from '#core/backup/pack/writer.ts';
import { KnownPages, storeFile } from '#core/backup/store.ts';
import { liveIn, takeOut } from './backup.ts';
import type { BackedUp } from './backup.ts';
import { finishPack } from './pack.ts';

/**
 * Puts another workspace into a backup, changed by somebody who knows the format: every hash of the manifest, the pack and its pages holds
 * afterwards.
 */
export async function forgeImage(
  { workspace, made, pack, reseal }: BackedUp,
  change: (db: Database.Database) => void,
): Promise<void> {
  const file = await takeOut(workspace.files.backups, made.id);
  const db = new Database(file);
  change(db);
  db.close();
  const packs = dirname(pack);
  const temporary = join(packs, '.forged');
  const writer = new PackWriter(temporary);
  const content = await storeFile(file, 'live', { known: new KnownPages(), writer, step: () => {} });
  const fresh = (await finishPack(writer, packs, temporary)) as StoredPack;
  reseal((open) => {
    open.packs = [fresh];
    Object.assign(liveIn(open), content);
  });
}
