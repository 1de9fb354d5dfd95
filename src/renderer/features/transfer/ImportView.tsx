import { Button } from '@mantine/core';
import { useTexts } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { ViewHeader } from '../../ui/ViewHeader.tsx';
import { AnswersPage } from './AnswersPage.tsx';
import { Done } from './Done.tsx';
import { Failed } from './Failed.tsx';
import { FramesPage } from './FramesPage.tsx';
import { Start } from './Start.tsx';
import { TablePage } from './TablePage.tsx';
import { cancelImport, leave } from './run.ts';
import { useImport } from './state.ts';
import type { ImportState } from './state.ts';
import './transfer.module.css';
import styles from './import.module.css';
import './sheet.module.css';

function Waiting({ state }: { state: Extract<ImportState, { stage: 'reading' | 'importing' }> }) {
  const { t } = useTexts('transfer');
  const { stage, progress } = state;
  const { name, bytes } = stage === 'reading' ? state.file : state.looked.file;
  const cancelling = stage === 'importing' && state.cancelling;
  const title = t(stage, { name });
  return (
    <>
      <ViewHeader title={title}>
        <span className="dim num">{bytesText(bytes)}</span>
      </ViewHeader>
      <div className={`gap-16 ${styles.wait}`}>
        <ProgressLine progress={progress} label={title} />
        {stage === 'importing' && <p className="dim">{t('importingHint')}</p>}
        <Button variant="default" disabled={cancelling} onClick={stage === 'reading' ? leave : cancelImport}>
          {t(cancelling ? 'transfer:cancelling' : 'common:cancel')}
        </Button>
      </div>
    </>
  );
}

export default function ImportView() {
  const state = useImport();
  switch (state.stage) {
    case 'nothing':
      return <Start />;
    case 'reading':
    case 'importing':
      return <Waiting state={state} />;
    case 'looked':
      if (state.looked.kind === 'table' && state.looked.view.answers && 'grant' in state.looked.file.source)
        return <AnswersPage file={{ ...state.looked.file, grant: state.looked.file.source.grant }} />;
      return state.looked.kind === 'table' ? (
        <TablePage table={state.looked} />
      ) : (
        <FramesPage looked={state.looked} />
      );
    case 'done':
      return <Done looked={state.looked} result={state.result} />;
    case 'failed':
      return <Failed {...state} />;
  }
}
