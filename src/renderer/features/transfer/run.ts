import type { ColumnTarget, SheetChoices, SheetLayout, SheetType } from '#shared/contract/sheets.ts';
import { isTableName } from '#shared/domain/formats.ts';
import { defaultImportOptions } from '#shared/contract/transfer.ts';
import type { ImportOptions } from '#shared/contract/transfer.ts';
import type { FileHandle } from '#shared/shell/files.ts';
import { atStart } from '../../api/window-state.ts';
import { api } from '../../api/client.ts';
import { isCancelled } from '../../api/failures.ts';
import { awaitResult } from '../../api/stream.ts';
import { say } from '../../i18n/setup.ts';
import { faultData } from '../../text/faults.ts';
import { navigate } from '../../stores/address.ts';
import { notice } from '../../ui/notices.tsx';
import {
  chosenTargets,
  withChosen,
  withGuesses,
  withLeftColumns,
  withoutCustomColumns,
  withShared,
  withUniversity,
  withDecisions,
  withType,
} from './choices.ts';
import { otherParts, readTable, readView } from './read-table.ts';
import { dropHeadings, dropUnfinished, rememberTable } from './remember.ts';
import { setImportState, currentFile, partsOfSheet, currentTable, useImport } from './state.ts';
import type { ChosenSheet, FramesFile, PreviewedFile, SourceFile, Table } from './state.ts';

let currentRun: AbortController;
let previewTimer: ReturnType<typeof setTimeout> | undefined;
atStart(() => {
  clearTimeout(previewTimer);
  currentRun = new AbortController();
});

/** Milliseconds without another choice before the preview is computed again. */
const debounceMs = 120;

const guessedLayout: SheetLayout = { sheet: null, header: null };

export function startRun(): AbortSignal {
  clearTimeout(previewTimer);
  currentRun.abort();
  currentRun = new AbortController();
  return currentRun.signal;
}

export const abortRun = (): void => currentRun.abort();

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
    const previewedFile =
      'grant' in source && !isTableName(file.name)
        ? await readFramesFile(file, source.grant, defaultImportOptions, signal).catch((error: unknown) => {
            if (faultData(error, 'BAD_FILE')?.reason !== 'record_list') throw error;
            return readTableOrExport(file, signal);
          })
        : await readTableOrExport(file, signal);
    if (signal.aborted) return;
    setImportState({ stage: 'previewed', previewedFile });
    if (previewedFile.kind === 'table') await computePreview(signal);
  });
}

/** Runs work that replaces the preview, which is outdated until then. */
function refreshPreview(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const signal = startRun();
  changeImport({ isChecking: true });
  return runShowingErrors(signal, () => work(signal));
}

/** Runs work and shows its error, unless it was cancelled. */
async function runShowingErrors(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const state = useImport.getState();
    if (signal.aborted || isCancelled(error) || state.stage === 'nothing') return;
    const previewedFile = 'previewedFile' in state ? state.previewedFile : null;
    const file = previewedFile?.file ?? ('file' in state ? state.file : undefined);
    if (file) setImportState({ stage: 'failed', file, previewedFile, error, historyLookup: null });
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
  const initial = { hasConsent: false, backup: true, isChecking: false };
  return { kind: 'frames', file, grant, options, plan, ...initial };
}

/** Reads a table; a full export of FRAMES is read as such. */
async function readTableOrExport(file: SourceFile, signal: AbortSignal): Promise<PreviewedFile> {
  const table = await readTable(file, guessedLayout, { canResume: true, signal });
  const { exported } = table.view;
  if (exported === null || !('grant' in file.source)) return table;
  return readFramesFile(file, file.source.grant, { ...defaultImportOptions, format: exported }, signal);
}

/** Updates view state only; the plan does not depend on it. */
export function changeImport(part: Partial<FramesFile> | Partial<Table>): void {
  const previewedFile = currentFile();
  if (previewedFile)
    setImportState({ stage: 'previewed', previewedFile: { ...previewedFile, ...part } as PreviewedFile });
}

/** Applies decisions and computes the preview again. Decisions about a table are kept until it is imported. */
function applyDecisions(part: Partial<FramesFile> | Partial<Table>): void {
  changeImport({ ...part, isChecking: true });
  const table = currentTable();
  if (table && [table, ...partsOfSheet(table)].some(hasDecisions))
    rememberTable(table, { isImported: false });
  else if (table) dropUnfinished(table);
  const signal = startRun();
  previewTimer = setTimeout(() => void computePreview(signal), debounceMs);
}

const hasDecisions = ({ choices, proposedChoices, layout }: ChosenSheet): boolean =>
  JSON.stringify(choices) !== JSON.stringify(proposedChoices) || isDecidedLayout(layout);

const isDecidedLayout = ({ type_column, fill_down, word_types }: SheetLayout): boolean =>
  [type_column, fill_down, word_types].some((part) => part !== undefined);

async function computePreview(signal: AbortSignal): Promise<void> {
  const previewedFile = currentFile();
  if (!previewedFile) return;
  await runShowingErrors(signal, async () => {
    if (previewedFile.kind === 'frames') {
      const plan = await readPlan(previewedFile.grant, previewedFile.options, signal);
      if (!signal.aborted) changeImport({ plan, isChecking: false });
      return;
    }
    const preview = await awaitResult(
      api.transfer.previewSheet(sheetInput(previewedFile), { signal }),
      () => undefined,
      signal,
    );
    if (!signal.aborted) changeImport({ preview, isChecking: false });
  });
}

export const sheetInput = ({ file: { source }, layout, choices, others }: Table) => ({
  source,
  layout,
  choices,
  others: others.map((part) => ({ layout: part.layout, choices: part.choices })),
});

export function chooseOptions(part: Partial<ImportOptions>): void {
  const previewedFile = currentFile();
  if (previewedFile?.kind === 'frames') applyDecisions({ options: { ...previewedFile.options, ...part } });
}

export function changeChoices(
  choices: Partial<SheetChoices> | ((current: SheetChoices) => SheetChoices),
): void {
  const table = currentTable();
  if (!table) return;
  const oldChoices = table.choices;
  const newChoices = typeof choices === 'function' ? choices(oldChoices) : { ...oldChoices, ...choices };
  const others = table.others.map((part) => ({
    ...part,
    choices:
      part.view.sheet === table.view.sheet
        ? withShared(part.choices, newChoices)
        : withUniversity(part.choices, newChoices),
  }));
  applyDecisions({ choices: newChoices, others });
}

/** Leaves out the custom fields of all types of the shown sheet, or takes that back. */
export function leaveOutCustomColumns(isLeftOut: boolean): void {
  const table = currentTable();
  if (!table) return;
  const change = <T extends ChosenSheet>(part: T): T => ({
    ...part,
    choices: isLeftOut ? withoutCustomColumns(part.choices) : withLeftColumns(part.choices, part.view),
  });
  const parts = partsOfSheet(table);
  applyDecisions({
    choices: change(table).choices,
    others: table.others.map((part) => (parts.includes(part) ? change(part) : part)),
  });
}

/** Decides what a column becomes, or with null leaves it to be guessed; the columns that nobody decided are guessed again. */
export async function chooseColumn(column: number, target: ColumnTarget | null): Promise<void> {
  const table = currentTable();
  if (!table) return;
  const choices = withChosen(table.choices, table.view, column, target);
  changeImport({ choices });
  await refreshPreview(async (signal) => {
    const { file, layout } = table;
    const view = await readView(file, { layout, chosen: chosenTargets(choices) }, signal);
    if (signal.aborted) return;
    changeImport({ view });
    changeChoices(withGuesses(choices, view));
  });
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
  const { view, layout, choices, proposedChoices } = table;
  const others = table.others.map((other) =>
    other === part ? { view, layout, choices, proposedChoices } : other,
  );
  applyDecisions({ choices: part.choices, proposedChoices: part.proposedChoices, others, preview: null });
}

const partsOfOtherSheets = ({ view, others }: Table): ChosenSheet[] =>
  others.filter((part) => part.view.sheet !== view.sheet);

/** Fills the empty cells of a column with the value above them, or leaves them empty again. */
export async function fillFromAbove(column: number, isFilled: boolean): Promise<void> {
  const table = currentTable();
  if (!table) return;
  const others = (table.layout.fill_down ?? []).filter((other) => other !== column);
  await changeSheetLayout({ ...table.layout, fill_down: isFilled ? [...others, column] : others });
}

/** Reads the same file with another sheet, heading row or layout of columns. Corrections of rows are kept only for the same lines. */
export async function changeSheetLayout(layout: SheetLayout): Promise<void> {
  const table = currentTable();
  if (!table) return;
  await refreshPreview(async (signal) => {
    // An additional sheet keeps its heading row and decisions when shown; the sheet shown before becomes additional.
    const additional = partsOfOtherSheets(table).find((part) => part.view.sheet === layout.sheet);
    const isSameTable = (['sheet', 'header', 'encoding', 'hidden'] as const).every(
      (part) => layout[part] === table.layout[part],
    );
    const { [layout.type_column ?? -1]: _, ...chosen } = isSameTable ? chosenTargets(table.choices) : {};
    const newTable = await readTable(table.file, additional?.layout ?? layout, {
      canResume: false,
      signal,
      chosen,
    });
    if (signal.aborted) return;
    // A type that a person chose stays, unless the rows now have types of their own.
    const isTypeKept =
      isSameTable && table.choices.settled.includes('type') && newTable.view.row_types.length === 0;
    const keepUniversity = (part: SheetChoices): SheetChoices => withUniversity(part, table.choices);
    const typedChoices = isTypeKept
      ? withType(newTable.choices, newTable.view, table.choices.type)
      : newTable.choices;
    const keepDecisions = (part: SheetChoices): SheetChoices =>
      isSameTable ? withDecisions(part, table.choices) : keepUniversity(part);
    const chosenSheet = partsOfOtherSheets(table).find((part) => part.view.sheet === newTable.view.sheet);
    const others = table.others.filter((part) => part !== chosenSheet);
    const { view, layout: oldLayout, choices, proposedChoices } = table;
    const remaining = partsOfOtherSheets(table).filter((part) => part.view.sheet !== newTable.view.sheet);
    applyDecisions({
      layout: newTable.layout,
      view: newTable.view,
      proposedChoices: chosenSheet?.proposedChoices ?? newTable.proposedChoices,
      isRemembered: newTable.isRemembered,
      isResumed: false,
      preview: null,
      choices: chosenSheet?.choices ?? keepDecisions(typedChoices),
      others: chosenSheet
        ? [...others, { view, layout: oldLayout, choices, proposedChoices }]
        : [
            ...newTable.others.map((part) => ({ ...part, choices: keepDecisions(part.choices) })),
            ...remaining,
          ],
    });
  });
}

/** Chooses additional sheets; each is read as guessed. */
export async function chooseOtherSheets(sheets: readonly number[]): Promise<void> {
  const table = currentTable();
  if (!table) return;
  await refreshPreview(async (signal) => {
    const others = partsOfSheet(table);
    for (const sheet of sheets) {
      const chosenParts = table.others.filter(({ view }) => view.sheet === sheet);
      others.push(...chosenParts);
      if (chosenParts.length > 0) continue;
      const sheetTable = await readTable(table.file, { sheet, header: null }, { canResume: false, signal });
      for (const part of [sheetTable, ...sheetTable.others])
        others.push({ ...part, choices: withUniversity(part.choices, table.choices) });
    }
    if (!signal.aborted) applyDecisions({ others });
  });
}

export async function startOver(): Promise<void> {
  const table = currentTable();
  if (table) dropUnfinished(table);
  await changeSheetLayout(guessedLayout);
}

/** Drops the remembered interpretation of these headings, and guesses the table again. */
export async function guessAgain(): Promise<void> {
  const table = currentTable();
  if (!table) return;
  dropHeadings(table.view);
  const { view, layout } = table;
  await changeSheetLayout({
    sheet: view.sheet,
    header: null,
    encoding: layout.encoding,
    hidden: layout.hidden,
  });
}

/** Cancels the preview, or closes a finished import. */
export function leaveImport(): void {
  startRun();
  setImportState({ stage: 'nothing' });
}

export function backToPreview(): void {
  const state = useImport.getState();
  if (state.stage !== 'failed' || !state.previewedFile) return;
  setImportState({ stage: 'previewed', previewedFile: state.previewedFile });
  applyDecisions({});
}
