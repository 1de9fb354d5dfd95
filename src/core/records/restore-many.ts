import type { CameBack as Told } from '#shared/contract/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';
import { Companions } from '../model/companions.ts';
import { restoreRecord, toldOf } from '../model/restoration.ts';
import type { CameBack } from '../model/restoration.ts';
import { named } from './named.ts';

export interface RestoredMany extends Told {
  op_id: string;
  restored: number;
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
  const came: CameBack[] = [];
  let twice = 0;
  for (const [done, id] of ids.entries()) {
    for (const _ of companions.readAhead(id)) yield done;
    const record = locateIn(write.db, type, id);
    // An interface may have come with the end of one before it, and was counted there.
    if (withReferences && record?.deleted === false) {
      if (type === 'interface') twice += 1;
      yield done + 1;
      continue;
    }
    const restore = (): CameBack => restoreRecord(write, type, id, { companions, withReferences });
    came.push(record && ids.length > 1 ? named(write, record, restore) : restore());
    yield done + 1;
  }
  const asked = new Set(ids);
  const contents = came.flatMap((one) => one.contents).filter((one) => !asked.has(one.id));
  const links = came.reduce((sum, one) => sum + one.links, -twice);
  const along = contents.length > 0 ? { contents: contents.length } : {};
  if (ids.length > 1) write.audit.label('records.restore', { type, count: ids.length, links, ...along });
  const left = came.flatMap((one) => one.left);
  return {
    op_id: write.audit.op_id,
    restored: ids.length,
    ...toldOf(write.db, { links, contents, left }),
  };
}
