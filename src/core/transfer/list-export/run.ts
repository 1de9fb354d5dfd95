import { basename } from 'node:path';
import type { z } from 'zod';
import { mostRows } from '#shared/contract/export-list.ts';
import type { exportListInput, ExportListResult } from '#shared/contract/export-list.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import { openConnection } from '../../kernel/db/connection.ts';
import { invalid } from '../../model/validate.ts';
import { checkCancelled } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import { writeAtomically } from '../atomic-file.ts';
import { telling } from '../export.ts';
import { refuseOwnFile } from '../own-files.ts';
import { refusal } from '../refuse.ts';
import { marked } from '../sheet/own-columns.ts';
import { isColumn, rowsOf } from './cells.ts';
import type { Cell } from './cells.ts';
import { csvPieces } from './csv.ts';
import { batchesOf, settle } from './rows.ts';
import { xlsxPieces } from './xlsx.ts';

type Wanted = z.output<typeof exportListInput>;

function checkColumns({ type, columns }: Wanted): void {
  const issues = columns
    .filter(({ key }) => !isColumn(type, key))
    .map(({ key }) => ({ path: key, code: 'unknown_field', message: `a ${type} has no field of this name` }));
  if (issues.length > 0) throw invalid(issues);
}

/**
 * Writes what a list shows to a file: it is there whole or, when something goes wrong or the signal is raised, not at all.
 * Throws BAD_FILE with reason unwritable, no_folder, own_file, of_workspace, encrypted_there, too_many_rows or too_large, INVALID for a column that the type does not
 * have, BUSY, CANCELLED.
 */
export async function* runListExport(
  services: Services,
  path: string,
  wanted: Wanted,
  signal?: AbortSignal,
): Stream<ExportListResult> {
  const { files, log, source } = services;
  checkColumns(wanted);
  await refuseOwnFile(path, files);
  const db = openConnection(files.data, { mode: 'read', log });
  try {
    const order = await settle(services, db, wanted, signal);
    if (wanted.format === 'xlsx' && order.length >= mostRows)
      throw refusal(
        'too_many_rows',
        'A spreadsheet holds at most 1,048,575 rows; narrow the list or choose CSV.',
      );
    const toRow = rowsOf(wanted.columns, wanted.words, wanted.raw);
    let done = 0;
    let cut = 0;
    function* batches(): Generator<Cell[][], void, void> {
      for (const records of batchesOf(db, wanted.type, order)) {
        checkCancelled(signal);
        yield records.map(toRow);
        done += records.length;
      }
    }
    const own = services.columns.ownFields(wanted.type).map(({ name }) => name);
    const labels = marked(
      wanted.columns.map(({ label, key }) => ({ key, heading: label || key, own: ownNameOf(key) !== null })),
      { type: wanted.type, names: own, marks: wanted.words },
    );
    const ownColumns = new Set(
      wanted.columns.flatMap(({ key }, column) => (ownNameOf(key) === null ? [] : [column])),
    );
    const pieces =
      wanted.format === 'csv'
        ? csvPieces(labels, batches(), wanted.sign, ownColumns)
        : xlsxPieces({
            name: wanted.words.sheet,
            labels,
            batches: batches(),
            onCut: () => (cut += 1),
            file: basename(path),
          });
    // The dialog of the system asked about a file that is there.
    const writing = writeAtomically(path, source.ids.uuid(), pieces, { replace: true });
    const bytes = yield* telling(writing, source.clock, () => ({
      kind: 'progress',
      step: 'writing',
      done,
      total: order.length,
    }));
    yield {
      kind: 'result',
      result: { file: basename(path), bytes, rows: done, columns: labels.length, cut },
    };
  } finally {
    db.close();
  }
}
