import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Progress } from '#shared/contract/progress.ts';
import type { FileHandle } from '#shared/shell/files.ts';
import { bytesText } from '../../../text/bytes.ts';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';

interface ImportingProps {
  /** The file's own name. */
  name: string;
  progress: Progress | null;
  cancelling: boolean;
  onCancel: () => void;
}

/** The file is being written into the workspace. */
export function Importing({ name, progress, cancelling, onCancel }: ImportingProps) {
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

interface Props {
  file: Pick<FileHandle, 'name' | 'bytes'>;
  progress: Progress | null;
  onCancel: () => void;
}

/** The file is being looked at. */
export function Reading({ file, progress, onCancel }: Props) {
  const { t } = useTranslation(['transfer', 'common']);
  const title = t('reading.title', { name: file.name });
  return (
    <>
      <ViewHeader title={title}>
        <span className="dim num">{bytesText(file.bytes)}</span>
      </ViewHeader>
      <div className="import-wait">
        <ProgressLine progress={progress} label={title} />
        <p className="dim">{t('reading.text')}</p>
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
      </div>
    </>
  );
}
