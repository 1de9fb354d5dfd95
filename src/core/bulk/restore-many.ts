import type { EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../commands/context.ts';
import { locateIn } from '../entities/locate.ts';
import { Companions, restoreRecord } from '../entities/restoration.ts';
import { named } from './named.ts';

export interface RestoredMany {
  op_id: string;
  restored: number;
  links: number;
}

/**
 * Brings each of the deleted records back with what went with it, and with what it refers to if asked, as `restoreRecord` does. Yields
 * how many are done. Throws NOT_FOUND, ALREADY, FORBIDDEN and INVALID, whose issues name the record.
 */
export function* restoreRecords(
  write: WriteContext,
  type: EntityType,
  ids: readonly string[],
  withReferences = false,
): Generator<number, RestoredMany, void> {
  const companions = new Companions(write.db);
  let [done, links] = [0, 0];
  for (const id of ids) {
    for (const _ of companions.readAhead(id)) yield done;
    const record = locateIn(write.db, type, id);
    // An interface may have come with the end of one before it, and was counted there.
    if (withReferences && record?.deleted === false) {
      if (type === 'interface') links -= 1;
      yield ++done;
      continue;
    }
    const restore = (): number => restoreRecord(write, type, id, { companions, withReferences });
    links += record && ids.length > 1 ? named(write, record, restore) : restore();
    yield ++done;
  }
  if (ids.length > 1) write.audit.label('records.restore', { type, count: ids.length, links });
  return { op_id: write.audit.op_id, restored: ids.length, links };
}
