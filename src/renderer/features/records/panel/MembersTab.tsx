import { listOf } from '#shared/address/view.ts';
import type { ListView } from '#shared/address/view.ts';
import type { Filter } from '#shared/contract/entities.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTexts } from '../../../i18n/setup.ts';
import { api } from '../../../api/client.ts';
import { navigate } from '../../../stores/address.ts';
import { queryKeys } from '../../../stores/queries.ts';
import {
  choiceName,
  countedRecords,
  inSentence,
  joinWithAnd,
  displayTitle,
  typeNames,
} from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { iconOf } from '../../../ui/icons.ts';
import { QueryView } from '../../../ui/QueryView.tsx';
import { useOpenRecord } from '../data/record.ts';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import linksStyles from './links.module.css';

const memberFields: Readonly<Partial<Record<EntityType, { field: string; types: readonly EntityType[] }>>> = {
  university: {
    field: 'university_id',
    types: ['team', 'faculty', 'student', 'project', 'organisation', 'outcome'],
  },
  project: { field: 'project_id', types: ['team', 'outcome'] },
  team: { field: 'team_id', types: ['student'] },
};

/** The types of records that belong to a record of the type, in display order. */
export function memberTypes(type: EntityType): readonly EntityType[] {
  return memberFields[type]?.types ?? [];
}

/** The number of records that belong to this one; null if unknown. */
export function memberCount({ type, derived }: EntityRecord): number | null {
  const counts = memberTypes(type).map((memberType) => derived[tableOf[memberType]]);
  const knownCounts = counts.filter((count) => typeof count === 'number');
  return knownCounts.length < counts.length ? null : knownCounts.reduce((sum, count) => sum + count, 0);
}

function memberFilters({ type, id }: Pick<EntityRecord, 'type' | 'id'>): Filter[] {
  const field = memberFields[type]?.field;
  return field === undefined ? [] : [{ field, op: 'is', value: id }];
}

function membersList(record: Pick<EntityRecord, 'type' | 'id'>, type: EntityType): ListView {
  return { ...listOf(type), filters: memberFilters(record) };
}

/** If one member more exists, that one is shown too. */
const maxShownMembers = 6;

const subtitleFields: Readonly<Partial<Record<EntityType, string>>> = {
  team: 'discipline',
  faculty: 'role',
  student: 'expertise_area',
  project: 'type',
  organisation: 'kind',
  outcome: 'cohort_year',
};

function subtitleOf({ type, payload }: EntityRecord): string {
  const value = payload[subtitleFields[type] ?? ''];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? choiceName(value) : '';
}

interface MemberSectionProps {
  record: EntityRecord;
  type: EntityType;
  rows: readonly EntityRecord[];
  count: number;
}

function MemberSection({ record, type, rows, count }: MemberSectionProps) {
  const { t } = useTexts('panel');
  const headingId = useId();
  const openRecord = useOpenRecord();
  const Icon = iconOf[type];
  return (
    <section aria-labelledby={headingId} className={linksStyles.membersPart}>
      <h2 className="row gap-8 small strong line-below" id={headingId}>
        <Icon size={16} stroke={1.6} aria-hidden />
        {typeNames(type)} <span className="regular faint num">{numberText(count)}</span>
      </h2>
      <ul className={`full ${linksStyles.list}`}>
        {rows.map((row) => (
          <li key={row.id} className={`stack center gap-12 small ${linksStyles.memberRow}`}>
            <LinkButton
              className={`medium fits ${linksStyles.name} cut`}
              title={t('links.openOther', { title: displayTitle(row.title, type) })}
              onClick={() => openRecord(type, row.id)}
            >
              {displayTitle(row.title, type)}
            </LinkButton>
            <span className="tiny faint fits cut">{subtitleOf(row)}</span>
          </li>
        ))}
      </ul>
      <Button size="xs" onClick={() => navigate(membersList(record, type))}>
        {t('members.inList', { what: countedRecords(type, count), count })}
      </Button>
    </section>
  );
}

/** The records that belong to a record, by type: the first of each, and a link to all. */
export function MembersTab({ record }: { record: EntityRecord }) {
  const { t } = useTexts('grid');
  const filters = memberFilters(record);
  const query = useQuery({
    queryKey: queryKeys.members(record.id),
    queryFn: ({ signal }) =>
      Promise.all(
        memberTypes(record.type).map(async (type) => {
          const page = await api.entities.list({ type, filters, limit: maxShownMembers + 1 }, { signal });
          const rows = page.matched > maxShownMembers + 1 ? page.rows.slice(0, maxShownMembers) : page.rows;
          return { type, rows, count: page.matched };
        }),
      ),
  });
  return (
    <QueryView
      query={query}
      label={null}
      isEmpty={(data) => data.every(({ count }) => count === 0)}
      empty={
        <EmptyState
          icon={iconOf[record.type]}
          text={t('emptyText', { types: inSentence(joinWithAnd(memberTypes(record.type).map(typeNames))) })}
        />
      }
    >
      {(data) => (
        <Stack gap={24}>
          {data
            .filter(({ count }) => count > 0)
            .map((part) => (
              <MemberSection key={part.type} record={record} {...part} />
            ))}
        </Stack>
      )}
    </QueryView>
  );
}
