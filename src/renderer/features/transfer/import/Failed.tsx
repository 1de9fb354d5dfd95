import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportOptions } from '#shared/contract/transfer.ts';
import type { FileHandle } from '#shared/shell/files.ts';
import { run } from '../../../commands/registry.ts';
import { ImportFailure, Landed, explainFailure } from './ImportFailure.tsx';
import { backToPreview, leave, lookAt } from './run.ts';
import type { Landing, Looked } from './state.ts';

interface Props {
  file: FileHandle;
  options: ImportOptions;
  looked: Looked | null;
  error: unknown;
  landing: Landing | null;
}

/** Why a file did not come in, and what can be done now. */
export function Failed({ file, options, looked, error, landing }: Props) {
  const { t } = useTranslation('transfer');
  if (landing?.state === 'landed') return <Landed name={file.name} opId={landing.op_id} onLeave={leave} />;
  const why = explainFailure(error, looked !== null);
  const { next } = why;
  const title = t(looked ? 'failed.importing' : 'failed.reading', { name: file.name });
  return (
    <ImportFailure title={title} why={why} landing={landing}>
      {next === 'import' && <Button onClick={backToPreview}>{t('failed.preview')}</Button>}
      <Button variant={next === 'import' ? 'default' : 'filled'} onClick={() => run('file.import')}>
        {t(next === 'chosen' ? 'failed.chooseAgain' : 'failed.choose')}
      </Button>
      {next === 'again' && (
        <Button variant="default" onClick={() => void lookAt(file, options)}>
          {t('failed.again')}
        </Button>
      )}
    </ImportFailure>
  );
}
