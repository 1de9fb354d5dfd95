import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { mostRows } from '#shared/contract/export-list.ts';
import type { ExportListResult, exportListInput } from '#shared/contract/export-list.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { readHead } from '../log/audit/head.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection, ReadHandle } from '../kernel/db/connection.ts';
import type { RecordRow } from '../kernel/db/schema.ts';
import { toRecords } from '../model/derived-fields.ts';
import { orderOf, recordColumns } from '../model/list.ts';
import { invalidFault } from '../model/validate.ts';
import { writeAtomically } from '../kernel/files/atomic-file.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import { fileRefusal } from '../kernel/files/refusal.ts';
import { isColumn } from '../model/interchange/columns.ts';
import { markedHeading } from '../model/interchange/headings.ts';
import { inBatches } from '../kernel/chunks.ts';
import { checkCancelled, inTurns, reportPieces } from '../kernel/progress.ts';
import type { Pace } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { rowsOf } from './cells.ts';
import type { Cell } from './cells.ts';
import { csvPieces } from './csv.ts';
import { xlsxPieces } from './xlsx.ts';

type RowOptions = Pick<
  z.output<typeof exportListInput>,
  'type' | 'filters' | 'search' | 'sort' | 'deleted' | 'ids' | 'except'
>;
type Sources = Pick<Services, 'read' | 'names' | 'columns' | 'lists'>;

/** Records read and written at once: about 5 ms of work. */
const batch = 200;
const slice = 4000;
/** Retries while another process writes, and milliseconds between them. */
const attempts = 20;
const pause = 10;

/**
 * The row numbers of a list in its order, and `db` in a transaction with the same snapshot. Retries if another process commits in between.
 * Throws BUSY after the last retry, INVALID for an unknown field, CANCELLED.
 */
export async function settleExport(
  services: Sources,
  db: Connection,
  request: RowOptions,
  pace: Pace,
): Promise<readonly number[]> {
  const { read, columns } = services;
  await inTurns(columns.readAhead(request.type), pace);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    // Read before the order, so that it cannot be newer.
    const seen = readHead(read).id;
    const order = orderOf(read, services, request);
    db.exec('BEGIN');
    if (readHead(db).id === seen) return await inTurns(selectedRows(db, order, request), pace);
    db.exec('COMMIT');
    await sleep(pause);
    checkCancelled(pace.signal);
  }
  throw new Fault('BUSY', { holder: null, waited_ms: attempts * pause, what: 'records' });
}

function* selectedRows(
  db: ReadHandle,
  order: Float64Array,
  { type, ids, except }: RowOptions,
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

function* rowsNamed(
  db: ReadHandle,
  type: EntityType,
  ids: readonly string[],
): Generator<number, Set<number>, void> {
  const query = `SELECT r.rowid FROM ${tableOf[type]} r WHERE r.id IN (SELECT value FROM json_each(?))`;
  const rows = new Set<number>();
  for (const part of inBatches(ids, slice)) {
    for (const row of db.column<number>(query, [JSON.stringify(part)])) rows.add(row);
    yield rows.size;
  }
  return rows;
}

/** The records of these rows in this order, in batches. */
export function* batchesOf(
  db: ReadHandle,
  type: EntityType,
  rows: readonly number[],
): Generator<EntityRecord[], void, void> {
  const query = `SELECT ${recordColumns} FROM json_each(?) j JOIN ${tableOf[type]} r ON r.rowid = j.value ORDER BY j.key`;
  for (const part of inBatches(rows, batch)) {
    yield toRecords(db, type, db.all<RecordRow>(query, [JSON.stringify(part)]));
  }
}

type ListExport = z.output<typeof exportListInput>;

/** Losses carry their unit, or an import would take small ones for fractions. */
const headingOf = (key: string, label = ''): string =>
  key === 'energy_loss' && label !== '' ? `${label} (%)` : label || key;

function checkColumns({ type, columns }: ListExport): void {
  const issues = columns
    .filter(({ key }) => !isColumn(type, key))
    .map(({ key }) => ({ path: key, code: 'unknown_field', message: `a ${type} has no field of this name` }));
  if (issues.length > 0) throw invalidFault(issues);
}

/**
 * Writes a list to a file, completely or not at all. Throws BAD_FILE with reason unwritable, no_folder, own_file, of_workspace,
 * encrypted_there, too_many_rows or too_large, INVALID for an unknown column, BUSY, CANCELLED.
 */
export async function runListExport(
  services: Services,
  path: string,
  given: ListExport,
  pace: Pace,
): Promise<ExportListResult> {
  const { files, log, source } = services;
  checkColumns(given);
  await refuseOwnFile(path, files);
  const db = openConnection(files.data, { mode: 'read', log });
  try {
    const order = await settleExport(services, db, given, pace);
    if (given.format === 'xlsx' && order.length >= mostRows)
      throw fileRefusal('too_many_rows', { limit: mostRows - 1 });
    const toRow = rowsOf(given.columns, given.words, given.raw);
    let done = 0;
    let cut = 0;
    function* batches(): Generator<Cell[][], void, void> {
      const progress = () => ({ step: 'writing', done, total: order.length });
      for (const records of reportPieces(batchesOf(db, given.type, order), pace, progress)) {
        yield records.map(toRow);
        done += records.length;
      }
    }
    const own = services.columns.ownFields(given.type).map(({ name }) => name);
    const labels = markedHeading(
      given.columns.map(({ label, key }) => ({
        key,
        heading: headingOf(key, label),
        own: ownNameOf(key) !== null,
      })),
      { type: given.type, names: own, marks: given.words },
    );
    const ownColumns = new Set(
      given.columns.flatMap(({ key }, column) => (ownNameOf(key) === null ? [] : [column])),
    );
    const pieces =
      given.format === 'csv'
        ? csvPieces(labels, batches(), given.sign, ownColumns)
        : xlsxPieces([{ name: given.words.sheet, labels, batches: batches(), onCut: () => (cut += 1) }], {
            file: basename(path),
          });
    // The system's dialog asked before replacing a file.
    const bytes = await writeAtomically(path, source.ids.uuid(), pieces, { replace: true });
    return { file: basename(path), bytes, rows: done, columns: labels.length, cut };
  } finally {
    db.close();
  }
}
