import { useRef, useState } from 'react';
import type { DashboardView as View } from '#shared/address/view.ts';
import type { Question } from '#shared/contract/analysis.ts';
import { useView, navigate } from '../../stores/address.ts';
import { useStatus } from '../../stores/view-status.ts';
import { useScrollRestore } from '../../stores/tabs/scroll.ts';
import { InsightsBar } from '../insights/InsightsBar.tsx';
import { ShareButton, useShareCommand } from '../share/commands.tsx';
import { University } from './University.tsx';
import { useActor, useWorkspace } from '../../stores/profile.ts';
import { queryKeys, queryClient, queryFor } from '../../stores/queries.ts';
import { localDay } from '../../text/local-day.ts';
import { answerQuery } from '../insights/useAnswer.ts';
import { askToShare } from '../share/ShareForm.tsx';
import { comparisonPage, universityPage } from './dashboard-page.ts';
import { useLeaving, useUniversities } from './useDashboard.ts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconChartBar } from '@tabler/icons-react';
import { listOf } from '#shared/address/view.ts';
import type { UniversityRow } from '#shared/contract/dashboards.ts';
import { useTexts } from '../../i18n/setup.ts';
import { countedRecords, openListName } from '../../text/names.ts';
import { numberText } from '../../text/values.ts';
import { Chart } from '../../ui/chart/Chart.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { LinkButton, TitleLink } from '../../ui/LinkButton.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { Formula } from '../insights/Formula.tsx';
import { percentText } from '../insights/sentences.ts';
import { sortRows, UniversityTable } from './UniversityTable.tsx';
import type { Order } from './UniversityTable.tsx';
import { Outcomes } from './Outcomes.tsx';
import { OverTerms } from './OverTerms.tsx';
import { linkCount, lossShare } from './figures.ts';
import styles from './dashboard.module.css';

const questions: readonly Question[] = ['leavers', 'degrading', 'undocumented', 'cohorts'];
const maxItems = 10;

/** The action that shares the comparison of all universities ('') or the dashboard of one; undefined if nothing can be shared. */
function useShareDashboard(university: string): (() => void) | undefined {
  const workspace = useWorkspace().data?.name ?? '';
  const author = useActor()?.name ?? '';
  const { data } = useUniversities();
  const leaving = useLeaving(university, university !== '').data;
  const row = data?.universities.find(({ id }) => id === university);
  const canShare = data && data.universities.length > 0 && (university === '' || (row && leaving));
  const share = (): void => {
    if (!data) return;
    askToShare({
      suggested: `frames-dashboard-${localDay(new Date())}.html`,
      parts: ['people', 'universities'],
      people: [author],
      createPage: async (includes) => {
        const source = { workspace, author: includes.people ? author : '', head: data.head };
        if (!row || !leaving) return { page: comparisonPage(data, source) };
        const answers = await Promise.all(
          questions.map((question) =>
            queryClient.fetchQuery(answerQuery({ question, university, limit: maxItems })),
          ),
        );
        return { page: universityPage(row, leaving, answers, source) };
      },
    });
  };
  const action = canShare ? share : undefined;
  useShareCommand(action);
  return action;
}

export default function DashboardView() {
  const { university } = useView() as View;
  const scroller = useRef<HTMLDivElement>(null);
  useScrollRestore(scroller, true);
  useStatus('');
  const share = useShareDashboard(university);
  return (
    <div className="fill column">
      <InsightsBar currentPage="universities" university={university}>
        <ShareButton disabled={!share} onClick={() => share?.()} />
      </InsightsBar>
      <div className="fill scroll-y line-above mt-12 px-16 pt-12 pb-32" ref={scroller} key={university}>
        {university === '' ? <Universities /> : <University id={university} />}
      </div>
    </div>
  );
}

/** More bars are hard to read; the table has all universities. */
const maxBars = 12;

function LinkChart({ rows }: { rows: readonly UniversityRow[] }) {
  const { t } = useTexts('dashboard');
  return (
    <Chart
      title={t('chart.links')}
      axis={{ key: 'name', label: t('records:one.university') }}
      rows={rows.map(({ name, links }) => ({ name, within: links.within, across: links.across }))}
      series={[
        { key: 'within', label: t('column.within'), color: 'var(--cat-1)', kind: 'bar' },
        { key: 'across', label: t('column.across'), color: 'var(--cat-5)', kind: 'bar' },
      ]}
      format={numberText}
      isHorizontal
    />
  );
}

function StrengthChart({ rows }: { rows: readonly UniversityRow[] }) {
  const { t } = useTexts('dashboard');
  return (
    <Chart
      title={t('chart.strength')}
      axis={{ key: 'name', label: t('records:one.university') }}
      rows={rows.map((row) => ({ name: row.name, loss: lossShare(row), undocumented: row.undocumented }))}
      series={[
        { key: 'loss', label: t('column.loss'), color: 'var(--cat-2)', kind: 'bar' },
        { key: 'undocumented', label: t('column.undocumented'), color: 'var(--cat-5)', kind: 'bar' },
      ]}
      format={percentText}
      isHorizontal
      domain={[0, 1]}
    />
  );
}

const maxProjects = 50;

function SharedProjects() {
  const { t } = useTexts('dashboard');
  const query = {
    type: 'project',
    filters: [{ field: 'university_id', op: 'empty' }],
    limit: maxProjects,
  } as const;
  const { data } = useQuery(
    queryFor('entities.list', { ...query, filters: [...query.filters] }, [...queryKeys.lists, 'shared']),
  );
  if (!data) return null;
  return (
    <section>
      <h2>{t('shared.title')}</h2>
      {data.matched === 0 && <p className="dim">{t('shared.none')}</p>}
      <ul className={`small ${styles.plain}`}>
        {data.rows.map(({ id, title, derived }) => (
          <li className="py-4" key={id}>
            <TitleLink type="project" id={id} title={title} />{' '}
            <span className="dim">
              {countedRecords('interface', typeof derived.links === 'number' ? derived.links : 0)}
            </span>
          </li>
        ))}
      </ul>
      {data.matched > data.rows.length && (
        <LinkButton
          className="dim"
          onClick={() => navigate({ ...listOf('project'), filters: [...query.filters] })}
        >
          {t('shared.more', { count: data.matched })}
        </LinkButton>
      )}
    </section>
  );
}

function Universities() {
  const { t } = useTexts('dashboard');
  const [order, setOrder] = useState<Order>({ column: 'name', descending: false });
  const { data, error, refetch } = useUniversities();
  if (!data && error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <ProgressLine progress={null} label={t('commands:view.dashboard')} />;
  const { universities, total } = data;
  if (universities.length === 0)
    return (
      <EmptyState icon={IconChartBar} text={t('dashboard:none')}>
        <Button onClick={() => navigate(listOf('university'))}>{openListName('university')}</Button>
      </EmptyState>
    );
  const rows = sortRows(universities, order);
  const chartRows = rows.slice(0, maxBars);
  return (
    <>
      <header className="mb-16">
        <h1 className="title strong breaks mb-4">
          {linkCount(total) === 0
            ? t('dashboard:heading.noLinks', { count: universities.length })
            : t('dashboard:heading.links', { count: total.links.across, all: numberText(linkCount(total)) })}
        </h1>
        <Formula text={t('dashboard:how.universities')} />
      </header>
      <UniversityTable comparison={data} rows={rows} order={order} onOrder={setOrder} />
      <div className={`stack top mt-24 ${styles.charts} print-flow`}>
        {linkCount(total) > 0 && (
          <>
            <LinkChart rows={chartRows} />
            <StrengthChart rows={chartRows} />
          </>
        )}
        <Outcomes outcomes={total.outcomes} />
        <OverTerms university="" />
        <SharedProjects />
      </div>
      {universities.length > chartRows.length && (
        <p className="dim">{t('dashboard:drawn', { count: chartRows.length })}</p>
      )}
    </>
  );
}
