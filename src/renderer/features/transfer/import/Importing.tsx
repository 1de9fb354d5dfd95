import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Progress } from '#shared/contract/progress.ts';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';

interface Props {
  /** The file's own name. */
  name: string;
  progress: Progress | null;
  cancelling: boolean;
  onCancel: () => void;
}

/** The file is being written into the workspace. */
export function Importing({ name, progress, cancelling, onCancel }: Props) {
  const { t } = useTranslation(['transfer', 'common']);
  const title = t('importing.title', { name });
  return (
    <>
      <ViewHeader title={title} />
      <div className="import-wait">
        <ProgressLine progress={progress} label={title} />
        <p className="dim">{t('importing.text')}</p>
        <Button variant="default" disabled={cancelling} onClick={onCancel}>
          {t(cancelling ? 'transfer:cancelling' : 'common:cancel')}
        </Button>
      </div>
    </>
  );
}
