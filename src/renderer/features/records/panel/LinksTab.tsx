import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { iconOf } from '../../../ui/icons.ts';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';
import { AddLink } from './AddLink.tsx';
import { LinkRow } from './LinkRow.tsx';

const limit = 200;

/** The links of a record, the weakest first, each with the record at its other end. */
export function LinksTab({ record }: { record: EntityRecord }) {
  const { t } = useTranslation('panel');
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: keys.links(record.id),
    queryFn: ({ signal }) => api.entities.links({ id: record.id, limit }, { signal }),
  });
  const universities = useUniversityNames();
  const live = record.deleted_at === null;
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const addButton = (
    <Button
      variant={data.total === 0 ? 'filled' : 'default'}
      leftSection={<IconPlus size={15} stroke={1.8} />}
      onClick={() => setAdding(true)}
    >
      {t('links.add')}
    </Button>
  );
  return (
    <div className="links">
      {adding && <AddLink record={record} onDone={() => setAdding(false)} />}
      {data.total === 0 && !adding && (
        <EmptyState icon={iconOf.interface} text={t('links.empty')}>
          {live && addButton}
        </EmptyState>
      )}
      {data.total > 0 && (
        <>
          <ul className="link-list">
            {data.rows.map((row) => (
              <LinkRow
                key={row.link.id}
                row={row}
                university={universities.get(row.other?.university_id ?? '') ?? ''}
              />
            ))}
          </ul>
          {data.total > data.rows.length && (
            <p className="dim">{t('links.more', { count: data.rows.length })}</p>
          )}
          {live && !adding && addButton}
        </>
      )}
    </div>
  );
}
