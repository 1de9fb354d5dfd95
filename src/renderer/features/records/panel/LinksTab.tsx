import { Button } from '@mantine/core';
import { IconAffiliate, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { useMe } from '../../../stores/profile.ts';
import { keys } from '../../../stores/queries.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { iconOf } from '../../../ui/icons.ts';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';
import { whyNotNew } from '../data/mayChange.ts';
import { inNetwork, showAround } from '../../../stores/network.ts';
import { AddLink } from './AddLink.tsx';
import { linkAnswered, useAskedLink } from './asked-link.ts';
import { useLinkBegun } from './link-draft.ts';
import { LinkRow } from './LinkRow.tsx';

const limit = 200;

/** The links of a record, the weakest first, each with the record at its other end. */
export function LinksTab({ record }: { record: EntityRecord }) {
  const { t } = useTranslation('panel');
  const [begun, setBegun] = useState(false);
  const asked = useAskedLink(({ id }) => id === record.id);
  const left = useLinkBegun(record.id);
  const adding = begun || asked || left;
  // What was asked for is over when its record is left.
  useEffect(() => (asked ? () => linkAnswered(record.id) : undefined), [asked, record.id]);
  const { data, error, refetch } = useQuery({
    queryKey: keys.links(record.id),
    queryFn: ({ signal }) => api.entities.links({ id: record.id, limit }, { signal }),
  });
  const universities = useUniversityNames();
  const live = record.deleted_at === null;
  // A link may be made by whoever may change one of its ends: which the other is nobody knows yet.
  const refused = whyNotNew(useMe(), 'interface');
  const why = live ? refused : t('links.deleted');
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const addButton = (
    <Button
      disabled={why !== null}
      {...(why === null ? {} : { title: why })}
      variant={data.total === 0 ? 'filled' : 'default'}
      leftSection={<IconPlus size={15} stroke={1.8} />}
      onClick={() => setBegun(true)}
    >
      {t('links.add')}
    </Button>
  );
  return (
    <div className="links">
      {(live ? adding : left) && (
        <AddLink
          record={record}
          why={why}
          mayGiveUp={refused === null}
          arrives={begun || asked}
          onDone={() => {
            setBegun(false);
            linkAnswered(record.id);
          }}
        />
      )}
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
          {live && inNetwork(record.type) && (
            <Button
              variant="subtle"
              leftSection={<IconAffiliate size={15} stroke={1.6} />}
              onClick={() => showAround(record.id)}
            >
              {t('links.network')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
