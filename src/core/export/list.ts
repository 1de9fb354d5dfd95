import { issueOf } from '#shared/texts/issues.ts';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { maxRows } from '#shared/contract/export-list.ts';
import type { ExportListResult, exportListInput } from '#shared/contract/export-list.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { customNameOf } from '#shared/domain/custom-fields.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { readHead } from '../log/audit/head.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection, ReadHandle } from '../kernel/db/connection.ts';
import type { RecordRow } from '../kernel/db/schema.ts';
import { toRecords } from '../model/derived-fields.ts';
import { rowidsInOrder, recordColumns } from '../model/list.ts';
import { invalidFault } from '../model/validate.ts';
import { writeAtomically } from '../kernel/files/atomic-file.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import { fileRefusal } from '../kernel/files/refusal.ts';
import { isColumn } from '../model/interchange/columns.ts';
import { markHeadings } from '../model/interchange/headings.ts';
import { inBatches } from '../kernel/batches.ts';
import { checkCancelled, runYielding, reportPieces } from '../kernel/progress.ts';
import type { Pace } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { createToRow } from './cells.ts';
import type { Cell } from './cells.ts';
import { csvPieces } from './csv.ts';
import { xlsxPieces } from './xlsx.ts';

type RowOptions = Pick<
  z.output<typeof exportListInput>,
  'type' | 'filters' | 'search' | 'sort' | 'deleted' | 'ids' | 'except'
>;
type ListServices = Pick<Services, 'read' | 'names' | 'columns' | 'lists'>;

/** Records read and written at once: about 5 ms of work. */
const batchSize = 200;
const rowsPerYield = 4000;
/** Attempts while another process writes. */
const maxAttempts = 20;
const pauseMs = 10;

/**
 * The row numbers of a list in its order, and `db` in a transaction with the same snapshot. Retries if another process commits in between.
 * Throws BUSY after the last retry, INVALID for an unknown field, CANCELLED.
 */
export async function orderInSnapshot(
  services: ListServices,
  db: Connection,
  request: RowOptions,
  pace: Pace,
): Promise<readonly number[]> {
  const { read, columns } = services;
  await runYielding(columns.readAhead(request.type), pace);
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    // The head is read before the order, so that the order cannot be older than this head.
    const headId = readHead(read).id;
    const order = rowidsInOrder(read, services, request);
    db.exec('BEGIN');
    if (readHead(db).id === headId) return await runYielding(selectedRows(db, order, request), pace);
    db.exec('COMMIT');
    await sleep(pauseMs);
    checkCancelled(pace.signal);
  }
  throw new Fault('BUSY', { holder: null, waited_ms: maxAttempts * pauseMs, what: 'records' });
}

function* selectedRows(
  db: ReadHandle,
  order: Float64Array,
  { type, ids, except }: RowOptions,
): Generator<number, readonly number[], void> {
  const includedRows = ids && (yield* rowNumbersOf(db, type, ids));
  const excludedRows = yield* rowNumbersOf(db, type, except);
  const rows: number[] = [];
  for (const [index, row] of order.entries()) {
    if ((includedRows?.has(row) ?? true) && !excludedRows.has(row)) rows.push(row);
    if (index % rowsPerYield === rowsPerYield - 1) yield index;
  }
  return rows;
}

function* rowNumbersOf(
  db: ReadHandle,
  type: EntityType,
  ids: readonly string[],
): Generator<number, Set<number>, void> {
  const query = `SELECT r.rowid FROM ${tableOf[type]} r WHERE r.id IN (SELECT value FROM json_each(?))`;
  const rows = new Set<number>();
  for (const batch of inBatches(ids, rowsPerYield)) {
    for (const row of db.column<number>(query, [JSON.stringify(batch)])) rows.add(row);
    yield rows.size;
  }
  return rows;
}

/** The records of these rows in this order, in batches. */
export function* recordBatches(
  db: ReadHandle,
  type: EntityType,
  rows: readonly number[],
): Generator<EntityRecord[], void, void> {
  const query = `SELECT ${recordColumns} FROM json_each(?) j JOIN ${tableOf[type]} r ON r.rowid = j.value ORDER BY j.key`;
  for (const batch of inBatches(rows, batchSize)) {
    yield toRecords(db, type, db.all<RecordRow>(query, [JSON.stringify(batch)]));
  }
}

type ListExport = z.output<typeof exportListInput>;

/** The heading of losses has the unit, because an import would otherwise take small losses for fractions. */
const headingOf = (key: string, label = ''): string =>
  key === 'energy_loss' && label !== '' ? `${label} (%)` : label || key;

function checkColumns({ type, columns }: ListExport): void {
  const issues = columns
    .filter(({ key }) => !isColumn(type, key))
    .map(({ key }) => issueOf(key, 'unknown_field'));
  if (issues.length > 0) throw invalidFault(issues);
}

/**
 * Writes a list to a file, completely or not at all. Throws BAD_FILE with reason unwritable, no_folder, own_file, of_workspace,
 * encrypted_there, too_many_rows or too_large, INVALID for an unknown column, BUSY, CANCELLED.
 */
export async function runListExport(
  services: Services,
  path: string,
  request: ListExport,
  pace: Pace,
): Promise<ExportListResult> {
  const { files, log, source } = services;
  checkColumns(request);
  await refuseOwnFile(path, files);
  using db = openConnection(files.data, { mode: 'read', log });
  const order = await orderInSnapshot(services, db, request, pace);
  if (request.format === 'xlsx' && order.length >= maxRows)
    throw fileRefusal('too_many_rows', { limit: maxRows - 1 });
  const toRow = createToRow(request.columns, request.words, request);
  let done = 0;
  let cutCount = 0;
  function* batches(): Generator<Cell[][], void, void> {
    const progress = () => ({ step: 'writing', done, total: order.length });
    for (const records of reportPieces(recordBatches(db, request.type, order), pace, progress)) {
      yield records.map(toRow);
      done += records.length;
    }
  }
  const customNames = services.columns.customFields(request.type).map(({ name }) => name);
  const labels = markHeadings(
    request.columns.map(({ label, key }) => ({
      key,
      heading: headingOf(key, label),
      own: customNameOf(key) !== null,
    })),
    { type: request.type, names: customNames, marks: request.words },
  );
  const customColumns = new Set(
    request.columns.flatMap(({ key }, column) => (customNameOf(key) === null ? [] : [column])),
  );
  const pieces =
    request.format === 'csv'
      ? csvPieces(labels, batches(), request.sign, customColumns)
      : xlsxPieces(
          [{ name: request.words.sheet, labels, batches: batches(), onCut: () => (cutCount += 1) }],
          {
            file: basename(path),
          },
        );
  // The system's dialog asked before replacing a file.
  const bytes = await writeAtomically(path, source.ids.uuid(), pieces, { replace: true });
  return { file: basename(path), bytes, rows: done, columns: labels.length, cut: cutCount };
}
