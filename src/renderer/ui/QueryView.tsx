import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Progress } from '#shared/contract/progress.ts';
import { useTexts } from '../i18n/setup.ts';
import { describeError } from '../text/faults.ts';
import { ErrorState } from './ErrorState.tsx';
import { ProgressLine } from './ProgressLine.tsx';

export interface QueryResult<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

interface Props<T> {
  query: QueryResult<T>;
  /** The label of the progress bar; with null nothing is shown before the data. */
  label?: string | null;
  progress?: Progress | null;
  onCancel?: (() => void) | undefined;
  isEmpty?: (data: T) => boolean;
  empty?: ReactNode;
  children?: (data: T) => ReactNode;
}

/** The data of a query, with pending, error and empty states. Older data stays visible, marked as such, if reading again fails. */
export function QueryView<T>({ query, label, progress = null, onCancel, ...content }: Props<T>) {
  const { t } = useTexts('common');
  const { data, error, refetch } = query;
  const retry = (): void => void refetch();
  if (data === undefined) {
    if (error) return <ErrorState error={error} onRetry={retry} />;
    if (label === null) return null;
    return <ProgressLine progress={progress} label={label ?? t('loading')} onCancel={onCancel} />;
  }
  return (
    <>
      {Boolean(error) && (
        <div className="stack center gap-8 small warn stale-note" role="alert">
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
          <span>
            {describeError(error).title}. {t('stale')}
          </span>
          <Button size="xs" onClick={retry}>
            {t('retry')}
          </Button>
        </div>
      )}
      {content.isEmpty?.(data) ? content.empty : content.children?.(data)}
    </>
  );
}
