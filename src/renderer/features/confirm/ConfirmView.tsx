import { Button } from '@mantine/core';
import { IconChecklist, IconFileImport, IconFileSpreadsheet } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listOf, listWithRecord } from '#shared/address/view.ts';
import type { ConfirmStatus } from '#shared/contract/confirm.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { useReadOnlyReason } from '../../stores/profile.ts';
import { queryFor } from '../../stores/queries.ts';
import { formatDay } from '../../text/formats.ts';
import { displayTitle, typeName, typeNames, capitalised } from '../../text/names.ts';
import { numberText } from '../../text/values.ts';
import { Chart } from '../../ui/chart/Chart.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { chooseAnswerFile } from './answers-form.tsx';
import { openSheetsForm } from './sheets-form.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import styles from './confirm.module.css';

const maxBars = 20;
const maxTeams = 500;

const percentOf = (part: number, total: number): number | null => (total === 0 ? null : (100 * part) / total);
const percentText = (percent: number): string => `${numberText(Math.round(percent))}\u00a0%`;

function RateChart({ universities }: Pick<ConfirmStatus, 'universities'>) {
  const { t } = useTexts('confirm');
  if (universities.length < 2) return null;
  return (
    <Chart
      title={t('rate.title')}
      axis={{ key: 'university', label: typeName('university') }}
      rows={universities.slice(0, maxBars).map(({ title, asked, answered, links, confirmed }) => ({
        university: title || capitalised(t('audit:profileNoUniversity')),
        teams: percentOf(answered, asked),
        links: percentOf(confirmed, links),
      }))}
      series={[
        { key: 'teams', label: t('rate.teams'), color: 'var(--cat-1)', kind: 'bar' },
        { key: 'links', label: t('rate.links'), color: 'var(--cat-2)', kind: 'bar' },
      ]}
      format={percentText}
      domain={[0, 100]}
      isHorizontal
    />
  );
}

interface TeamsProps {
  teams: ConfirmStatus['teams'];
  teamCount: number;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
}

function TeamTable({ teams, teamCount, selected, onSelect }: TeamsProps) {
  const { t } = useTexts('confirm');
  const columns: readonly DataColumn<ConfirmStatus['teams'][number]>[] = [
    {
      key: 'team',
      title: typeName('team'),
      kind: 'name',
      classOf: () => 'cut',
      renderCell: ({ id, title }) => (
        <LinkButton onClick={() => navigate(listWithRecord('team', id, 'links'))}>
          {displayTitle(title, 'team')}
        </LinkButton>
      ),
    },
    {
      key: 'university',
      title: typeName('university'),
      classOf: () => 'cut',
      renderCell: ({ university_title: name }) => name || capitalised(t('audit:profileNoUniversity')),
    },
    {
      key: 'answer',
      title: t('answer'),
      renderCell: ({ confirmed }) => (
        <span className={`pill pill-${confirmed > 0 ? 'ok' : 'warn'}`}>
          {t(confirmed > 0 ? 'answered' : 'waiting')}
        </span>
      ),
    },
    {
      key: 'links',
      title: t('confirmedLinks'),
      kind: 'number',
      renderCell: ({ links, confirmed }) => t('of', { part: confirmed, all: links }),
    },
  ];
  return (
    <section aria-labelledby="confirm-teams">
      <h2 id="confirm-teams">{typeNames('team')}</h2>
      <DataTable
        rows={teams}
        columns={columns}
        keyOf={({ id }) => id}
        className={styles.teams}
        selection={{
          selected,
          onSelect,
          selectAllLabel: t('selectAll'),
          nameOf: ({ title }) => t('select', { team: displayTitle(title, 'team') }),
        }}
      />
      {teamCount > teams.length && (
        <p className="dim">{t('moreTeams', { count: teamCount - teams.length })}</p>
      )}
    </section>
  );
}

function Status({
  status,
  selected,
  onSelect,
}: Omit<TeamsProps, 'teams' | 'teamCount'> & { status: ConfirmStatus }) {
  const { t } = useTexts('confirm');
  const { total, since, universities, teams } = status;
  const day = formatDay(since);
  const unconfirmedCount = total.links - total.confirmed;
  return (
    <>
      <section>
        <p className="title strong mb-4">
          {t('lead', { count: total.asked, answered: total.answered, since: day })}
        </p>
        <p>
          {t('links', { count: total.links, confirmed: total.confirmed })}{' '}
          {unconfirmedCount > 0 && (
            <Button
              size="compact-sm"
              onClick={() =>
                navigate({
                  ...listOf('interface'),
                  filters: [{ field: 'confirmed_at', op: 'not_gte', value: since }],
                })
              }
            >
              {t('showOpen', { count: unconfirmedCount })}
            </Button>
          )}
        </p>
      </section>
      {total.answered > 0 && <RateChart universities={universities} />}
      <TeamTable teams={teams} teamCount={total.asked} selected={selected} onSelect={onSelect} />
    </>
  );
}

/** Which teams have confirmed their links this term; exports sheets and imports answers. */
export default function ConfirmView() {
  const { t } = useTexts('confirm');
  const readOnlyReason = useReadOnlyReason();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const query = useQuery(queryFor('confirm.status', { limit: maxTeams }));
  const { data } = query;
  const isEmpty = data?.total.asked === 0;
  return (
    <Page
      title={t('title')}
      width="form"
      actions={
        !isEmpty && (
          <>
            <Button
              leftSection={<IconFileSpreadsheet size={16} />}
              disabled={!data}
              onClick={() => openSheetsForm([...selected])}
            >
              {`${t('handOut.title')}…`}
            </Button>
            <Button
              variant="filled"
              leftSection={<IconFileImport size={16} />}
              disabled={!data || readOnlyReason !== null}
              title={readOnlyReason ?? ''}
              onClick={() => void chooseAnswerFile()}
            >
              {t('read.command')}
            </Button>
          </>
        )
      }
    >
      <QueryView
        query={query}
        label={t('title')}
        isEmpty={() => isEmpty}
        empty={
          <EmptyState icon={IconChecklist} text={t('empty')}>
            <Button onClick={() => navigate(listOf('interface'))}>{typeNames('interface')}</Button>
          </EmptyState>
        }
      >
        {(status) => <Status status={status} selected={selected} onSelect={setSelected} />}
      </QueryView>
    </Page>
  );
}
