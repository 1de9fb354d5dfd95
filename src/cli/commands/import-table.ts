import { basename } from 'node:path';
import { nodeType } from '#shared/contract/network.ts';
import { sheetTypes, typesByTitle } from '#shared/contract/sheets.ts';
import type {
  ColumnTarget,
  SheetChoices,
  SheetLayout,
  SheetOutcome,
  SheetPreview,
  SheetView,
} from '#shared/contract/sheets.ts';
import { textEncodings } from '#shared/domain/encodings.ts';
import type { TextEncoding } from '#shared/domain/encodings.ts';
import type { ImportReport } from '#shared/contract/import-report.ts';
import type { ImportResult } from '#shared/contract/transfer.ts';
import { noticeText } from '#shared/texts/import-notices.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { flag, list, oneOf } from '../args/option.ts';
import { choicesFor, chosenColumns, filledColumnsOf, typeColumnOf, wordTypesFor } from './table-choices.ts';
import type { TableArguments } from './table-choices.ts';
import { tableFault } from './table-faults.ts';
import { columnLines, figureLines } from './table-texts.ts';
import type { Context } from '../command.ts';
import { printDryRun } from '../output/differences.ts';
import { UsageError } from '../output/errors.ts';
import { countPhrase, typeCountPhrase, countsLine, labelOf } from '../format.ts';
import { isWorkspaceMissing, followProgress, resolvePath, withWorkspace } from '../workspace.ts';
import type { TargetArguments, OpenWorkspace } from '../workspace.ts';

export const tableOptions = {
  type: oneOf('TYPE', 'Type of the rows of a table (default: from the headings)', sheetTypes),
  column: list(
    'HEADING=FIELD',
    'Make a column or graph attribute a field, given, prefix, family, id, row_type, rest_of:FIELD (100 % minus the value, for shares), own (a custom field, own:NAME under another name) or ignore',
  ),
  'only-fields': flag('Leave out columns that would become custom fields, but those that --column names'),
  accept: flag('Accept a reading of the table that FRAMES would ask about'),
  sheet: list('NAME', 'Workbook sheet to import (default: the one most like records)'),
  encoding: oneOf(
    'NAME',
    'Encoding of a text file in any format (default: its declaration, UTF-8, or detected)',
    textEncodings,
  ),
  'fill-down': list('HEADING', 'Fill the empty cells of a column with the value above them'),
  'create-ends': oneOf(
    'TYPE',
    'Create missing ends of links: as this type, or by-name (as their names suggest)',
    ['by-name', ...nodeType.options],
  ),
  'row-type': list(
    'WORD=TYPE',
    'Type of the rows with a word that names none in the column of types, former for students who have left, or ignore to leave them out',
  ),
  end: list('NAME=TYPE', 'Create the end of that name as this type, and the others by their names'),
  'by-title': flag('Import people with an academic title as faculty, and the others as students'),
  'turn-names': flag(
    'Read names of people with the family name first: "Falk, Ida" or "Falk Ida" becomes "Ida Falk" (default: if the heading or commas say so)',
  ),
  'no-turn-names': flag('Leave names of people in the order of the table'),
  'separate-row': list(
    'LINE',
    'Import the row in that line as a person of its own, not joined with an earlier one',
  ),
  hidden: flag('Read hidden rows and columns of a workbook too'),
  unit: list(
    'FIELD=UNIT',
    'Unit of a share: documented=fraction, energy_loss=percent (default: fractions if no value is above 1)',
  ),
  decimals: oneOf('SIGN', 'Decimal separator, if the table does not show it', ['comma', 'point']),
  matching: oneOf(
    'WHAT',
    'What to do with rows that match an existing record by id, or by name and university (graphs: update or create)',
    ['update', 'skip', 'create'],
  ),
};

interface ImportTableArguments extends TargetArguments, TableArguments {
  file: string;
  accept: boolean;
  encoding: TextEncoding | undefined;
  hidden: boolean;
  'dry-run': boolean;
  backup: boolean | undefined;
  map: string | undefined;
}

/** Imports a table like the window: columns are detected, and options override them. Throws UsageError and the errors of the operations. */
export async function importTable(context: Context, args: ImportTableArguments): Promise<void> {
  if (args.map !== undefined) {
    throw new UsageError('--map works only with frames-json files.', {
      argument: '--map',
    });
  }
  const isMissing = isWorkspaceMissing(context, args);
  if (isMissing && args['dry-run']) {
    const message = 'A dry run of a table needs an existing workspace to look up names in.';
    throw new UsageError(message, { argument: '--workspace' });
  }
  const label = `import of ${basename(args.file)}`;
  await withWorkspace(
    context,
    { ...args, 'dry-run': false },
    label,
    (open) => importInto(context, args, open),
    { canCreate: true },
  );
}

async function importInto(
  context: Context,
  args: ImportTableArguments,
  { core, client }: OpenWorkspace,
): Promise<void> {
  const { output, signal } = context;
  const callOptions = signal ? { signal } : {};
  const source = { grant: core.grants.issue(resolvePath(context, args.file), 'read') };
  const { encoding, hidden } = args;
  const byTitle = args['by-title'] ? { type_column: typesByTitle } : {};
  if (args['by-title'] && args.type !== undefined)
    throw new UsageError('--by-title makes people students and faculty. Leave out --type.', {
      argument: '--by-title',
    });
  const request = { source, layout: { sheet: null, header: null, encoding, hidden, ...byTitle } };
  const firstView = await followProgress(await client.transfer.readSheet(request, callOptions), output);
  const views: SheetView[] = [];
  for (const sheet of sheetsOf(firstView, args.sheet)) {
    const layout = { sheet, header: null, encoding, hidden, ...byTitle };
    views.push(
      sheet === null
        ? firstView
        : await followProgress(await client.transfer.readSheet({ source, layout }, callOptions), output),
    );
  }
  for (const [index, firstReading] of views.entries()) {
    let view = firstReading;
    const layout = layoutOf(view, args);
    const readAgain = async (chosen: Record<string, ColumnTarget>): Promise<SheetView> =>
      followProgress(await client.transfer.readSheet({ source, layout, chosen }, callOptions), output);
    if ([layout.type_column, layout.fill_down, layout.word_types].some((part) => part !== undefined))
      view = await readAgain({});
    const chosen = chosenColumns(view, args, args.type ?? view.type);
    if (Object.keys(chosen).length > 0) view = await readAgain(chosen);
    views[index] = view;
  }
  const parts = views.flatMap((view) => {
    const layout = layoutOf(view, args);
    // Each row type is a separate part of the import.
    const isDetected = args.type === undefined && view.row_types.includes(view.type);
    const types = isDetected ? view.row_types : [args.type ?? view.type];
    return types.map((type) => ({
      layout,
      choices: { ...choicesFor(view, args, type), elsewhere: types.filter((other) => other !== type) },
    }));
  });
  const [view] = views as [SheetView, ...SheetView[]];
  const [{ layout, choices }, ...others] = parts as [(typeof parts)[number], ...typeof parts];
  const importRequest = { source, layout, choices, others };
  const preview = await followProgress(
    await client.transfer.previewSheet(importRequest, callOptions),
    output,
  );
  const fault = tableFault(views, preview, args);
  if (args['dry-run']) {
    const refusal = fault && { code: 'USAGE', message: fault.message };
    printDryRun(output, { mode: 'dry-run', ...columnMapping(view, choices), ...preview }, refusal, () =>
      planLines(view, choices, preview),
    );
    return;
  }
  if (fault) throw fault;
  const input = { ...importRequest, backup: args.backup, sha256: preview.sha256 };
  const result = await followProgress(await client.transfer.importSheet(input, callOptions), output);
  output.result(
    { mode: 'import', ...columnMapping(view, choices), ...result, problem_list: preview.problems },
    () => importedLines(view, choices, preview, result),
  );
}

const layoutOf = (view: SheetView, args: ImportTableArguments): SheetLayout => ({
  sheet: view.sheet,
  header: view.header,
  encoding: args.encoding,
  hidden: args.hidden,
  type_column: typeColumnOf(view, args),
  fill_down: filledColumnsOf(view, args),
  word_types: wordTypesFor(args['row-type']),
});

/** Returns the indexes of the named sheets; null for the detected sheet. Throws UsageError. */
function sheetsOf({ sheets }: SheetView, names: readonly string[]): readonly (number | null)[] {
  if (names.length === 0) return [null];
  return names.map((name) => {
    const index = sheets.findIndex((sheet) => sheet.toLowerCase() === name.trim().toLowerCase());
    if (index >= 0) return index;
    const sheetNames = sheets.map((sheet) => `"${sheet}"`).join(', ') || 'none';
    const details = { argument: '--sheet', given: name };
    throw new UsageError(`No sheet "${name}" in the file. Sheets: ${sheetNames}.`, details);
  });
}

function columnMapping(view: SheetView, { type, columns }: Pick<SheetChoices, 'type' | 'columns'>) {
  const targets = view.columns.map(({ name }, index) => [name, columns[index] ?? { to: 'ignore' }] as const);
  return { type, columns: Object.fromEntries(targets) };
}

export function importCountsLine(result: Pick<ImportResult, 'created' | 'updated' | 'restored'>): string {
  const parts = (['created', 'updated', 'restored'] as const)
    .filter((part) => sumOf(result[part]) > 0)
    .map((part) => `${part} ${countsLine(result[part])}`);
  return parts.length > 0
    ? `Imported: ${parts.join('; ')}.`
    : 'Nothing to import: all records already match.';
}

/** Formats the notices of an import. "No problems" only if the import lost nothing. */
function reportLines({ complete, notices }: ImportReport): string[] {
  return complete ? ['  No problems.'] : notices.map((notice) => `  ${noticeText(notice)}`);
}

const maxProblems = 20;

/** Formats the notices and the first problems. `elsewhere` says where the others are. */
export function problemLines<P>(
  report: ImportReport,
  { total, problems, elsewhere = '' }: { total: number; problems: readonly P[]; elsewhere?: string },
  describe: (problem: P) => string,
): string[] {
  if (total === 0) return reportLines(report);
  const lines = problems.slice(0, maxProblems).map((problem) => `    ${describe(problem)}`);
  const remaining = total - lines.length;
  return [
    ...reportLines(report),
    `  ${countPhrase(total, 'problem')}:`,
    ...lines,
    ...(remaining > 0 ? [`    … and ${remaining.toLocaleString('en-US')} more${elsewhere}`] : []),
  ];
}

function sheetProblemLines(preview: SheetPreview, view: SheetView): string[] {
  const problems = preview.problems.filter(({ weight }) => weight !== 'along');
  const created = Math.max(preview.along_count, preview.problems.length - problems.length);
  const total = Math.max(problems.length, preview.problem_count - created);
  return problemLines(preview.report, { total, problems }, (problem) => {
    const {
      code,
      column,
      value,
      count,
      lines: [firstLine],
      action,
      becomes,
      suggestions,
    } = problem;
    const position = count === 1 ? `line ${firstLine}` : `${count} rows from line ${firstLine}`;
    const columnText = column === null ? '' : `, "${view.columns[column]?.name ?? ''}"`;
    const labels = suggestions.map(({ label }) => JSON.stringify(label)).join(' or ');
    const isAlike = code === 'reference_missing' && labels !== '';
    const candidates = code === 'end_ambiguous' ? `: ${labels}` : isAlike ? `, like ${labels}` : '';
    const label =
      code === 'joined_row'
        ? `joined with line ${Number(becomes)}`
        : code === 'share_rest'
          ? `read as 100 % minus the value, ${Number(becomes)} %`
          : labelOf(code).toLowerCase();
    return `${position}${columnText}: ${value === '' ? '' : `${JSON.stringify(value)} `}${label}${candidates} (${action})`;
  });
}

function sheetLines({ sheets, sheet }: SheetView, { others }: SheetPreview): string[] {
  if (sheets.length < 2) return [];
  const names = sheets.map((name) => JSON.stringify(name)).join(', ');
  return [
    `  Sheet ${JSON.stringify(sheets[sheet])} of ${names}. Choose another with --sheet.`,
    ...others.map(
      ({ sheet: index, type, rows, writes, skipped }) =>
        `  Sheet ${JSON.stringify(sheets[index])}: ${typeCountPhrase(rows, type)}, ${writes} written, ${skipped} left out.`,
    ),
  ];
}

function planLines(
  view: SheetView,
  choices: Parameters<typeof columnLines>[1],
  preview: SheetPreview,
): string[] {
  const outcomes = [preview, ...preview.others];
  const sum = (countOf: (outcome: SheetOutcome) => number): number =>
    outcomes.reduce((total, outcome) => total + countOf(outcome), 0);
  const counts = {
    new: sum(({ creates }) => creates),
    changed: sum(({ updates }) => updates),
    restored: sum(({ restores }) => restores),
    unchanged: sum(({ unchanged }) => unchanged),
    'left out': sum(({ skipped }) => skipped),
    'undecided (--matching)': sum(({ matched }) => matched.undecided),
    'also created': sum(({ along_count }) => along_count),
  };
  const rows = outcomes.map((outcome) => typeCountPhrase(outcome.rows, outcome.type)).join(', ');
  return [
    `${view.name}: ${rows}. Columns of the ${typeCountPhrase(preview.rows, choices.type)}:`,
    ...columnLines(view, choices),
    ...sheetLines(view, preview),
    ...[preview, ...preview.others].flatMap(figureLines),
    ...Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([word, count]) => `  ${word}: ${count.toLocaleString('en-US')}`),
    ...sheetProblemLines(preview, view),
    'Nothing was changed.',
  ];
}

const importedLines = (
  view: SheetView,
  choices: Parameters<typeof columnLines>[1],
  preview: SheetPreview,
  result: ImportResult & { skipped: number },
): string[] => [
  importCountsLine(result),
  '  Columns:',
  ...columnLines(view, choices),
  ...sheetLines(view, preview),
  ...[preview, ...preview.others].flatMap(figureLines),
  ...(result.skipped > 0 ? [`  Left out: ${countPhrase(result.skipped, 'row')}.`] : []),
  ...sheetProblemLines(preview, view),
  ...(result.backup === null ? [] : [`Backup made first: ${result.backup}.`]),
];
