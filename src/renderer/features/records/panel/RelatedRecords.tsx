import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pathText } from '#shared/contract/related.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { queryFor } from '../../../stores/queries.ts';
import { displayTitle, fieldName, typeName } from '../../../text/names.ts';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { QueryView } from '../../../ui/QueryView.tsx';
import { useOpenRecord } from '../data/record.ts';

const [pageSize, maxRows] = [10, 1000];

/** The records that links, fields and documents connect with this one, each with its path. Read when it is opened. */
export function RelatedRecords({ record }: { record: EntityRecord }) {
  const { t } = useTexts('panel');
  const openRecord = useOpenRecord();
  const [isOpen, setIsOpen] = useState(false);
  const [limit, setLimit] = useState(pageSize);
  const query = useQuery({
    ...queryFor('entities.related', { id: record.id, limit }),
    enabled: isOpen,
    placeholderData: keepPreviousData,
  });
  const kindName = (kind: string): string => {
    if (kind === 'link') return typeName('interface');
    return kind === 'similar' ? t('related.similar') : fieldName(kind);
  };
  const titleOf = ({ title, type }: Pick<EntityRecord, 'title' | 'type'>): string =>
    displayTitle(title, type);
  return (
    <details className="small mt-16" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary className="dim">{t('related.title')}</summary>
      <QueryView
        query={query}
        label={null}
        isEmpty={({ total }) => total === 0}
        empty={<p className="dim py-8">{t('related.none')}</p>}
      >
        {({ rows, total }) => (
          <>
            <ul className="full">
              {rows.map((row) => (
                <li key={row.id} className="stack start py-8 line-below">
                  <LinkButton className="medium fits cut" onClick={() => openRecord(row.type, row.id)}>
                    {titleOf(row)}
                  </LinkButton>
                  <span className="tiny dim">
                    {[typeName(row.type), row.university].filter(Boolean).join(' · ')}
                  </span>
                  <span className="tiny faint breaks">
                    {titleOf(record)} {pathText(row.path, kindName, titleOf)}
                  </span>
                </li>
              ))}
            </ul>
            {total > rows.length && limit < maxRows && (
              <Button size="xs" mt={8} onClick={() => setLimit(Math.min(maxRows, limit + 2 * pageSize))}>
                {t('compare:more', { count: total - rows.length })}
              </Button>
            )}
          </>
        )}
      </QueryView>
    </details>
  );
}
