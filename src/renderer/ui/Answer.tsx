import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/setup.ts';
import { describeError } from '../text/faults.ts';
import { ErrorState } from './ErrorState.tsx';
import { ProgressLine } from './ProgressLine.tsx';

interface Props<T> {
  query: { data: T | undefined; error: unknown; refetch: () => Promise<unknown> };
  children: (data: T) => ReactNode;
}

/** The answer of a server with pending and error states. An older answer stays visible, marked as such. */
export function Answer<T>({ query: { data, error, refetch }, children }: Props<T>) {
  const { t } = useTexts('common');
  const again = (): void => void refetch();
  if (data === undefined)
    return error ? (
      <ErrorState error={error} onRetry={again} />
    ) : (
      <ProgressLine progress={null} label={t('asking')} />
    );
  return (
    <>
      {error !== null && (
        <div className="stack center gap-8 small warn stale-note" role="alert">
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
          <span>
            {describeError(error).title}. {t('stale')}
          </span>
          <Button size="xs" variant="default" onClick={again}>
            {t('retry')}
          </Button>
        </div>
      )}
      {children(data)}
    </>
  );
}
