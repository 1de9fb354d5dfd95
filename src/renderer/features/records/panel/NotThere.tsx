import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { inPast } from '../../../stores/target.ts';
import { isGone } from '../data/useRecord.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';

/** Stands in the place of a record that could not be read; of one that was made later than the moment that is open, it says that. */
export function NotThere({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('panel');
  if (inPast() && isGone(error)) return <EmptyState icon={IconHistory} text={t('notThen')} />;
  return <ErrorState error={error} onRetry={onRetry} />;
}
