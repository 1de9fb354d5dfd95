import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { run } from '../../../commands/registry.ts';
import { ImportFailure, Landed, explainFailure } from '../import/ImportFailure.tsx';
import { Importing, Reading } from '../import/Waiting.tsx';
import type { Landing } from '../import/state.ts';
import { SheetDone } from './SheetDone.tsx';
import { TablePage } from './TablePage.tsx';
import { backToTable, cancelSheetImport, leaveSheet } from './run.ts';
import { useSheet } from './state.ts';
import type { SheetFile, Table } from './state.ts';
import './sheet.css';

interface Props {
  file: SheetFile;
  table: Table | null;
  error: unknown;
  landing: Landing | null;
}

/** Why a table did not come in, and what can be done now. */
export function SheetFailed({ file, table, error, landing }: Props) {
  const { t } = useTranslation(['transfer', 'sheets']);
  if (landing?.state === 'landed')
    return <Landed name={file.name} opId={landing.op_id} onLeave={leaveSheet} />;
  const why = explainFailure(error, table !== null);
  const title = t(table ? 'failed.importing' : 'failed.reading', { name: file.name });
  return (
    <ImportFailure title={title} why={why} landing={landing}>
      {table && why.next !== 'chosen' && <Button onClick={backToTable}>{t('sheets:back')}</Button>}
      <Button variant={table ? 'default' : 'filled'} onClick={() => run('file.import')}>
        {t(why.next === 'chosen' ? 'failed.chooseAgain' : 'failed.choose')}
      </Button>
    </ImportFailure>
  );
}

/** Bringing a spreadsheet in, from looking at it to what came of it. */
export function SheetImport() {
  const state = useSheet();
  switch (state.stage) {
    case 'nothing':
      return null;
    case 'reading':
      return <Reading file={state.file} progress={state.progress} onCancel={leaveSheet} />;
    case 'table':
      return <TablePage table={state.table} />;
    case 'importing': {
      const { table, progress, cancelling } = state;
      return (
        <Importing
          name={table.file.name}
          progress={progress}
          cancelling={cancelling}
          onCancel={cancelSheetImport}
        />
      );
    }
    case 'done':
      return <SheetDone table={state.table} result={state.result} />;
    case 'failed':
      return <SheetFailed {...state} />;
  }
}
