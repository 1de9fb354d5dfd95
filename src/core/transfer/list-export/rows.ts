import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { exportListInput } from '#shared/contract/export-list.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { readHead } from '../../log/audit/head.ts';
import type { Connection, ReadHandle } from '../../kernel/db/connection.ts';
import type { RecordRow } from '../../kernel/db/schema.ts';
import { toRecords } from '../../model/derived-fields.ts';
import { orderOf, recordColumns } from '../../model/list.ts';
import { portions } from '../../kernel/chunks.ts';
import { checkCancelled, inTurns } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';

type Wanted = Pick<
  z.output<typeof exportListInput>,
  'type' | 'filters' | 'search' | 'sort' | 'deleted' | 'ids' | 'except'
>;
type Sources = Pick<Services, 'read' | 'names' | 'columns' | 'lists' | 'source'>;

/** Records that are read, turned and written in one go: some 5 ms of work. */
const batch = 200;
/** Ids looked at between two pauses. */
const slice = 4000;
/** How often the order is taken anew because another process wrote just then, and the milliseconds in between. */
const attempts = 20;
const pause = 10;

/**
 * The row numbers of a list in its order, as they are at one moment, and `db` in a transaction that sees that moment while others
 * write. The order is taken where the lists are; should another process commit in between, both are taken again. Throws BUSY when
 * it never ceases, INVALID for a field that the type does not have, CANCELLED.
 */
export async function settle(
  services: Sources,
  db: Connection,
  wanted: Wanted,
  signal?: AbortSignal,
): Promise<readonly number[]> {
  const { read, columns, source } = services;
  const pace = { clock: source.clock, signal };
  await inTurns(columns.readAhead(wanted.type), pace);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    // Before the order is taken: read after it, the head might tell of a commit that the order knows nothing of.
    const seen = readHead(read).id;
    const order = orderOf(read, services, wanted);
    db.exec('BEGIN');
    if (readHead(db).id === seen) return await inTurns(chosen(db, order, wanted), pace);
    db.exec('COMMIT');
    await sleep(pause);
    checkCancelled(signal);
  }
  const message = 'Another program writes to the workspace without a pause. Nothing was exported; try again.';
  throw new Fault('BUSY', message, { holder: null, waited_ms: attempts * pause });
}

/** Those of the rows that were picked. Yields how many it has looked at. */
function* chosen(
  db: ReadHandle,
  order: Float64Array,
  { type, ids, except }: Wanted,
): Generator<number, readonly number[], void> {
  const only = ids && (yield* rowsNamed(db, type, ids));
  const without = yield* rowsNamed(db, type, except);
  const rows: number[] = [];
  for (const [at, row] of order.entries()) {
    if ((only?.has(row) ?? true) && !without.has(row)) rows.push(row);
    if (at % slice === slice - 1) yield at;
  }
  return rows;
}

/** The row numbers of records by their ids. */
function* rowsNamed(
  db: ReadHandle,
  type: EntityType,
  ids: readonly string[],
): Generator<number, Set<number>, void> {
  const query = `SELECT r.rowid FROM ${tableOf[type]} r WHERE r.id IN (SELECT value FROM json_each(?))`;
  const rows = new Set<number>();
  for (const part of portions(ids, slice)) {
    for (const row of db.column<number>(query, [JSON.stringify(part)])) rows.add(row);
    yield rows.size;
  }
  return rows;
}

/** The records of these rows in this order, some at a time. */
export function* batchesOf(
  db: ReadHandle,
  type: EntityType,
  rows: readonly number[],
): Generator<EntityRecord[], void, void> {
  const query = `SELECT ${recordColumns} FROM json_each(?) j JOIN ${tableOf[type]} r ON r.rowid = j.value ORDER BY j.key`;
  for (const part of portions(rows, batch)) {
    yield toRecords(db, type, db.all<RecordRow>(query, [JSON.stringify(part)]));
  }
}
