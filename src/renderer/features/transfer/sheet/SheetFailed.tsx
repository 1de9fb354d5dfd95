import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { run } from '../../../commands/registry.ts';
import { explainFailure } from '../import/explain.ts';
import { ImportFailure, Landed } from '../import/ImportFailure.tsx';
import type { Landing } from '../import/state.ts';
import { backToTable, leaveSheet } from './run.ts';
import type { SheetFile, Table } from './state.ts';

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
