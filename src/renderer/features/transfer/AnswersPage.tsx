import { Button } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useTexts } from '../../i18n/setup.ts';
import { go } from '../../stores/address.ts';
import { bytesText } from '../../text/bytes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ViewHeader } from '../../ui/ViewHeader.tsx';
import { askToRead } from '../confirm/answers.tsx';
import { leave } from './run.ts';

/** A workbook answered by teams is read as answers, not as a table of records. */
export function AnswersPage({ file }: { file: { grant: string; name: string; bytes: number } }) {
  const { t } = useTexts('confirm');
  const read = (): void =>
    askToRead(file, () => {
      leave();
      go({ kind: 'confirm' });
    });
  return (
    <>
      <ViewHeader title={t('transfer:title', { name: file.name })}>
        <span className="dim num">{bytesText(file.bytes)}</span>
      </ViewHeader>
      <EmptyState icon={IconChecklist} text={t('read.offer')}>
        <Button data-autofocus onClick={read}>
          {t('read.command')}
        </Button>
      </EmptyState>
    </>
  );
}
