import type { ImportResult } from '#shared/contract/transfer.ts';
import { api } from '../../api/client.ts';
import { isCancelled, isDisconnected } from '../../api/failures.ts';
import { awaitResult } from '../../api/stream.ts';
import { say } from '../../i18n/setup.ts';
import { acceptValues } from '../../stores/accepted-values.ts';
import { navigate, currentAddress } from '../../stores/address.ts';
import { whileSaving } from '../../stores/saving.ts';
import { countedAll, quoteName } from '../../text/names.ts';
import { notice } from '../../ui/notices.tsx';
import { valuesToAccept, customFieldKeys, showImportedColumns } from './after-import.ts';
import { rememberTable } from './remember.ts';
import { abortRun, sheetInput, startRun } from './run.ts';
import { writtenCounts } from './sentences.ts';
import { currentFile, setImportState, useImport } from './state.ts';
import type { ChosenSheet, HistoryLookup, ImportState, PreviewedFile } from './state.ts';

export async function startImport(): Promise<void> {
  const previewedFile = currentFile();
  if (!previewedFile || previewedFile.isChecking) return;
  const signal = startRun();
  setImportState({ stage: 'importing', previewedFile, progress: null, isCancelling: false });
  const previousId = await readNewestId().catch(() => null);
  try {
    const result = await whileSaving(() => runImport(previewedFile, signal));
    setImportState({ stage: 'done', previewedFile, result });
    if (currentAddress().view.kind !== 'import') reportImported(previewedFile.file.name, result);
  } catch (error) {
    await endWithoutResult(previewedFile, error, previousId);
  }
}

async function runImport(previewedFile: PreviewedFile, signal: AbortSignal): Promise<ImportResult> {
  const report = (progress: Extract<ImportState, { stage: 'importing' }>['progress']): void =>
    setImportState({ stage: 'importing', previewedFile, progress, isCancelling: signal.aborted });
  if (previewedFile.kind === 'frames') {
    const { grant, options, plan, backup } = previewedFile;
    const { sha256, workspace_empty } = plan;
    const input = { grant, options, force: true, backup: backup && !workspace_empty, sha256 };
    return awaitResult(api.transfer.importFile(input, { signal }), report, signal);
  }
  const { preview, backup, workspace } = previewedFile;
  const sheets: readonly ChosenSheet[] = [previewedFile, ...previewedFile.others];
  if (!preview) throw new Error('The import has no preview.');
  const oldFieldKeys = await Promise.all(
    sheets.map(({ choices }) => customFieldKeys(choices.type).catch(() => [])),
  );
  const { sha256, workspace_empty } = preview;
  const input = { ...sheetInput(previewedFile), backup: backup && !workspace_empty, sha256 };
  const result = await awaitResult(api.transfer.importSheet(input, { signal }), report, signal);
  rememberTable(previewedFile, { isImported: true });
  if (result.op_id !== '') {
    for (const [index, { view, choices }] of sheets.entries()) {
      showImportedColumns(view, choices, oldFieldKeys[index] ?? []);
      // Values that the person kept are accepted, so that Home does not ask about them.
      acceptValues(workspace, valuesToAccept(choices));
    }
  }
  return result;
}

/** Cancels a running import, which is rolled back completely. */
export function cancelImport(): void {
  const state = useImport.getState();
  if (state.stage !== 'importing') return;
  setImportState({ ...state, isCancelling: true });
  abortRun();
}

/** Id of the newest history entry; 0 without any. */
const readNewestId = async (): Promise<number> => (await api.history.list({ limit: 1 })).rows[0]?.id ?? 0;

/** Whether the newest 100 history entries have an import of a file with this name after the entry `previousId`. */
async function findInHistory(source: string, previousId: number): Promise<HistoryLookup> {
  const { rows } = await api.history.list({ limit: 100 });
  const importEntry = rows.find(
    ({ id, label, params }) =>
      id > previousId && ['import', 'sheet.import'].includes(label) && params.source === source,
  );
  return importEntry ? { state: 'landed', op_id: importEntry.op_id } : { state: 'not' };
}

/** Shows that an import failed. After a cancel or a lost connection, looks in the history whether it was completed. */
async function endWithoutResult(
  previewedFile: PreviewedFile,
  error: unknown,
  previousId: number | null,
): Promise<void> {
  const { file } = previewedFile;
  const fail = (historyLookup: HistoryLookup | null): void =>
    setImportState({ stage: 'failed', file, previewedFile, error, historyLookup });
  if (previousId === null || !(isCancelled(error) || isDisconnected(error))) {
    fail(null);
    return;
  }
  if (isDisconnected(error)) fail({ state: 'looking' });
  const historyLookup = await findInHistory(file.name, previousId).catch(() => null);
  if (!['importing', 'failed'].includes(useImport.getState().stage)) return;
  if (isCancelled(error) && historyLookup?.state !== 'landed') {
    setImportState({ stage: 'previewed', previewedFile });
    notice({ title: say('notices:cancelled', { what: say('transfer:title', { name: file.name }) }) });
  } else fail(historyLookup);
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
