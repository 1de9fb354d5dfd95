import { Fault } from '#shared/contract/faults.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { countRecords } from '../log/records/counts.ts';
import { locateIn } from '../log/records/locate.ts';
import type { PlannedRecord } from './plan.ts';
import { countBy } from './summary.ts';

/** How many records of each type are read back and compared. */
const sampled = 200;

/**
 * Compares what was written with what was planned, inside the transaction: the counts of every table, and of each type up to
 * 200 records spread over the file, the first and the last among them. Yields records compared. Throws WORKSPACE, reason
 * not_verified; the import is taken back then.
 */
export function* checkWritten(
  db: ReadHandle,
  records: readonly PlannedRecord[],
  countsBefore: Readonly<Record<string, number>>,
): Generator<number, void, void> {
  const added = countBy(records, ['create', 'restore']);
  const counts = countRecords(db);
  for (const table of Object.keys(counts)) {
    const expected = (countsBefore[table] ?? 0) + (added[table] ?? 0);
    if (counts[table] !== expected)
      throw mismatch(`there are ${counts[table]} ${table} and should be ${expected}`);
  }
  let done = 0;
  for (const type of entityTypes) {
    for (const { id, payload } of spread(records, type)) {
      const found = locateIn(db, type, id);
      if (!found) throw mismatch(`the ${type} "${id}" is missing`);
      if (found.deleted) throw mismatch(`the ${type} "${id}" is deleted`);
      if (!jsonEqual(found.payload, payload))
        throw mismatch(`the ${type} "${id}" in ${tableOf[type]} differs`);
      yield ++done;
    }
  }
}

function spread(records: readonly PlannedRecord[], type: EntityType): PlannedRecord[] {
  const all = records.filter((record) => record.type === type);
  if (all.length <= sampled) return all;
  const step = (all.length - 1) / (sampled - 1);
  return Array.from({ length: sampled }, (_, index) => all[Math.round(index * step)] as PlannedRecord);
}

function mismatch(what: string): Fault<'WORKSPACE'> {
  const message = `What was written is not what the file says: ${what}. The import was taken back; nothing was changed.`;
  return new Fault('WORKSPACE', message, { reason: 'not_verified' });
}
