import type { FileHandle } from '#shared/shell/files.ts';
import type { SheetChoices, SheetLayout } from '#shared/contract/sheets.ts';
import { api } from '../../../api/client.ts';
import { isCancelled } from '../../../api/failures.ts';
import { follow } from '../../../api/stream.ts';
import { say } from '../../../i18n/setup.ts';
import { go, here } from '../../../stores/address.ts';

import { whileSaving } from '../../../stores/saving.ts';
import { acceptValues } from '../../../stores/accepted-values.ts';
import { notice } from '../../../ui/notices.tsx';
import { endWithout, newestEntry, reportImported } from '../import/ending.ts';
import { importSum } from '../import/plan.ts';
import { leave as leaveFile } from '../import/run.ts';
import { useImport } from '../import/state.ts';
import { keptValues, ownKeys, showImported } from './after.ts';
import { withType } from './choices.ts';
import { madeByHand, momentOf, tableOf } from './reading.ts';
import { forget, forgetUnfinished, keepUnfinished, remember } from './remember.ts';
import { changeTable, enter, tableNow, useSheet } from './state.ts';
import type { Moment, OtherSheet, SheetFile, Table } from './state.ts';

let running = new AbortController();
let timer: ReturnType<typeof setTimeout> | undefined;

/** How long choices rest before the rows are checked again, in milliseconds. */
const rest = 120;

/** Stops what runs and gives the signal of what comes next. */
function next(): AbortSignal {
  clearTimeout(timer);
  running.abort();
  running = new AbortController();
  return running.signal;
}

/** True while an import is being written, of whatever kind. */
export function isImporting(): boolean {
  return useSheet.getState().stage === 'importing' || useImport.getState().stage === 'importing';
}

const anywhere: SheetLayout = { sheet: null, header: null };

/** Opens the import view and looks at a spreadsheet. */
export async function lookAtSheet(file: FileHandle): Promise<void> {
  await look({ source: { grant: file.grant }, name: file.name, bytes: file.bytes });
}

/** Looks at a table that was pasted as text. */
export async function lookAtText(text: string): Promise<void> {
  const name = say('sheets:pasted');
  await look({ source: { text, name }, name, bytes: new TextEncoder().encode(text).length });
}

async function look(file: SheetFile): Promise<void> {
  if (isImporting()) {
    notice({ title: say('transfer:drop.busy'), more: say('transfer:drop.busyMore') });
    return;
  }
  leaveFile();
  const signal = next();
  go({ kind: 'import' });
  enter({ stage: 'reading', file, progress: null });
  await read(file, anywhere, signal);
}

/** Looks at the same file again: another sheet, another line of headings. What was mended before belongs to other lines. */
export async function relayout(layout: SheetLayout): Promise<void> {
  const table = tableNow();
  if (!table) return;
  const signal = next();
  // What is looked at stays as it is until the new one is known.
  changeTable({ checking: true });
  await read(table.file, layout, signal);
}

async function read(file: SheetFile, layout: SheetLayout, signal: AbortSignal): Promise<void> {
  try {
    const first = tableNow() === null;
    const table = await tableOf(file, layout, first, signal);
    if (signal.aborted) return;
    const before = tableNow();
    if (before) {
      show({ ...before, ...momentOf(table), ...swapped(before, table) });
      return;
    }
    enter({ stage: 'table', table });
    await check(signal);
  } catch (error) {
    if (signal.aborted || isCancelled(error)) return;
    enter({ stage: 'failed', file, table: null, error, landing: null });
  }
}

/** Goes on to what is decided from now on; it is kept for this file until that is imported, and the rows are checked again. */
function show(table: Table): void {
  const before = tableNow();
  const preview = before?.view === table.view ? table.preview : null;
  changeTable({ ...table, preview, checking: true });
  if (madeByHand(momentOf(table), table.first) > 0) keepUnfinished(table.workspace, table, table.file.name);
  else forgetUnfinished(table.workspace, table.view);
  const signal = next();
  timer = setTimeout(() => void check(signal), rest);
}

/** Goes on with another view of the table, or with other choices. */
function put(moment: Partial<Moment>): void {
  const table = tableNow();
  if (table) show({ ...table, ...moment });
}

/** Chooses which other sheets are imported too; each is read as it is guessed. */
export async function chooseOthers(sheets: readonly number[]): Promise<void> {
  const table = tableNow();
  if (!table) return;
  const signal = next();
  changeTable({ checking: true });
  try {
    const others: OtherSheet[] = [];
    for (const sheet of sheets) {
      const known = table.others.find(({ layout }) => layout.sheet === sheet);
      const layout = { sheet, header: null };
      others.push(known ?? { layout, choices: (await tableOf(table.file, layout, false, signal)).choices });
    }
    if (signal.aborted) return;
    show({ ...table, others });
  } catch (error) {
    if (signal.aborted || isCancelled(error)) return;
    enter({ stage: 'failed', file: table.file, table, error, landing: null });
  }
}

/** Decides something about the table; the rows are checked again. */
export function decide(choices: Partial<SheetChoices> | ((now: SheetChoices) => SheetChoices)): void {
  const table = tableNow();
  if (!table) return;
  const now = table.choices;
  const changed = typeof choices === 'function' ? choices(now) : { ...now, ...choices };
  put({ choices: changed, remembered: table.remembered && changed.columns === now.columns });
}

/** Does without what was chosen before. */
export function beginAnew(): void {
  const table = tableNow();
  if (table) put(table.first);
}

/** Another sheet is looked at: where it was chosen besides, the one before is now, and what was decided of it stays. */
function swapped({ layout, choices, others }: Table, table: Table): Partial<Table> {
  const { sheet } = table.layout;
  const chosen = others.find((one) => one.layout.sheet === sheet);
  if (!chosen) return {};
  const rest = others.filter((one) => one !== chosen);
  return { choices: chosen.choices, others: [...rest, { layout, choices }] };
}

async function check(signal: AbortSignal): Promise<void> {
  const table = tableNow();
  if (!table) return;
  const { file, layout, choices, others } = table;
  try {
    const stream = api.transfer.previewSheet(
      { source: file.source, layout, choices, others: [...others] },
      { signal },
    );
    const preview = await follow(stream, () => undefined, signal);
    if (!signal.aborted) changeTable({ preview, checking: false });
  } catch (error) {
    if (signal.aborted || isCancelled(error)) return;
    enter({ stage: 'failed', file, table: tableNow(), error, landing: null });
  }
}

/** Guesses the columns anew and forgets how they were mapped last time. */
export function guessAnew(): void {
  const table = tableNow();
  if (!table) return;
  forget(table.view);
  const choices = withType(table.choices, table.view, table.view.type);
  put({ choices, remembered: false, recalled: [], lastDates: {} });
}

/** Gives up looking, or forgets what has ended. */
export function leaveSheet(): void {
  next();
  enter({ stage: 'nothing' });
}

/** Returns to the table after the import failed. */
export function backToTable(): void {
  const state = useSheet.getState();
  if (state.stage !== 'failed' || !state.table) return;
  enter({ stage: 'table', table: { ...state.table, checking: true } });
  void check(next());
}

/** Imports the table that is looked at, and says how it ended. */
export async function startSheetImport(): Promise<void> {
  const table = tableNow();
  if (!table || table.checking || !table.preview) return;
  const { file, layout, choices, preview, backup, view, others } = table;
  const signal = next();
  enter({ stage: 'importing', table, progress: null, cancelling: false });
  const since = await newestEntry().catch(() => null);
  const before = await ownKeys(choices.type).catch(() => []);
  try {
    const asked = {
      source: file.source,
      layout,
      choices,
      others: [...others],
      sha256: preview.sha256,
      backup: backup && !preview.workspace_empty,
    };
    const result = await whileSaving(() =>
      follow(
        api.transfer.importSheet(asked, { signal }),
        (progress) => enter({ stage: 'importing', table, progress, cancelling: signal.aborted }),
        signal,
      ),
    );
    const { workspace } = table;
    forgetUnfinished(workspace, view);
    remember(view, choices, { ...view, workspace });
    if (result.op_id !== '') {
      showImported(view, choices, before);
      // What was decided here is not asked about again on Home.
      acceptValues(workspace, keptValues(choices));
    }
    enter({ stage: 'done', table, result });
    if (here().view.kind !== 'import') reportImported(file.name, importSum(result));
  } catch (error) {
    await ended(table, error, since);
  }
}

function ended(table: Table, error: unknown, since: number | null): Promise<void> {
  const { file } = table;
  return endWithout({
    name: file.name,
    error,
    since,
    fail: (landing) => enter({ stage: 'failed', file, table, error, landing }),
    takeBack: () => enter({ stage: 'table', table }),
    waits: () => ['importing', 'failed'].includes(useSheet.getState().stage),
  });
}

/** Stops an import that is being written; it is taken back whole. */
export function cancelSheetImport(): void {
  const state = useSheet.getState();
  if (state.stage !== 'importing') return;
  enter({ ...state, cancelling: true });
  running.abort();
}
