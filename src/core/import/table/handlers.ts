import { sheetTypes, typesByTitle } from '#shared/contract/sheets.ts';
import type {
  ColumnTarget,
  SheetLayout,
  SheetSource,
  SheetType,
  SheetView,
} from '#shared/contract/sheets.ts';
import { withFile } from '../../kernel/files/with-file.ts';
import { operationBuilder } from '../../model/operation-builder.ts';
import { writeJob } from '../../model/pipeline.ts';
import { runSteps } from '../../kernel/progress.ts';
import type { Pace } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import { actingProfile, actorOf } from '../../log/session.ts';
import { exportFormatOf } from '../graph/tables.ts';
import { isConfirmSheet } from '../confirm/rows.ts';
import { guessColumns } from './columns/guess.ts';
import { runSheetImport } from './import.ts';
import { previewSheets } from './preview.ts';
import type { SheetPreviewRequest } from './preview.ts';
import { parsedTableCache, readTable } from './read/read.ts';
import type { SheetFile, SheetInput } from './read/read.ts';
import { findRowTypes, titledPeople, typeHintOf } from './columns/row-types.ts';
import { cellText } from './cell.ts';
import type { Line } from './cell.ts';

const os = operationBuilder.transfer;

function inputOf({ grants }: Services, source: SheetSource): SheetInput {
  return 'grant' in source ? { path: grants.resolve(source.grant, 'read') } : source;
}

function readSource(
  services: Services,
  { source, layout }: { source: SheetSource; layout: SheetLayout },
  pace: Pace,
): Promise<SheetFile> {
  const input = inputOf(services, source);
  return readTable(
    { input, layout, workspaceFiles: services.files, db: services.read, cache: parsedTableCache(services) },
    pace,
  );
}

const topLines = 8;
const topCells = 8;
const maxSamples = 3;

/** The user's view of a table. Yields after each column, because a column of a long table takes a while. */
function* viewOf(
  { raw, table, name, ...file }: SheetFile,
  { columns: columnStore }: Pick<Services, 'columns'>,
  chosen: Readonly<Record<string, ColumnTarget>>,
): Generator<number, SheetView, void> {
  const sheetName = file.sheets[file.sheet] ?? '';
  const customNames = new Map<SheetType, readonly string[]>();
  for (const type of sheetTypes) {
    customNames.set(
      type,
      (yield* columnStore.findCustomFields(type)).map((field) => field.name),
    );
  }
  const rowTypes = findRowTypes(table);
  const { type, byType, doubts } = guessColumns(
    table,
    typeHintOf(name, sheetName),
    (one) => customNames.get(one) ?? [],
    new Map(Object.entries(chosen).map(([column, target]) => [Number(column), target])),
  );
  const columns: SheetView['columns'] = [];
  for (const heading of table.columns) {
    yield columns.length;
    columns.push(columnOf(table.rows, columns.length, heading));
  }
  return {
    name,
    bytes: file.bytes,
    sha256: file.sha256,
    format: file.format,
    encoding: file.encoding,
    delimiter: file.delimiter,
    sheets: [...file.sheets],
    hidden_sheets: file.hiddenSheets,
    sheet: file.sheet,
    answers: file.format === 'xlsx' && isConfirmSheet(raw.lines),
    exported: exportFormatOf({ sheets: file.sheets, raw }),
    header: table.headerLine,
    top: raw.lines.slice(0, topLines).map(({ line, cells }) => ({
      line,
      cells: cells.slice(0, topCells).map((cell) => cellText(cell).slice(0, 60)),
    })),
    rows: table.rows.length,
    columns,
    notices: table.notices,
    row_types: rowTypes?.counts.map(([one]) => one) ?? [],
    type_column: table.typeColumn === typesByTitle ? null : (rowTypes?.column ?? null),
    titled: rowTypes === null || table.typeColumn === typesByTitle ? titledPeople(table) : null,
    type,
    guesses: byType,
    doubts: { ...doubts, encodings: [...file.encodings] },
  };
}

function columnOf(rows: readonly Line[], column: number, name: string): SheetView['columns'][number] {
  const distinctValues = new Set<string>();
  let filled = 0;
  for (const { cells } of rows) {
    const value = cellText(cells[column]);
    if (value === '') continue;
    filled += 1;
    if (distinctValues.size < maxSamples) distinctValues.add(value.slice(0, 80));
  }
  return { name, samples: [...distinctValues], filled };
}

/** Operations on tables made in spreadsheet programs. */
export const sheetHandlers = {
  readSheet: os.readSheet.handler(
    writeJob(async ({ input, context: { services } }, pace) =>
      runSteps(pace, 'reading', viewOf(await readSource(services, input, pace), services, input.chosen)),
    ),
  ),
  previewSheet: os.previewSheet.handler(
    writeJob(async ({ input, context: { services, session } }, pace) => {
      const { source } = input;
      const sheets: SheetPreviewRequest['sheets'][number][] = [];
      for (const { layout, choices } of [input, ...input.others])
        sheets.push({ sheetFile: await readSource(services, { source, layout }, pace), choices });
      const actor = actorOf(actingProfile(services.read, session));
      return previewSheets(services, { sheets, actor }, pace);
    }),
  ),
  importSheet: os.importSheet.handler(
    writeJob(({ input, context: { services, session } }, pace) => {
      const { source, ...request } = input;
      const runImport = (tableInput: SheetInput) =>
        runSheetImport(services, session, { ...request, input: tableInput }, pace);
      if (!('grant' in source)) return runImport(source);
      return withFile(services.grants, { grant: source.grant, use: 'read' }, (path) => runImport({ path }));
    }),
  ),
};
