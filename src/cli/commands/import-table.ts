import { basename } from 'node:path';
import { columnTarget, sheetTypes } from '#shared/contract/sheets.ts';
import type {
  ColumnTarget,
  SheetChoices,
  SheetPreview,
  SheetType,
  SheetView,
} from '#shared/contract/sheets.ts';
import { blockedText } from '#core/import/table/import.ts';
import { targetFields } from '#core/import/table/guess.ts';
import { list, maybeOneOf } from '../args/option.ts';
import { UsageError } from '../args/usage-error.ts';
import type { Context } from '../command.ts';
import { pathOf } from '../files.ts';
import { dryResult } from '../dry.ts';
import { follow } from '../follow.ts';
import { importedTableLines, tablePlanLines } from '../output/import-table.ts';
import { folderIsMissing, withWorkspace } from '../workspace.ts';
import type { Chosen, Open } from '../workspace.ts';

/** Options that only a table needs. */
export const forTables = {
  type: maybeOneOf('TYPE', 'What each row of a table is; guessed unless told', sheetTypes),
  column: list(
    'HEADING=FIELD',
    'What a column of a table becomes: a field, id, own (kept under its name) or ignore',
  ),
  sheet: list(
    'NAME',
    'The sheets of a workbook to import; unless told, the one that looks most like records',
  ),
  matching: maybeOneOf(
    'WHAT',
    'What becomes of rows whose record is here already, by id or by name and university',
    ['update', 'skip', 'create'],
  ),
};

/** Whether a file is a table by its name. */
export const isTable = (file: string): boolean => /\.(csv|tsv|tab|txt|xlsx|xlsm|xls)$/i.test(file);

export interface WantedTable extends Chosen {
  file: string;
  type: SheetType | undefined;
  column: readonly string[];
  sheet: readonly string[];
  'loss-unit': SheetChoices['loss_unit'];
  matching: 'update' | 'skip' | 'create' | undefined;
  'dry-run': boolean;
  backup: boolean | undefined;
  map: string | undefined;
}

/** Imports a table as the window does: columns are guessed, and told otherwise by options. Throws UsageError and what the operations throw. */
export async function importTable(context: Context, wanted: WantedTable): Promise<void> {
  if (wanted.map !== undefined) {
    throw new UsageError('--map is for frames-json files: a table has no ids to write down.', {
      argument: '--map',
    });
  }
  const missing = folderIsMissing(context, wanted);
  if (missing && wanted['dry-run']) {
    const message = 'A dry run of a table needs a workspace that is there: its names are looked up in it.';
    throw new UsageError(message, { argument: '--workspace' });
  }
  const label = `import of ${basename(wanted.file)}`;
  await withWorkspace(context, wanted, label, (open) => bring(context, wanted, open), true);
}

async function bring(context: Context, wanted: WantedTable, { core, client }: Open): Promise<void> {
  const { output, signal } = context;
  const calling = signal ? { signal } : {};
  const source = { grant: core.grants.issue(pathOf(context, wanted.file), 'read') };
  const first = await follow(await client.transfer.readSheet({ source }, calling), output);
  const views: SheetView[] = [];
  for (const sheet of sheetsOf(first, wanted.sheet)) {
    const layout = { sheet, header: null };
    views.push(
      sheet === null
        ? first
        : await follow(await client.transfer.readSheet({ source, layout }, calling), output),
    );
  }
  const chosen = views.map((view) => ({
    layout: { sheet: view.sheet, header: view.header },
    choices: choicesFor(view, wanted),
  }));
  const [view] = views as [SheetView, ...SheetView[]];
  const [{ layout, choices }, ...others] = chosen as [(typeof chosen)[number], ...typeof chosen];
  const planned = { source, layout, choices, others };
  const preview = await follow(await client.transfer.previewSheet(planned, calling), output);
  const refused = undecidedIn(preview) ?? blockedIn(preview);
  if (wanted['dry-run']) {
    const why = refused && { code: 'USAGE', message: refused.message };
    dryResult(output, { mode: 'dry-run', ...outline(view, choices), ...preview }, why, () =>
      tablePlanLines(view, choices, preview),
    );
    return;
  }
  if (refused) throw refused;
  const asked = { ...planned, backup: wanted.backup, sha256: preview.sha256 };
  const result = await follow(await client.transfer.importSheet(asked, calling), output);
  output.result(
    { mode: 'import', ...outline(view, choices), ...result, problem_list: preview.problems },
    () => importedTableLines(view, choices, preview, result),
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
    throw new UsageError(`The file has no sheet "${name}"; its sheets are: ${all}.`, details);
  });
}

/** What was understood: the type, and what each column becomes. */
function outline(view: SheetView, { type, columns }: Pick<SheetChoices, 'type' | 'columns'>) {
  const becomes = view.columns.map(({ name }, index) => [name, columns[index] ?? { to: 'ignore' }] as const);
  return { type, columns: Object.fromEntries(becomes) };
}

function choicesFor(view: SheetView, wanted: WantedTable) {
  const type = wanted.type ?? view.type;
  const columns = [...(view.guesses[type] ?? [])];
  for (const given of wanted.column) {
    const at = given.lastIndexOf('=');
    const heading = given.slice(0, Math.max(at, 0));
    const index = view.columns.findIndex(({ name }) => name.toLowerCase() === heading.trim().toLowerCase());
    const details = { argument: '--column', given };
    if (index < 0 && wanted.sheet.length > 1) continue;
    if (index < 0) {
      const names = view.columns.map(({ name }) => `"${name}"`).join(', ');
      throw new UsageError(`The table has no column "${heading}"; it has ${names}.`, details);
    }
    const target = targetOf(given.slice(at + 1).trim(), type, view.columns[index]?.name ?? '');
    if (!target) {
      const fields = [...targetFields(type).map(({ key }) => key), 'id', 'own', 'ignore'].join(', ');
      throw new UsageError(`A column of a ${type} table becomes one of ${fields}.`, details);
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
    loss_unit: wanted['loss-unit'],
    ...(wanted.matching ? { matching: wanted.matching } : {}),
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

function blockedIn({ blocked, others }: SheetPreview): UsageError | null {
  if (blocked === null || others.some(({ writes }) => writes > 0)) return null;
  return new UsageError(blockedText(blocked), { argument: 'FILE' });
}

function undecidedIn({ matched, others }: SheetPreview): UsageError | null {
  const undecided = others.reduce((sum, one) => sum + one.undecided, matched.undecided);
  if (undecided === 0) return null;
  const message = `${undecided} rows have the name of a record that is here already. Say with --matching whether they update it, are left out (skip) or are added once more (create). Nothing was changed.`;
  return new UsageError(message, { argument: '--matching' });
}
