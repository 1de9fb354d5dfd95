import type { EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../commands/context.ts';
import { removeRecord } from '../entities/removal.ts';

export interface RemovedMany {
  /** Null when nothing matched. */
  op_id: string | null;
  removed: number;
  links: number;
  references: number;
}

/**
 * Deletes each of the records with its interfaces. Yields how many are done. Throws NOT_FOUND, FORBIDDEN, and IN_USE for a
 * university that still has records. An id that has gone already, with one before it, is no mistake.
 */
export function* removeRecords(
  write: WriteContext,
  type: EntityType,
  ids: readonly string[],
): Generator<number, RemovedMany, void> {
  const meant = new Set(ids);
  const gone = new Set<string>();
  const references = new Set<string>();
  let [done, links] = [0, 0];
  for (const id of ids) {
    if (!gone.has(id)) {
      const removal = removeRecord(write, type, id, false);
      gone.add(id);
      for (const link of removal.links) {
        gone.add(link.id);
        if (!meant.has(link.id)) links += 1;
      }
      for (const { record } of removal.references) references.add(record.id);
    }
    yield ++done;
  }
  const counts = { links, references: references.size };
  if (ids.length > 1) write.audit.label('records.remove', { type, count: ids.length, ...counts });
  return { op_id: write.audit.changes === 0 ? null : write.audit.op_id, removed: ids.length, ...counts };
}
