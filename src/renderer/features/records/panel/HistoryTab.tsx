import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HistoryEntry } from './HistoryEntry.tsx';
import './record-history.css';

/** Changes that are shown at first, and how many more each time. */
const step = 30;

/** What happened to a record and its links, newest first, field by field. */
export function HistoryTab({ record }: { record: EntityRecord }) {
  const { t } = useTranslation('panel');
  const [limit, setLimit] = useState(step);
  const { data, error, refetch } = useQuery({
    queryKey: [...keys.recordHistory(record.id), limit],
    queryFn: ({ signal }) => api.history.ofRecord({ id: record.id, with_links: true, limit }, { signal }),
    placeholderData: keepPreviousData,
  });
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  if (data.total === 0) return <EmptyState icon={IconHistory} text={t('history.empty')} />;
  return (
    <>
      <ol className="record-history">
        {data.rows.map((row) => (
          <HistoryEntry key={row.change.id} row={row} />
        ))}
      </ol>
      {data.total > data.rows.length && limit < 1000 && (
        <Button variant="default" onClick={() => setLimit(Math.min(1000, limit + step))}>
          {t('history.more')}
        </Button>
      )}
    </>
  );
}
