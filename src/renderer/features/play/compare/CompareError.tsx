import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import type { CompareView } from '#shared/address/view.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { openView } from '../../../stores/address.ts';
import { isLive, pageTarget } from '../../../stores/target.ts';
import { faultData } from '../../../text/faults.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';

interface Props {
  view: CompareView;
  error: unknown;
  onRetry: () => void;
}

export function CompareError({ view, error, onRetry }: Props) {
  const { t } = useTexts('compare');
  const isLiveUnreadable = pageTarget() === view.sandbox && faultData(error, 'WORKSPACE') !== null;
  return (
    <>
      <ViewHeader title={t('titleAny')} />
      {isLiveUnreadable ? (
        <EmptyState icon={IconArrowsDiff} text={t('noLive')}>
          <CommandButton primary id="play.leave" />
        </EmptyState>
      ) : (
        <ErrorState error={error} onRetry={onRetry}>
          {faultData(error, 'NOT_FOUND')?.type === 'sandbox' && isLive() && (
            <Button variant="default" onClick={() => openView({ kind: 'play' })}>
              {t('care:deed.play')}
            </Button>
          )}
        </ErrorState>
      )}
    </>
  );
}
