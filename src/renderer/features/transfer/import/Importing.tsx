import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Progress } from '#shared/contract/progress.ts';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { ProgressLine } from '../ProgressLine.tsx';
import { cancelImport } from './run.ts';
import type { Looked } from './state.ts';

interface Props {
  looked: Looked;
  progress: Progress | null;
  cancelling: boolean;
}

/** The file is being written into the workspace. */
export function Importing({ looked, progress, cancelling }: Props) {
  const { t } = useTranslation(['transfer', 'common']);
  const title = t('importing.title', { name: looked.file.name });
  return (
    <>
      <ViewHeader title={title} />
      <div className="import-wait">
        <ProgressLine progress={progress} label={title} />
        <p className="dim">{t('importing.text')}</p>
        <Button variant="default" disabled={cancelling} onClick={cancelImport}>
          {t(cancelling ? 'transfer:cancelling' : 'common:cancel')}
        </Button>
      </div>
    </>
  );
}
