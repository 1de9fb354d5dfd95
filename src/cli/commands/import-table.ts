import { basename } from 'node:path';
import { columnTarget, sheetTypes } from '#shared/contract/sheets.ts';
import type {
  ColumnTarget,
  SheetChoices,
  SheetPreview,
  SheetType,
  SheetView,
} from '#shared/contract/sheets.ts';
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
  const view = await follow(await client.transfer.readSheet({ source }, calling), output);
  const choices = choicesFor(view, wanted);
  const preview = await follow(await client.transfer.previewSheet({ source, choices }, calling), output);
  const undecided = undecidedIn(preview);
  if (wanted['dry-run']) {
    const refused = undecided && { code: 'USAGE', message: undecided.message };
    dryResult(output, { mode: 'dry-run', ...outline(view, choices), ...preview }, refused, () =>
      tablePlanLines(view, choices, preview),
    );
    return;
  }
  if (undecided) throw undecided;
  const asked = { source, choices, backup: wanted.backup, sha256: preview.sha256 };
  const result = await follow(await client.transfer.importSheet(asked, calling), output);
  output.result(
    { mode: 'import', ...outline(view, choices), ...result, problem_list: preview.problems },
    () => importedTableLines(view, choices, preview, result),
  );
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
  return { type, columns, ...(wanted.matching ? { matching: wanted.matching } : {}) };
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

function undecidedIn({ matched }: SheetPreview): UsageError | null {
  if (matched.undecided === 0) return null;
  const message = `${matched.undecided} rows have the name of a record that is here already. Say with --matching whether they update it, are left out (skip) or are added once more (create). Nothing was changed.`;
  return new UsageError(message, { argument: '--matching' });
}
