import { sheetTypes } from '#shared/contract/sheets.ts';
import type { SheetLayout, SheetSource, SheetType, SheetView } from '#shared/contract/sheets.ts';
import { withFile } from '../../kernel/files/with-file.ts';
import { operationBuilder } from '../../model/implement.ts';
import { writeJob } from '../../model/pipeline.ts';
import { runSteps } from '../../kernel/progress.ts';
import type { Pace } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import { actingProfile, actorOf } from '../../log/session.ts';
import { exportedAs } from '../graph/tables.ts';
import { isHandedOut } from '../confirm/rows.ts';
import { guessColumns, guessName } from './guess.ts';
import { runSheetImport } from './import.ts';
import { previewSheets } from './preview.ts';
import type { SheetPreviewRequest } from './preview.ts';
import { parsedTables, readTable } from './read.ts';
import type { ReadTable, SheetInput } from './read.ts';
import { findRowTypes } from './row-types.ts';
import { cellText } from './table.ts';
import type { Line } from './table.ts';

const os = operationBuilder.transfer;

function inputOf({ grants }: Services, source: SheetSource): SheetInput {
  return 'grant' in source ? { path: grants.resolve(source.grant, 'read') } : source;
}

function read(
  services: Services,
  { source, layout }: { source: SheetSource; layout: SheetLayout },
  pace: Pace,
): Promise<ReadTable> {
  const input = inputOf(services, source);
  return readTable({ input, layout, own: services.files, parsed: parsedTables(services) }, pace);
}

const topLines = 8;
const topCells = 8;
const samples = 3;

/** A table as the user sees it. Yields columns done: each takes a while in a long table. */
function* viewOf(
  { raw, table, name, ...rest }: ReadTable,
  { columns: records }: Pick<Services, 'columns'>,
): Generator<number, SheetView, void> {
  const sheetName = rest.sheets[rest.sheet] ?? '';
  const own = new Map<SheetType, readonly string[]>();
  for (const type of sheetTypes) {
    own.set(
      type,
      (yield* records.findOwnFields(type)).map((field) => field.name),
    );
  }
  const rowTypes = findRowTypes(table);
  const { type, byType } = guessColumns(table, guessName(name, sheetName), (one) => own.get(one) ?? []);
  const columns: SheetView['columns'] = [];
  for (const heading of table.columns) {
    yield columns.length;
    columns.push(columnOf(table.rows, columns.length, heading));
  }
  return {
    name,
    bytes: rest.bytes,
    sha256: rest.sha256,
    format: rest.format,
    encoding: rest.encoding,
    delimiter: rest.delimiter,
    sheets: [...rest.sheets],
    sheet: rest.sheet,
    answers: rest.format === 'xlsx' && isHandedOut(raw.lines),
    exported: exportedAs({ sheets: rest.sheets, raw }),
    header: table.header,
    top: raw.lines.slice(0, topLines).map(({ line, cells }) => ({
      line,
      cells: cells.slice(0, topCells).map((cell) => cellText(cell).slice(0, 60)),
    })),
    rows: table.rows.length,
    columns,
    notices: table.notices,
    row_types: rowTypes?.counts.map(([one]) => one) ?? [],
    type_column: rowTypes?.column ?? null,
    type,
    guesses: byType,
  };
}

function columnOf(rows: readonly Line[], column: number, name: string): SheetView['columns'][number] {
  const different = new Set<string>();
  let filled = 0;
  for (const { cells } of rows) {
    const value = cellText(cells[column]);
    if (value === '') continue;
    filled += 1;
    if (different.size < samples) different.add(value.slice(0, 80));
  }
  return { name, samples: [...different], filled };
}

/** Operations on tables made in spreadsheet programs. */
export const sheetHandlers = {
  readSheet: os.readSheet.handler(
    writeJob(async ({ input, context: { services } }, pace) =>
      runSteps(pace, 'reading', viewOf(await read(services, input, pace), services)),
    ),
  ),
  previewSheet: os.previewSheet.handler(
    writeJob(async ({ input, context: { services, session } }, pace) => {
      const { source } = input;
      const sheets: SheetPreviewRequest['sheets'][number][] = [];
      for (const { layout, choices } of [input, ...input.others])
        sheets.push({ read: await read(services, { source, layout }, pace), choices });
      const actor = actorOf(actingProfile(services.read, session));
      return previewSheets(services, { sheets, actor }, pace);
    }),
  ),
  importSheet: os.importSheet.handler(
    writeJob(({ input, context: { services, session } }, pace) => {
      const { source, ...request } = input;
      const bring = (table: SheetInput) =>
        runSheetImport(services, session, { ...request, input: table }, pace);
      if (!('grant' in source)) return bring(source);
      return withFile(services.grants, { grant: source.grant, use: 'read' }, (path) => bring({ path }));
    }),
  ),
};
