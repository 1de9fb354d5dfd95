import { Button } from '@mantine/core';
import { IconAlertTriangle, IconChecklist, IconFileImport } from '@tabler/icons-react';
import { useEffect } from 'react';
import { historyOf } from '#shared/address/view.ts';
import { reasonSentence } from '#shared/texts/fault-text.ts';
import { useTexts } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { ViewHeader } from '../../ui/ViewHeader.tsx';
import { ImportResultPage } from './ImportResultPage.tsx';
import { FramesPage } from './FramesPage.tsx';
import { TablePage } from './TablePage.tsx';
import { leaveImport, previewText, backToPreview, previewSource } from './run.ts';
import { cancelImport } from './start-import.ts';
import { useImport } from './state.ts';
import type { HistoryLookup, ImportState, PreviewedFile } from './state.ts';
import { navigate } from '../../stores/address.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { listen } from '../../ui/listen.ts';
import { openAnswersForm } from '../confirm/answers-form.tsx';
import { isTyping, shortcutText } from '../../commands/keys.ts';
import { runCommand } from '../../commands/registry.ts';
import { reasonText } from '../../text/reasons.ts';
import { describeError, faultData } from '../../text/faults.ts';
import { CopyButton } from '../../ui/Failure.tsx';
import './transfer.module.css';
import styles from './import.module.css';
import './sheet.module.css';

const spreadsheetReasons = ['not_a_table', 'old_workbook', 'damaged_workbook'];

/** Never says that nothing was imported while this is unknown or wrong. */
function titleOfFailure(
  previewedFile: PreviewedFile | null,
  historyLookup: HistoryLookup | null,
): 'done.title' | 'failed.interrupted' | 'failed.importing' | 'failed.reading' {
  if (historyLookup?.state === 'landed') return 'done.title';
  if (historyLookup?.state === 'looking') return 'failed.interrupted';
  return previewedFile ? 'failed.importing' : 'failed.reading';
}

function FailedPage({
  file,
  previewedFile,
  error,
  historyLookup,
}: Extract<ImportState, { stage: 'failed' }>) {
  const { t } = useTexts('transfer');
  const { title, detail, safe, action, trace } = describeError(error);
  const fileFault = faultData(error, 'BAD_FILE');
  const { line = null, path = null, reason = '' } = fileFault ?? {};
  const cause = reasonSentence('BAD_FILE', fileFault);
  const errorText = cause && fileFault ? reasonText(cause) : [title, detail].filter(Boolean).join('. ');
  const importedOpId = historyLookup?.state === 'landed' ? historyLookup.op_id : null;
  const chooseButton = (
    <Button variant={previewedFile ? 'default' : 'filled'} onClick={() => runCommand('file.import')}>
      {t('failed.another')}
    </Button>
  );
  return (
    <>
      <ViewHeader title={t(titleOfFailure(previewedFile, historyLookup), { name: file.name })} />
      {importedOpId === null ? (
        <div className={`stack rows-start scroll gap-16 px-12 py-24 ${styles.failed}`} role="alert">
          <div className="stack gap-12 marked">
            <IconAlertTriangle className="bad" size={22} stroke={1.6} />
            <div>
              <h2 className="large strong breaks">{errorText}</h2>
              {(line !== null || path !== null) && (
                <p className="flex wrap gap-8 mt-8">
                  {line !== null && <span className="pill pill-bad num">{t('failed.line', { line })}</span>}
                  {path !== null && (
                    <span className="pill pill-plain">
                      {t('failed.path')} <code>{path}</code>
                    </span>
                  )}
                </p>
              )}
            </div>
          </div>
          <dl>
            <dt className="dim">{t('failed.safe')}</dt>
            <dd>{historyLookup === null ? safe : t(`failed.${historyLookup.state}`)}</dd>
            <dt className="dim">{t('failed.todo')}</dt>
            <dd>{spreadsheetReasons.includes(reason) ? t('failed.saveAs') : action}</dd>
          </dl>
          <div className={`flex wrap gap-8 ${styles.buttons}`}>
            {previewedFile && (
              <Button variant="filled" onClick={backToPreview}>
                {t('failed.back')}
              </Button>
            )}
            {chooseButton}
            {!previewedFile && <Button onClick={() => void previewSource(file)}>{t('common:retry')}</Button>}
          </div>
          {trace !== null && (
            <details className="small text-start prose state-details">
              <summary>{t('common:details')}</summary>
              <div className="trace">
                <span>{t('common:traceId')}</span> <code>{trace}</code>
                <CopyButton label={t('common:copy')} textOf={() => trace} />
              </div>
            </details>
          )}
        </div>
      ) : (
        <div className="state">
          <p>{t('failed.landed')}</p>
          <Button variant="filled" onClick={() => navigate(historyOf({ open: importedOpId }))}>
            {t('panel:history.openAll')}
          </Button>
          {chooseButton}
        </div>
      )}
    </>
  );
}

/** Imports pasted cells while no file is chosen. */
function usePastedTable(): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      // Text without tabs and line breaks is no table, and text pasted into a field belongs there.
      if (isTyping(event.target) || !/[\t\n]/.test(text.trim())) return;
      event.preventDefault();
      void previewText(text);
    };
    return listen({ paste });
  }, []);
}

function StartPage() {
  const { t } = useTexts('transfer');
  usePastedTable();
  return (
    <>
      <ViewHeader title={t('start.title')} />
      <div className="import-start">
        <div className={`stack gap-12 text-center on-panel ${styles.target}`}>
          <IconFileImport size={34} stroke={1.3} />
          <h2>{t('start.lead')}</h2>
          <Button variant="filled" data-autofocus onClick={() => runCommand('file.import')}>
            {t('command.import')}
          </Button>
          <p>{t('start.what')}</p>
          <p>{t('start.paste', { keys: shortcutText('mod+V') })}</p>
          <p>{t('start.safe')}</p>
        </div>
      </div>
    </>
  );
}

/** A workbook answered by teams is read as answers, not as a table of records. */
function AnswersPage({ file }: { file: { grant: string; name: string; bytes: number } }) {
  const { t } = useTexts('confirm');
  const openAnswers = (): void =>
    openAnswersForm(file, () => {
      leaveImport();
      navigate({ kind: 'confirm' });
    });
  return (
    <>
      <ViewHeader title={t('transfer:title', { name: file.name })}>
        <span className="dim num">{bytesText(file.bytes)}</span>
      </ViewHeader>
      <EmptyState icon={IconChecklist} text={t('read.offer')}>
        <Button variant="filled" data-autofocus onClick={openAnswers}>
          {t('read.command')}
        </Button>
      </EmptyState>
    </>
  );
}

function ProgressPage({ state }: { state: Extract<ImportState, { stage: 'reading' | 'importing' }> }) {
  const { t } = useTexts('transfer');
  const { stage, progress } = state;
  const { name, bytes } = stage === 'reading' ? state.file : state.previewedFile.file;
  const isCancelling = stage === 'importing' && state.isCancelling;
  const title = t(stage, { name });
  return (
    <>
      <ViewHeader title={title}>
        <span className="dim num">{bytesText(bytes)}</span>
      </ViewHeader>
      <div className={`gap-16 ${styles.wait}`}>
        <ProgressLine progress={progress} label={title} />
        {stage === 'importing' && <p className="dim">{t('importingHint')}</p>}
        <Button disabled={isCancelling} onClick={stage === 'reading' ? leaveImport : cancelImport}>
          {t(isCancelling ? 'transfer:cancelling' : 'common:cancel')}
        </Button>
      </div>
    </>
  );
}

function PreviewPage({ previewedFile }: { previewedFile: PreviewedFile }) {
  if (previewedFile.kind === 'frames') return <FramesPage previewedFile={previewedFile} />;
  const { file, view } = previewedFile;
  if (view.answers && 'grant' in file.source)
    return <AnswersPage file={{ ...file, grant: file.source.grant }} />;
  return <TablePage table={previewedFile} />;
}

export default function ImportView() {
  const state = useImport();
  switch (state.stage) {
    case 'nothing':
      return <StartPage />;
    case 'reading':
    case 'importing':
      return <ProgressPage state={state} />;
    case 'previewed':
      return <PreviewPage previewedFile={state.previewedFile} />;
    case 'done':
      return <ImportResultPage previewedFile={state.previewedFile} result={state.result} />;
    case 'failed':
      return <FailedPage {...state} />;
  }
}
