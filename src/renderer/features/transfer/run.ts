import type { SheetChoices, SheetLayout, SheetType } from '#shared/contract/sheets.ts';
import { defaultOptions } from '#shared/contract/transfer.ts';
import type { ImportOptions, ImportResult } from '#shared/contract/transfer.ts';
import type { FileHandle } from '#shared/shell/files.ts';
import { atStart } from '../../api/window-state.ts';
import { api } from '../../api/client.ts';
import { isCancelled, isDisconnected } from '../../api/failures.ts';
import { follow } from '../../api/stream.ts';
import { say } from '../../i18n/setup.ts';
import { acceptValues } from '../../stores/accepted-values.ts';
import { navigate, currentAddress } from '../../stores/address.ts';
import { whileSaving } from '../../stores/saving.ts';
import { countedAll, quoteName } from '../../text/names.ts';
import { notice } from '../../ui/notices.tsx';
import { keptValues, ownKeys, showImported } from './after.ts';
import { withShared, withType } from './choices.ts';
import { otherParts, tableOf } from './read-table.ts';
import { forgetHeadings, forgetUnfinished, rememberTable } from './remember.ts';
import { enterState, lookedNow, partsOf, tableNow, useImport } from './state.ts';
import type { ChosenSheet, FramesFile, ImportState, Landing, Looked, SourceFile, Table } from './state.ts';
import { writtenBy } from './sentences.ts';

let running: AbortController;
let timer: ReturnType<typeof setTimeout> | undefined;
atStart(() => {
  clearTimeout(timer);
  running = new AbortController();
});

/** Milliseconds that choices rest before the preview is computed again. */
const rest = 120;

const anywhere: SheetLayout = { sheet: null, header: null };

/** Files of spreadsheet programs; an old .xls is included to explain what to do with it. */
export const isTable = (name: string): boolean => /\.(csv|tsv|tab|txt|xlsx|xlsm|xls)$/i.test(name);

function next(): AbortSignal {
  clearTimeout(timer);
  running.abort();
  running = new AbortController();
  return running.signal;
}

/** Reports a running import. Returns whether there is one. */
export function isBusy(): boolean {
  const busy = useImport.getState().stage === 'importing';
  if (busy) notice({ title: say('transfer:drop.busy'), more: say('transfer:drop.busyMore') });
  return busy;
}

export async function lookAt({ grant, name, bytes }: FileHandle): Promise<void> {
  await previewAgain({ source: { grant }, name, bytes });
}

export async function lookAtText(text: string): Promise<void> {
  const name = say('sheets:pasted');
  await previewAgain({ source: { text, name }, name, bytes: new TextEncoder().encode(text).length });
}

export async function previewAgain(file: SourceFile): Promise<void> {
  if (isBusy()) return;
  const signal = next();
  navigate({ kind: 'import' });
  enterState({ stage: 'reading', file, progress: null });
  await trying(signal, async () => {
    const { source } = file;
    const looked =
      'grant' in source && !isTable(file.name)
        ? await framesFile(file, source.grant, defaultOptions, signal)
        : await tableOrExport(file, signal);
    if (signal.aborted) return;
    enterState({ stage: 'looked', looked });
    if (looked.kind === 'table') await check(signal);
  });
}

/** Shows the error of work, unless it was cancelled. */
async function trying(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const state = useImport.getState();
    if (signal.aborted || isCancelled(error) || state.stage === 'nothing') return;
    const looked = 'looked' in state ? state.looked : null;
    const file = looked?.file ?? ('file' in state ? state.file : undefined);
    if (file) enterState({ stage: 'failed', file, looked, error, landing: null });
  }
}

const planOf = (grant: string, options: ImportOptions, signal: AbortSignal, file?: SourceFile) =>
  follow(
    api.transfer.preview({ grant, options }, { signal }),
    (progress) => {
      if (file && !signal.aborted) enterState({ stage: 'reading', file, progress });
    },
    signal,
  );

async function framesFile(
  file: SourceFile,
  grant: string,
  options: ImportOptions,
  signal: AbortSignal,
): Promise<FramesFile> {
  const plan = await planOf(grant, options, signal, file);
  const decided = { force: false, backup: true, checking: false };
  return { kind: 'frames', file, grant, options, plan, ...decided };
}

/** Reads a table; a full export of FRAMES is read as such. */
async function tableOrExport(file: SourceFile, signal: AbortSignal): Promise<Looked> {
  const table = await tableOf(file, anywhere, true, signal);
  const { exported } = table.view;
  if (exported === null || !('grant' in file.source)) return table;
  return framesFile(file, file.source.grant, { ...defaultOptions, format: exported }, signal);
}

/** Updates view state only; the plan does not depend on it. */
export function changeImport(part: Partial<FramesFile> | Partial<Table>): void {
  const looked = lookedNow();
  if (looked) enterState({ stage: 'looked', looked: { ...looked, ...part } as Looked });
}

/** Applies decisions and computes the preview again. Decisions about a table are kept until it is imported. */
function show(part: Partial<FramesFile> | Partial<Table>): void {
  changeImport({ ...part, checking: true });
  const table = tableNow();
  if (table && [table, ...partsOf(table)].some(isDecided)) rememberTable(table, false);
  else if (table) forgetUnfinished(table);
  const signal = next();
  timer = setTimeout(() => void check(signal), rest);
}

const isDecided = ({ choices, first }: ChosenSheet): boolean =>
  JSON.stringify(choices) !== JSON.stringify(first);

async function check(signal: AbortSignal): Promise<void> {
  const looked = lookedNow();
  if (!looked) return;
  await trying(signal, async () => {
    if (looked.kind === 'frames') {
      const plan = await planOf(looked.grant, looked.options, signal);
      if (!signal.aborted) changeImport({ plan, checking: false });
      return;
    }
    const preview = await follow(
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
  const table = tableNow();
  if (!table || !('grant' in table.file.source)) return;
  const { file } = table;
  const { grant } = table.file.source;
  const signal = next();
  changeImport({ checking: true });
  await trying(signal, async () => {
    const looked = await framesFile(file, grant, { ...defaultOptions, format: 'csv-edges' }, signal);
    if (!signal.aborted) enterState({ stage: 'looked', looked });
  });
}

export function chooseOptions(part: Partial<ImportOptions>): void {
  const looked = lookedNow();
  if (looked?.kind === 'frames') show({ options: { ...looked.options, ...part } });
}

export function decideSheet(choices: Partial<SheetChoices> | ((now: SheetChoices) => SheetChoices)): void {
  const table = tableNow();
  if (!table) return;
  const now = table.choices;
  const after = typeof choices === 'function' ? choices(now) : { ...now, ...choices };
  const others = table.others.map((one) =>
    one.view.sheet === table.view.sheet ? { ...one, choices: withShared(one.choices, after) } : one,
  );
  show({ choices: after, others });
}

/** Sets the type of all rows; null takes the type that each row says. */
export function chooseRows(type: SheetType | null): void {
  const table = tableNow();
  if (!table) return;
  const { view, layout } = table;
  const choices = withType(table.choices, view, type);
  show({ choices, others: [...otherParts({ view, layout }, choices), ...otherSheets(table)], preview: null });
}

export function showPart(type: SheetType): void {
  const table = tableNow();
  const part = table && partsOf(table).find(({ choices }) => choices.type === type);
  if (!part) return;
  const { view, layout, choices, first } = table;
  const others = table.others.map((one) => (one === part ? { view, layout, choices, first } : one));
  show({ choices: part.choices, first: part.first, others, preview: null });
}

const otherSheets = ({ view, others }: Table): ChosenSheet[] =>
  others.filter((one) => one.view.sheet !== view.sheet);

/** Reads the same file with another sheet or heading row. Earlier corrections are dropped: they belong to other lines. */
export async function relayout(layout: SheetLayout): Promise<void> {
  const table = tableNow();
  if (!table) return;
  const signal = next();
  changeImport({ checking: true });
  await trying(signal, async () => {
    // An additional sheet keeps its heading row and decisions when shown; the sheet shown before becomes additional.
    const known = otherSheets(table).find((one) => one.view.sheet === layout.sheet);
    const read = await tableOf(table.file, known?.layout ?? layout, false, signal);
    if (signal.aborted) return;
    const chosen = otherSheets(table).find((one) => one.view.sheet === read.view.sheet);
    const others = table.others.filter((one) => one !== chosen);
    const { view, layout: before, choices, first } = table;
    const rest = otherSheets(table).filter((one) => one.view.sheet !== read.view.sheet);
    show({
      layout: read.layout,
      view: read.view,
      first: chosen?.first ?? read.first,
      remembered: read.remembered,
      returned: false,
      preview: null,
      choices: chosen?.choices ?? read.choices,
      others: chosen ? [...others, { view, layout: before, choices, first }] : [...read.others, ...rest],
    });
  });
}

/** Chooses additional sheets; each is read as guessed. */
export async function chooseOthers(sheets: readonly number[]): Promise<void> {
  const table = tableNow();
  if (!table) return;
  const signal = next();
  changeImport({ checking: true });
  await trying(signal, async () => {
    const others = partsOf(table);
    for (const sheet of sheets) {
      const known = table.others.filter(({ view }) => view.sheet === sheet);
      others.push(...known);
      if (known.length > 0) continue;
      const read = await tableOf(table.file, { sheet, header: null }, false, signal);
      others.push(read, ...read.others);
    }
    if (!signal.aborted) show({ others });
  });
}

export async function beginAnew(): Promise<void> {
  const table = tableNow();
  if (table) forgetUnfinished(table);
  await relayout(anywhere);
}

export function guessAnew(): void {
  const table = tableNow();
  if (!table) return;
  forgetHeadings(table.view);
  const { view, layout } = table;
  const areTyped = view.row_types.length > 1 && view.row_types.includes(view.type);
  const choices = withType(table.choices, view, areTyped ? null : view.type);
  const others = [...otherParts({ view, layout }, choices), ...otherSheets(table)];
  show({ choices, first: choices, others, remembered: false, returned: false });
}

/** Cancels the preview, or closes a finished import. */
export function leaveImport(): void {
  next();
  enterState({ stage: 'nothing' });
}

export function backToLooked(): void {
  const state = useImport.getState();
  if (state.stage !== 'failed' || !state.looked) return;
  enterState({ stage: 'looked', looked: state.looked });
  show({});
}

export async function startImport(): Promise<void> {
  const looked = lookedNow();
  if (!looked || looked.checking) return;
  const signal = next();
  enterState({ stage: 'importing', looked, progress: null, cancelling: false });
  const since = await newestEntry().catch(() => null);
  try {
    const result = await whileSaving(() => write(looked, signal));
    enterState({ stage: 'done', looked, result });
    if (currentAddress().view.kind !== 'import') reportImported(looked.file.name, result);
  } catch (error) {
    await endWithout(looked, error, since);
  }
}

async function write(looked: Looked, signal: AbortSignal): Promise<ImportResult> {
  const report = (progress: Extract<ImportState, { stage: 'importing' }>['progress']): void =>
    enterState({ stage: 'importing', looked, progress, cancelling: signal.aborted });
  if (looked.kind === 'frames') {
    const { grant, options, plan, backup } = looked;
    const copies = { backup: backup && !plan.workspace_empty, sha256: plan.sha256 };
    const input = { grant, options, force: true, ...copies };
    return follow(api.transfer.importFile(input, { signal }), report, signal);
  }
  const { preview, backup, workspace } = looked;
  const sheets: readonly ChosenSheet[] = [looked, ...looked.others];
  if (!preview) throw new Error('nothing was worked out yet');
  const before = await Promise.all(sheets.map(({ choices }) => ownKeys(choices.type).catch(() => [])));
  const copies = { backup: backup && !preview.workspace_empty, sha256: preview.sha256 };
  const input = { ...inputOf(looked), ...copies };
  const result = await follow(api.transfer.importSheet(input, { signal }), report, signal);
  rememberTable(looked, true);
  if (result.op_id !== '') {
    for (const [at, { view, choices }] of sheets.entries()) {
      showImported(view, choices, before[at] ?? []);
      // So that Home does not ask again about these values.
      acceptValues(workspace, keptValues(choices));
    }
  }
  return result;
}

/** Cancels a running import, which is rolled back completely. */
export function cancelImport(): void {
  const state = useImport.getState();
  if (state.stage !== 'importing') return;
  enterState({ ...state, cancelling: true });
  running.abort();
}

/** Id of the newest history entry; 0 without any. */
const newestEntry = async (): Promise<number> => (await api.history.list({ limit: 1 })).rows[0]?.id ?? 0;

/** Whether an import of a file with this name is among the entries after `since`. */
async function landingOf(source: string, since: number): Promise<Landing> {
  const { rows } = await api.history.list({ limit: 100 });
  const found = rows.find(
    ({ id, label, params }) =>
      id > since && ['import', 'sheet.import'].includes(label) && params.source === source,
  );
  return found ? { state: 'landed', op_id: found.op_id } : { state: 'not' };
}

/** An import without a result. Only the history knows whether it was completed. */
async function endWithout(looked: Looked, error: unknown, since: number | null): Promise<void> {
  const { file } = looked;
  const fail = (landing: Landing | null): void =>
    enterState({ stage: 'failed', file, looked, error, landing });
  if (since === null || !(isCancelled(error) || isDisconnected(error))) {
    fail(null);
    return;
  }
  if (isDisconnected(error)) fail({ state: 'looking' });
  const landing = await landingOf(file.name, since).catch(() => null);
  if (!['importing', 'failed'].includes(useImport.getState().stage)) return;
  if (isCancelled(error) && landing?.state !== 'landed') {
    enterState({ stage: 'looked', looked });
    notice({ title: say('notices:cancelled', { what: say('transfer:title', { name: file.name }) }) });
  } else fail(landing);
}

function reportImported(name: string, result: ImportResult): void {
  const what = countedAll(writtenBy(result));
  notice({
    title:
      what === ''
        ? say('transfer:done.title', { name })
        : say('audit:importCounted', { what, source: quoteName(name) }),
    waits: true,
    action: { label: say('common:show'), run: () => navigate({ kind: 'import' }) },
  });
}
