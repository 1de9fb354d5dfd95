import type { SheetChoices, SheetLayout, SheetType } from '#shared/contract/sheets.ts';
import { defaultOptions } from '#shared/contract/transfer.ts';
import type { ImportOptions, ImportResult } from '#shared/contract/transfer.ts';
import type { FileHandle } from '#shared/shell/files.ts';
import { atStart } from '../../api/window-state.ts';
import { api } from '../../api/client.ts';
import { isCancelled, isDisconnected } from '../../api/failures.ts';
import { awaitResult } from '../../api/stream.ts';
import { say } from '../../i18n/setup.ts';
import { acceptValues } from '../../stores/accepted-values.ts';
import { navigate, currentAddress } from '../../stores/address.ts';
import { whileSaving } from '../../stores/saving.ts';
import { countedAll, quoteName } from '../../text/names.ts';
import { notice } from '../../ui/notices.tsx';
import { keptValues, customFieldKeys, showImportedColumns } from './after-import.ts';
import { withShared, withType } from './choices.ts';
import { otherParts, readTable } from './read-table.ts';
import { dropHeadings, dropUnfinished, rememberTable } from './remember.ts';
import { setImportState, currentFile, partsOfSheet, currentTable, useImport } from './state.ts';
import type {
  ChosenSheet,
  FramesFile,
  ImportState,
  Landing,
  PreviewedFile,
  SourceFile,
  Table,
} from './state.ts';
import { writtenCounts } from './sentences.ts';

let currentRun: AbortController;
let timer: ReturnType<typeof setTimeout> | undefined;
atStart(() => {
  clearTimeout(timer);
  currentRun = new AbortController();
});

/** Milliseconds that choices rest before the preview is computed again. */
const debounceMs = 120;

const guessedLayout: SheetLayout = { sheet: null, header: null };

/** Files of spreadsheet programs; an old .xls is included to explain what to do with it. */
export const isTable = (name: string): boolean => /\.(csv|tsv|tab|txt|xlsx|xlsm|xls)$/i.test(name);

function startRun(): AbortSignal {
  clearTimeout(timer);
  currentRun.abort();
  currentRun = new AbortController();
  return currentRun.signal;
}

/** Reports a running import in a notice. Returns whether an import is running. */
export function reportIfBusy(): boolean {
  const isImporting = useImport.getState().stage === 'importing';
  if (isImporting) notice({ title: say('transfer:drop.busy'), more: say('transfer:drop.busyMore') });
  return isImporting;
}

export async function previewFile({ grant, name, bytes }: FileHandle): Promise<void> {
  await previewSource({ source: { grant }, name, bytes });
}

export async function previewText(text: string): Promise<void> {
  const name = say('sheets:pasted');
  await previewSource({ source: { text, name }, name, bytes: new TextEncoder().encode(text).length });
}

export async function previewSource(file: SourceFile): Promise<void> {
  if (reportIfBusy()) return;
  const signal = startRun();
  navigate({ kind: 'import' });
  setImportState({ stage: 'reading', file, progress: null });
  await runShowingErrors(signal, async () => {
    const { source } = file;
    const looked =
      'grant' in source && !isTable(file.name)
        ? await readFramesFile(file, source.grant, defaultOptions, signal)
        : await readTableOrExport(file, signal);
    if (signal.aborted) return;
    setImportState({ stage: 'looked', looked });
    if (looked.kind === 'table') await computePreview(signal);
  });
}

/** Runs work and shows its error, unless it was cancelled. */
async function runShowingErrors(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const state = useImport.getState();
    if (signal.aborted || isCancelled(error) || state.stage === 'nothing') return;
    const looked = 'looked' in state ? state.looked : null;
    const file = looked?.file ?? ('file' in state ? state.file : undefined);
    if (file) setImportState({ stage: 'failed', file, looked, error, landing: null });
  }
}

const readPlan = (grant: string, options: ImportOptions, signal: AbortSignal, file?: SourceFile) =>
  awaitResult(
    api.transfer.preview({ grant, options }, { signal }),
    (progress) => {
      if (file && !signal.aborted) setImportState({ stage: 'reading', file, progress });
    },
    signal,
  );

async function readFramesFile(
  file: SourceFile,
  grant: string,
  options: ImportOptions,
  signal: AbortSignal,
): Promise<FramesFile> {
  const plan = await readPlan(grant, options, signal, file);
  const initial = { force: false, backup: true, checking: false };
  return { kind: 'frames', file, grant, options, plan, ...initial };
}

/** Reads a table; a full export of FRAMES is read as such. */
async function readTableOrExport(file: SourceFile, signal: AbortSignal): Promise<PreviewedFile> {
  const table = await readTable(file, guessedLayout, true, signal);
  const { exported } = table.view;
  if (exported === null || !('grant' in file.source)) return table;
  return readFramesFile(file, file.source.grant, { ...defaultOptions, format: exported }, signal);
}

/** Updates view state only; the plan does not depend on it. */
export function changeImport(part: Partial<FramesFile> | Partial<Table>): void {
  const looked = currentFile();
  if (looked) setImportState({ stage: 'looked', looked: { ...looked, ...part } as PreviewedFile });
}

/** Applies decisions and computes the preview again. Decisions about a table are kept until it is imported. */
function applyDecisions(part: Partial<FramesFile> | Partial<Table>): void {
  changeImport({ ...part, checking: true });
  const table = currentTable();
  if (table && [table, ...partsOfSheet(table)].some(hasDecisions)) rememberTable(table, false);
  else if (table) dropUnfinished(table);
  const signal = startRun();
  timer = setTimeout(() => void computePreview(signal), debounceMs);
}

const hasDecisions = ({ choices, first }: ChosenSheet): boolean =>
  JSON.stringify(choices) !== JSON.stringify(first);

async function computePreview(signal: AbortSignal): Promise<void> {
  const looked = currentFile();
  if (!looked) return;
  await runShowingErrors(signal, async () => {
    if (looked.kind === 'frames') {
      const plan = await readPlan(looked.grant, looked.options, signal);
      if (!signal.aborted) changeImport({ plan, checking: false });
      return;
    }
    const preview = await awaitResult(
      api.transfer.previewSheet(inputOf(looked), { signal }),
      () => undefined,
      signal,
    );
    if (!signal.aborted) changeImport({ preview, checking: false });
  });
}

const inputOf = ({ file: { source }, layout, choices, others }: Table) => ({
  source,
  layout,
  choices,
  others: others.map((one) => ({ layout: one.layout, choices: one.choices })),
});

/** Reads the table as edges of a graph, whose ends become records. */
export async function readAsEdges(): Promise<void> {
  const table = currentTable();
  if (!table || !('grant' in table.file.source)) return;
  const { file } = table;
  const { grant } = table.file.source;
  const signal = startRun();
  changeImport({ checking: true });
  await runShowingErrors(signal, async () => {
    const looked = await readFramesFile(file, grant, { ...defaultOptions, format: 'csv-edges' }, signal);
    if (!signal.aborted) setImportState({ stage: 'looked', looked });
  });
}

export function chooseOptions(part: Partial<ImportOptions>): void {
  const looked = currentFile();
  if (looked?.kind === 'frames') applyDecisions({ options: { ...looked.options, ...part } });
}

export function decideSheet(choices: Partial<SheetChoices> | ((now: SheetChoices) => SheetChoices)): void {
  const table = currentTable();
  if (!table) return;
  const before = table.choices;
  const after = typeof choices === 'function' ? choices(before) : { ...before, ...choices };
  const others = table.others.map((one) =>
    one.view.sheet === table.view.sheet ? { ...one, choices: withShared(one.choices, after) } : one,
  );
  applyDecisions({ choices: after, others });
}

/** Sets the type of all rows; with null, each row has the type in its type column. */
export function chooseRows(type: SheetType | null): void {
  const table = currentTable();
  if (!table) return;
  const { view, layout } = table;
  const choices = withType(table.choices, view, type);
  applyDecisions({
    choices,
    others: [...otherParts({ view, layout }, choices), ...partsOfOtherSheets(table)],
    preview: null,
  });
}

export function showPart(type: SheetType): void {
  const table = currentTable();
  const part = table && partsOfSheet(table).find(({ choices }) => choices.type === type);
  if (!part) return;
  const { view, layout, choices, first } = table;
  const others = table.others.map((one) => (one === part ? { view, layout, choices, first } : one));
  applyDecisions({ choices: part.choices, first: part.first, others, preview: null });
}

const partsOfOtherSheets = ({ view, others }: Table): ChosenSheet[] =>
  others.filter((one) => one.view.sheet !== view.sheet);

/** Reads the same file with another sheet or heading row. Earlier corrections are dropped: they belong to other lines. */
export async function changeSheetLayout(layout: SheetLayout): Promise<void> {
  const table = currentTable();
  if (!table) return;
  const signal = startRun();
  changeImport({ checking: true });
  await runShowingErrors(signal, async () => {
    // An additional sheet keeps its heading row and decisions when shown; the sheet shown before becomes additional.
    const additional = partsOfOtherSheets(table).find((one) => one.view.sheet === layout.sheet);
    const newTable = await readTable(table.file, additional?.layout ?? layout, false, signal);
    if (signal.aborted) return;
    const chosenSheet = partsOfOtherSheets(table).find((one) => one.view.sheet === newTable.view.sheet);
    const others = table.others.filter((one) => one !== chosenSheet);
    const { view, layout: oldLayout, choices, first } = table;
    const remaining = partsOfOtherSheets(table).filter((one) => one.view.sheet !== newTable.view.sheet);
    applyDecisions({
      layout: newTable.layout,
      view: newTable.view,
      first: chosenSheet?.first ?? newTable.first,
      isRemembered: newTable.isRemembered,
      returned: false,
      preview: null,
      choices: chosenSheet?.choices ?? newTable.choices,
      others: chosenSheet
        ? [...others, { view, layout: oldLayout, choices, first }]
        : [...newTable.others, ...remaining],
    });
  });
}

/** Chooses additional sheets; each is read as guessed. */
export async function chooseOtherSheets(sheets: readonly number[]): Promise<void> {
  const table = currentTable();
  if (!table) return;
  const signal = startRun();
  changeImport({ checking: true });
  await runShowingErrors(signal, async () => {
    const others = partsOfSheet(table);
    for (const sheet of sheets) {
      const chosenParts = table.others.filter(({ view }) => view.sheet === sheet);
      others.push(...chosenParts);
      if (chosenParts.length > 0) continue;
      const sheetTable = await readTable(table.file, { sheet, header: null }, false, signal);
      others.push(sheetTable, ...sheetTable.others);
    }
    if (!signal.aborted) applyDecisions({ others });
  });
}

export async function startOver(): Promise<void> {
  const table = currentTable();
  if (table) dropUnfinished(table);
  await changeSheetLayout(guessedLayout);
}

export function guessAgain(): void {
  const table = currentTable();
  if (!table) return;
  dropHeadings(table.view);
  const { view, layout } = table;
  const hasTypedRows = view.row_types.length > 1 && view.row_types.includes(view.type);
  const choices = withType(table.choices, view, hasTypedRows ? null : view.type);
  const others = [...otherParts({ view, layout }, choices), ...partsOfOtherSheets(table)];
  applyDecisions({ choices, first: choices, others, isRemembered: false, returned: false });
}

/** Cancels the preview, or closes a finished import. */
export function leaveImport(): void {
  startRun();
  setImportState({ stage: 'nothing' });
}

export function backToPreview(): void {
  const state = useImport.getState();
  if (state.stage !== 'failed' || !state.looked) return;
  setImportState({ stage: 'looked', looked: state.looked });
  applyDecisions({});
}

export async function startImport(): Promise<void> {
  const looked = currentFile();
  if (!looked || looked.checking) return;
  const signal = startRun();
  setImportState({ stage: 'importing', looked, progress: null, cancelling: false });
  const since = await readNewestId().catch(() => null);
  try {
    const result = await whileSaving(() => runImport(looked, signal));
    setImportState({ stage: 'done', looked, result });
    if (currentAddress().view.kind !== 'import') reportImported(looked.file.name, result);
  } catch (error) {
    await endWithoutResult(looked, error, since);
  }
}

async function runImport(looked: PreviewedFile, signal: AbortSignal): Promise<ImportResult> {
  const report = (progress: Extract<ImportState, { stage: 'importing' }>['progress']): void =>
    setImportState({ stage: 'importing', looked, progress, cancelling: signal.aborted });
  if (looked.kind === 'frames') {
    const { grant, options, plan, backup } = looked;
    const copies = { backup: backup && !plan.workspace_empty, sha256: plan.sha256 };
    const input = { grant, options, force: true, ...copies };
    return awaitResult(api.transfer.importFile(input, { signal }), report, signal);
  }
  const { preview, backup, workspace } = looked;
  const sheets: readonly ChosenSheet[] = [looked, ...looked.others];
  if (!preview) throw new Error('nothing was worked out yet');
  const oldFieldKeys = await Promise.all(
    sheets.map(({ choices }) => customFieldKeys(choices.type).catch(() => [])),
  );
  const copies = { backup: backup && !preview.workspace_empty, sha256: preview.sha256 };
  const input = { ...inputOf(looked), ...copies };
  const result = await awaitResult(api.transfer.importSheet(input, { signal }), report, signal);
  rememberTable(looked, true);
  if (result.op_id !== '') {
    for (const [index, { view, choices }] of sheets.entries()) {
      showImportedColumns(view, choices, oldFieldKeys[index] ?? []);
      // Values that the person kept are accepted, so that Home does not ask about them.
      acceptValues(workspace, keptValues(choices));
    }
  }
  return result;
}

/** Cancels a running import, which is rolled back completely. */
export function cancelImport(): void {
  const state = useImport.getState();
  if (state.stage !== 'importing') return;
  setImportState({ ...state, cancelling: true });
  currentRun.abort();
}

/** Id of the newest history entry; 0 without any. */
const readNewestId = async (): Promise<number> => (await api.history.list({ limit: 1 })).rows[0]?.id ?? 0;

/** Whether an import of a file with this name is among the entries after `since`. */
async function findLanding(source: string, since: number): Promise<Landing> {
  const { rows } = await api.history.list({ limit: 100 });
  const importEntry = rows.find(
    ({ id, label, params }) =>
      id > since && ['import', 'sheet.import'].includes(label) && params.source === source,
  );
  return importEntry ? { state: 'landed', op_id: importEntry.op_id } : { state: 'not' };
}

/** An import without a result. Only the history knows whether it was completed. */
async function endWithoutResult(looked: PreviewedFile, error: unknown, since: number | null): Promise<void> {
  const { file } = looked;
  const fail = (landing: Landing | null): void =>
    setImportState({ stage: 'failed', file, looked, error, landing });
  if (since === null || !(isCancelled(error) || isDisconnected(error))) {
    fail(null);
    return;
  }
  if (isDisconnected(error)) fail({ state: 'looking' });
  const landing = await findLanding(file.name, since).catch(() => null);
  if (!['importing', 'failed'].includes(useImport.getState().stage)) return;
  if (isCancelled(error) && landing?.state !== 'landed') {
    setImportState({ stage: 'looked', looked });
    notice({ title: say('notices:cancelled', { what: say('transfer:title', { name: file.name }) }) });
  } else fail(landing);
}

function reportImported(name: string, result: ImportResult): void {
  const countsText = countedAll(writtenCounts(result));
  notice({
    title:
      countsText === ''
        ? say('transfer:done.title', { name })
        : say('audit:importCounted', { what: countsText, source: quoteName(name) }),
    needsAttention: true,
    action: { label: say('common:show'), run: () => navigate({ kind: 'import' }) },
  });
}
