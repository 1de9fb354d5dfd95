import { basename } from 'node:path';
import { columnTarget, sheetTypes } from '#shared/contract/sheets.ts';
import type {
  ColumnTarget,
  SheetChoices,
  SheetChoicesInput,
  SheetPreview,
  SheetType,
  SheetView,
} from '#shared/contract/sheets.ts';
import { targetFields } from '#core/import/table/guess.ts';
import { blockedText } from '#core/import/table/import.ts';
import { textEncodings } from '#shared/domain/encodings.ts';
import type { TextEncoding } from '#shared/domain/encodings.ts';
import type { ImportReport } from '#shared/contract/import-report.ts';
import type { ImportResult } from '#shared/contract/transfer.ts';
import { noticeText } from '#shared/texts/import-notices.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { list, oneOf } from '../args/option.ts';
import type { Context } from '../command.ts';
import { dryResult } from '../output/differences.ts';
import { UsageError } from '../output/errors.ts';
import { amount, countOf, countsLine, labelOf } from '../phrases.ts';
import { folderIsMissing, follow, pathOf, withWorkspace } from '../workspace.ts';
import type { Chosen, Open } from '../workspace.ts';

/** Options that only a table needs. */
export const forTables = {
  type: oneOf('TYPE', 'Type of the rows of a table (default: from the headings)', sheetTypes),
  column: list(
    'HEADING=FIELD',
    'Map a column or graph attribute to a field, id, own (keep it as a custom field) or ignore',
  ),
  sheet: list('NAME', 'Workbook sheet to import (default: the one most like records)'),
  encoding: oneOf('NAME', 'Encoding of a text file (default: detected)', textEncodings),
  decimals: oneOf('SIGN', 'Decimal separator, if the table does not show it', ['comma', 'point']),
  matching: oneOf(
    'WHAT',
    'What to do with rows that match an existing record by id, or by name and university (graphs: update or create)',
    ['update', 'skip', 'create'],
  ),
};

/** Whether a file is a table by its name. */
export const isTable = (file: string): boolean => /\.(csv|tsv|tab|txt|xlsx|xlsm|xls)$/i.test(file);

interface GivenTable extends Chosen {
  file: string;
  type: SheetType | undefined;
  column: readonly string[];
  sheet: readonly string[];
  encoding: TextEncoding | undefined;
  'loss-unit': SheetChoices['loss_unit'] | undefined;
  decimals: 'comma' | 'point' | undefined;
  matching: 'update' | 'skip' | 'create' | undefined;
  'dry-run': boolean;
  backup: boolean | undefined;
  map: string | undefined;
}

/** Imports a table as the window does: columns are guessed, and overridden by options. Throws UsageError and what the operations throw. */
export async function importTable(context: Context, given: GivenTable): Promise<void> {
  if (given.map !== undefined) {
    throw new UsageError('--map works only with frames-json files.', {
      argument: '--map',
    });
  }
  const missing = folderIsMissing(context, given);
  if (missing && given['dry-run']) {
    const message = 'A dry run of a table needs an existing workspace to look up names in.';
    throw new UsageError(message, { argument: '--workspace' });
  }
  const label = `import of ${basename(given.file)}`;
  await withWorkspace(
    context,
    { ...given, 'dry-run': false },
    label,
    (open) => importOpen(context, given, open),
    true,
  );
}

async function importOpen(context: Context, given: GivenTable, { core, client }: Open): Promise<void> {
  const { output, signal } = context;
  const calling = signal ? { signal } : {};
  const source = { grant: core.grants.issue(pathOf(context, given.file), 'read') };
  const { encoding } = given;
  const wanted = { source, layout: { sheet: null, header: null, encoding } };
  const first = await follow(await client.transfer.readSheet(wanted, calling), output);
  const views: SheetView[] = [];
  for (const sheet of sheetsOf(first, given.sheet)) {
    const layout = { sheet, header: null, encoding };
    views.push(
      sheet === null
        ? first
        : await follow(await client.transfer.readSheet({ source, layout }, calling), output),
    );
  }
  const chosen = views.flatMap((view) => {
    const layout = { sheet: view.sheet, header: view.header, encoding };
    // Each type of rows is a part of the import.
    const isSaid = given.type === undefined && view.row_types.includes(view.type);
    const types = isSaid ? view.row_types : [given.type ?? view.type];
    return types.map((type) => ({
      layout,
      choices: { ...choicesFor(view, given, type), elsewhere: types.filter((other) => other !== type) },
    }));
  });
  const [view] = views as [SheetView, ...SheetView[]];
  const [{ layout, choices }, ...others] = chosen as [(typeof chosen)[number], ...typeof chosen];
  const planned = { source, layout, choices, others };
  const preview = await follow(await client.transfer.previewSheet(planned, calling), output);
  const refused = undecidedFault(preview) ?? blockedFault(preview);
  if (given['dry-run']) {
    const why = refused && { code: 'USAGE', message: refused.message };
    dryResult(output, { mode: 'dry-run', ...outline(view, choices), ...preview }, why, () =>
      planLines(view, choices, preview),
    );
    return;
  }
  if (refused) throw refused;
  const input = { ...planned, backup: given.backup, sha256: preview.sha256 };
  const result = await follow(await client.transfer.importSheet(input, calling), output);
  output.result(
    { mode: 'import', ...outline(view, choices), ...result, problem_list: preview.problems },
    () => importedLines(view, choices, preview, result),
  );
}

/** The sheets that were named, by their numbers; null for the one that was found. Throws UsageError. */
function sheetsOf({ sheets }: SheetView, named: readonly string[]): readonly (number | null)[] {
  if (named.length === 0) return [null];
  return named.map((name) => {
    const index = sheets.findIndex((one) => one.toLowerCase() === name.trim().toLowerCase());
    if (index >= 0) return index;
    const all = sheets.map((one) => `"${one}"`).join(', ') || 'none';
    const details = { argument: '--sheet', given: name };
    throw new UsageError(`No sheet "${name}" in the file. Sheets: ${all}.`, details);
  });
}

/** What was understood: the type, and what each column becomes. */
function outline(view: SheetView, { type, columns }: Pick<SheetChoices, 'type' | 'columns'>) {
  const becomes = view.columns.map(({ name }, index) => [name, columns[index] ?? { to: 'ignore' }] as const);
  return { type, columns: Object.fromEntries(becomes) };
}

function choicesFor(view: SheetView, given: GivenTable, type: SheetType): SheetChoicesInput {
  const columns = [...(view.guesses[type] ?? [])];
  for (const one of given.column) {
    const at = one.lastIndexOf('=');
    const heading = one.slice(0, Math.max(at, 0));
    const index = view.columns.findIndex(({ name }) => name.toLowerCase() === heading.trim().toLowerCase());
    const details = { argument: '--column', given: one };
    if (index < 0 && given.sheet.length > 1) continue;
    if (index < 0) {
      const names = view.columns.map(({ name }) => `"${name}"`).join(', ');
      throw new UsageError(`No column "${heading}" in the table. Columns: ${names}.`, details);
    }
    const target = targetOf(one.slice(at + 1).trim(), type, view.columns[index]?.name ?? '');
    if (!target) {
      const fields = [...targetFields(type).map(({ key }) => key), 'id', 'own', 'ignore'].join(', ');
      throw new UsageError(`--column must map to one of these fields of a ${type}: ${fields}.`, details);
    }
    for (const [other, now] of columns.entries()) {
      if (other !== index && sameTarget(now, target))
        columns[other] = { to: 'own', name: view.columns[other]?.name ?? '' };
    }
    columns[index] = target;
  }
  return {
    type,
    columns,
    loss_unit: given['loss-unit'] ?? 'guess',
    decimals: given.decimals ?? 'guess',
    ...(given.matching ? { matching: given.matching } : {}),
  };
}

function targetOf(word: string, type: SheetType, name: string): ColumnTarget | null {
  if (word === 'own') return { to: 'own', name };
  if (word === 'id' || word === 'ignore') return columnTarget.parse({ to: word });
  return targetFields(type).some(({ key }) => key === word) ? { to: 'field', field: word } : null;
}

function sameTarget(one: ColumnTarget, other: ColumnTarget): boolean {
  if (one.to === 'id' || other.to === 'id') return one.to === other.to;
  return one.to === 'field' && other.to === 'field' && one.field === other.field;
}

function blockedFault({ blocked, others }: SheetPreview): UsageError | null {
  if (blocked === null || others.some(({ writes }) => writes > 0)) return null;
  return new UsageError(blockedText(blocked), { argument: 'FILE' });
}

function undecidedFault({ matched, others }: SheetPreview): UsageError | null {
  const undecided = others.reduce((sum, one) => sum + one.matched.undecided, matched.undecided);
  if (undecided === 0) return null;
  const message = `${undecided} rows have the name of an existing record. Use --matching update, skip or create. Nothing was changed.`;
  return new UsageError(message, { argument: '--matching' });
}

/** How many records of which kinds an import has written. */
export function writtenLine(result: Pick<ImportResult, 'created' | 'updated' | 'restored'>): string {
  const parts = (['created', 'updated', 'restored'] as const)
    .filter((part) => sumOf(result[part]) > 0)
    .map((part) => `${part} ${countsLine(result[part])}`);
  return parts.length > 0
    ? `Imported: ${parts.join('; ')}.`
    : 'Nothing to import: all records already match.';
}

/** The notices of an import, each on a line; that there are no problems only where the file is in the result as it stands. */
export function reportLines({ complete, notices }: ImportReport): string[] {
  return complete ? ['  No problems.'] : notices.map((notice) => `  ${noticeText(notice)}`);
}

const shown = 20;

function problemLines({ problem_count, problems, report }: SheetPreview, view: SheetView): string[] {
  if (problem_count === 0) return reportLines(report);
  const lines = problems.slice(0, shown).map((problem) => {
    const {
      code,
      column,
      value,
      count,
      lines: [first],
      action,
      suggestions,
    } = problem;
    const where = count === 1 ? `line ${first}` : `${count} rows from line ${first}`;
    const name = column === null ? '' : `, "${view.columns[column]?.name ?? ''}"`;
    const labels = suggestions.map(({ label }) => JSON.stringify(label)).join(' or ');
    const which = code === 'end_ambiguous' ? `: ${labels}` : '';
    return `    ${where}${name}: ${value === '' ? '' : `${JSON.stringify(value)} `}${labelOf(code).toLowerCase()}${which} (${action})`;
  });
  const more = problem_count - lines.length;
  return [
    ...reportLines(report),
    `  ${amount(problem_count, 'problem')}:`,
    ...lines,
    ...(more > 0 ? [`    … and ${more.toLocaleString('en-US')} more`] : []),
  ];
}

const columnLines = (view: SheetView, { columns }: Pick<SheetChoices, 'columns'>): string[] =>
  view.columns.map(({ name }, index) => {
    const target = columns[index] ?? { to: 'ignore' };
    const becomes =
      target.to === 'field' || target.to === 'id_of' ? `${target.to} ${target.field}` : target.to;
    return `    ${name}: ${becomes}`;
  });

function sheetLines({ sheets, sheet }: SheetView, { others }: SheetPreview): string[] {
  if (sheets.length < 2) return [];
  const names = sheets.map((name) => JSON.stringify(name)).join(', ');
  return [
    `  Sheet ${JSON.stringify(sheets[sheet])} of ${names}. Choose another with --sheet.`,
    ...others.map(
      ({ sheet: index, type, rows, writes, skipped }) =>
        `  Sheet ${JSON.stringify(sheets[index])}: ${countOf(rows, type)}, ${writes} written, ${skipped} left out.`,
    ),
  ];
}

type Understood = Pick<SheetChoices, 'type' | 'columns'>;

function planLines(view: SheetView, choices: Understood, preview: SheetPreview): string[] {
  const { creates, updates, restores, unchanged, skipped, matched, along_count } = preview;
  const counts = {
    new: creates,
    changed: updates,
    restored: restores,
    unchanged,
    'left out': skipped,
    'undecided (--matching)': matched.undecided,
    'also created': along_count,
  };
  return [
    `${view.name}: ${countOf(preview.rows, choices.type)}. Columns:`,
    ...columnLines(view, choices),
    ...sheetLines(view, preview),
    ...Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([word, count]) => `  ${word}: ${count.toLocaleString('en-US')}`),
    ...problemLines(preview, view),
    'Nothing was changed.',
  ];
}

const importedLines = (
  view: SheetView,
  choices: Understood,
  preview: SheetPreview,
  result: ImportResult & { skipped: number },
): string[] => [
  writtenLine(result),
  '  Columns:',
  ...columnLines(view, choices),
  ...sheetLines(view, preview),
  ...(result.skipped > 0 ? [`  Left out: ${amount(result.skipped, 'row')}.`] : []),
  ...problemLines(preview, view),
  ...(result.backup === null ? [] : [`Backup made first: ${result.backup}.`]),
];
