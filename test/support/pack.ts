import { namePack } from '#core/backup/pack/writer.ts';
import type { PackWriter, StoredPack } from '#core/backup/pack/writer.ts';

/** Ends a pack and gives it its name, as keeping a backup does; null where it has no page. */
export async function finishPack(
  writer: PackWriter,
  folder: string,
  temporary: string,
): Promise<StoredPack | null> {
  const pack = await writer.end();
  if (pack) await namePack(folder, temporary, pack);
  return pack;
}
