import { entityTypes, tableOf } from '#shared/domain/types.ts';
import { maxCellLength, maxRows } from '#shared/contract/export-list.ts';
import { maxSheetColumns, maxSheetRecords, fileRefusal } from '../../kernel/files/refusal.ts';
import { verbatimKey } from '../../model/interchange/keys.ts';
import { typedCell } from '../cells.ts';
import type { Cell } from '../cells.ts';
import { csvPieces } from '../csv.ts';
import { xlsxPieces } from '../xlsx.ts';
import type { Sheet } from '../xlsx.ts';
import {
  attributeTexts,
  countRecords,
  edgesOf,
  endOf,
  findAttributes,
  labelOf,
  linkLabelOf,
  nodesOf,
  recordsOf,
} from './source.ts';
import type { GraphRecord, Tally, Writer } from './source.ts';
import type { AttributeKinds, FitText, Container } from '../../model/interchange/attributes.ts';

interface RowContext {
  container: Container;
  attributes: AttributeKinds;
  fitText: FitText;
  tally: Tally;
}

/** Rows of a table: the leading cells, then one cell for each attribute, empty if the record lacks it. */
function* rowsOf(
  batches: Iterable<readonly GraphRecord[]>,
  leadingCells: (record: GraphRecord) => Cell[],
  context: RowContext,
): Generator<Cell[][], void, void> {
  const { container, attributes } = context;
  for (const records of batches) {
    countRecords(context.tally, records);
    yield records.map((record) => {
      const values = new Map(attributeTexts(record, context));
      const cellOf = (name: string): Cell => values.get(name) ?? null;
      // Sheets name columns by field.
      const typedCellOf = (name: string): Cell =>
        (container === 'sheet' ? typedCell(record.type, name, record.payload[name]) : null) ?? cellOf(name);
      return [...leadingCells(record), ...[...attributes.keys()].map(typedCellOf), cellOf(verbatimKey)];
    });
  }
}

const columnsOf = (attributes: AttributeKinds): string[] => [...attributes.keys(), verbatimKey];

/** The text that a reader of the CSV file gets: line feeds only, no unpaired surrogates. */
const fitCsvText: FitText = (text) => text.replaceAll(/\r\n?/g, '\n').toWellFormed();

export const csvNodePieces: Writer = function* (source, tally) {
  const attributes = yield* findAttributes(nodesOf(source), 'node', true);
  const context = { container: 'node', attributes, fitText: fitCsvText, tally } as const;
  const leadingCells = (record: GraphRecord): Cell[] => [record.id, labelOf(record), record.type];
  yield* csvPieces(
    ['id', 'label', 'type', ...columnsOf(attributes)],
    rowsOf(nodesOf(source), leadingCells, context),
  );
};

/** The edges as a table, with the column names that Gephi and NetworkX expect. */
export const csvEdgePieces: Writer = function* (source, tally) {
  const attributes = yield* findAttributes(edgesOf(source), 'edge', true);
  const context = { container: 'edge', attributes, fitText: fitCsvText, tally } as const;
  const leadingCells = ({ id, payload }: GraphRecord): Cell[] => [
    endOf(payload, 'from'),
    endOf(payload, 'to'),
    id,
    linkLabelOf({ payload }),
  ];
  yield* csvPieces(
    ['source', 'target', 'id', 'label', ...columnsOf(attributes)],
    rowsOf(edgesOf(source), leadingCells, context),
  );
};

/** The text that a reader of the workbook gets. */
const fitCellText: FitText = (text) => text.slice(0, maxCellLength).toWellFormed();

/** A workbook with one sheet for each type that has records, named by table, with columns named by field. */
export function xlsxSheets(file: string): Writer {
  return function* write(source, tally) {
    const sheets: Sheet[] = [];
    for (const type of entityTypes) {
      const [firstBatch] = source(type);
      // A workbook needs at least one sheet.
      if (!firstBatch && type !== 'team') continue;
      const attributes = yield* findAttributes(recordsOf(source, type), 'sheet', true);
      const context = { container: 'sheet', attributes, fitText: fitCellText, tally } as const;
      const labels = ['id', ...columnsOf(attributes)];
      if (labels.length > maxSheetColumns) tally.isTooLong = true;
      sheets.push({
        name: tableOf[type],
        labels,
        batches: limitRows(
          tally,
          rowsOf(recordsOf(source, type), ({ id }) => [id], context),
        ),
        onCut: () => undefined,
      });
    }
    yield* xlsxPieces(sheets, { file });
  };
}

function* limitRows(tally: Tally, batches: Iterable<Cell[][]>): Generator<Cell[][], void, void> {
  let rowCount = 0;
  for (const batch of batches) {
    rowCount += batch.length;
    if (rowCount > maxSheetRecords) tally.isTooLong = true;
    if (rowCount >= maxRows) throw fileRefusal('too_many_rows', { limit: maxRows - 1 });
    yield batch;
  }
}
