import { Button, Menu } from '@mantine/core';
import {
  IconChevronDown,
  IconClock,
  IconListCheck,
  IconSchool,
  IconSearch,
  IconShieldCheck,
  IconStack2,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Job, JobRequest } from '#shared/contract/jobs.ts';
import { mayAddJob, maySettleJob } from '#shared/domain/permissions.ts';
import type { JobState } from '#shared/domain/jobs.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useMe, useReadOnly } from '../../stores/profile.ts';
import { queryFor } from '../../stores/queries.ts';
import { whyNotLive } from '../../stores/target.ts';
import { exactTime } from '../../text/time.ts';
import { permissionText } from '../../text/faults.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { MenuAction } from '../../ui/MenuAction.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { addJob } from './actions.ts';
import { JobRow } from './JobRow.tsx';
import { useJobs } from './state.ts';
import { jobName } from './texts.ts';
import styles from './jobs.module.css';

/** Jobs that start with a click; others start where their input is chosen. */
const offered = [
  { kind: 'backup', icon: IconStack2 },
  { kind: 'verify', icon: IconShieldCheck },
  { kind: 'index', icon: IconSearch },
  { kind: 'train', icon: IconSchool },
] as const satisfies readonly { kind: JobRequest['kind']; icon: unknown }[];

const page = 20;
const over: readonly JobState[] = ['completed', 'cancelled'];

function AddJob({ whyNot }: { whyNot: string | null }) {
  const { t } = useTexts('jobs');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={15} stroke={1.6} aria-hidden />}>{t('add')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map(({ kind, icon }) => (
          <MenuAction
            key={kind}
            icon={icon}
            label={jobName({ kind })}
            why={whyNot}
            onRun={() => addJob({ kind })}
          />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface SectionProps {
  title: string;
  jobs: readonly Job[];
  maySettle: (job: Job) => boolean;
}

function Section({ title, jobs, maySettle }: SectionProps) {
  if (jobs.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul className="card mt-8" aria-label={title}>
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} maySettle={maySettle(job)} />
        ))}
      </ul>
    </section>
  );
}

function Schedules() {
  const { t } = useTexts('jobs');
  const { data } = useQuery(queryFor('jobs.schedules', {}));
  if (!data) return null;
  return (
    <section aria-label={t('schedules')}>
      <h2>{t('schedules')}</h2>
      <ul className="card mt-8">
        {data.map(({ kind, every, next }) => (
          <li key={kind} className={`stack top gap-12 small px-12 py-8 ${styles.row}`}>
            <IconClock className="dim mt-2" size={16} stroke={1.6} aria-hidden />
            <span>{jobName({ kind })}</span>
            <span className="dim">
              {t('every', { count: every / 86_400_000 })} · {t('next', { when: exactTime(next) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export default function JobsView() {
  const { t } = useTexts('jobs');
  const away = whyNotLive();
  if (away === null) return <JobsOfLive />;
  return (
    <Page title={t('title')}>
      <EmptyState icon={IconListCheck} text={away} />
    </Page>
  );
}

function JobsOfLive() {
  const { t } = useTexts('jobs');
  const me = useMe();
  const closed = useReadOnly();
  const [limit, setLimit] = useState(page);
  const running = useJobs(({ overview }) => overview?.running);
  const open = useQuery(
    queryFor('jobs.list', { states: ['pending', 'running', 'failed', 'dead'], limit: 500 }),
  );
  const finished = useQuery({
    ...queryFor('jobs.list', { states: [...over], limit }),
    placeholderData: keepPreviousData,
  });
  const verdict = me && mayAddJob(me);
  const whyNot = closed ?? (verdict?.allowed === false ? permissionText(verdict.rule) : null);
  const maySettle = (job: Job): boolean =>
    closed === null && me !== undefined && maySettleJob(me, job.created_by === me.id).allowed;
  const error = open.error ?? finished.error;
  const all = open.data?.jobs ?? [];
  const inStates = (...states: JobState[]): Job[] => all.filter(({ state }) => states.includes(state));
  // The overview has the newest progress.
  const now = running ?? inStates('running');
  const isEmpty = open.data?.total === 0 && finished.data?.total === 0;
  return (
    <Page title={t('title')} width="form" actions={<AddJob whyNot={whyNot} />}>
      {error && <ErrorState error={error} onRetry={() => void open.refetch()} />}
      {!error && !(open.data && finished.data) && (
        <ProgressLine progress={null} label={t('common:loading')} />
      )}
      {isEmpty && (
        <EmptyState icon={IconListCheck} text={t('empty')}>
          {whyNot === null && (
            <Button variant="default" onClick={() => void addJob({ kind: 'backup' })}>
              {t('emptyAction')}
            </Button>
          )}
        </EmptyState>
      )}
      <Section title={t('attention')} jobs={inStates('dead')} maySettle={maySettle} />
      <Section title={t('running')} jobs={now} maySettle={maySettle} />
      <Section title={t('waiting')} jobs={inStates('pending', 'failed')} maySettle={maySettle} />
      <Schedules />
      <Section title={t('history')} jobs={finished.data?.jobs ?? []} maySettle={maySettle} />
      {finished.data && finished.data.total > finished.data.jobs.length && (
        <Button className={styles.more} variant="default" onClick={() => setLimit(limit + 5 * page)}>
          {t('more')}
        </Button>
      )}
    </Page>
  );
}
