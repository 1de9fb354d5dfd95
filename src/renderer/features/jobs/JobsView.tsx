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
import { addJobVerdict, jobVerdict } from '#shared/domain/permissions.ts';
import type { JobState } from '#shared/domain/jobs.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useMe, useReadOnlyReason } from '../../stores/profile.ts';
import { queryFor } from '../../stores/queries.ts';
import { whyNotLive } from '../../stores/target.ts';
import { exactTime } from '../../text/time.ts';
import { denialText } from '../../text/faults.ts';
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
const addableJobs = [
  { kind: 'backup', icon: IconStack2 },
  { kind: 'verify', icon: IconShieldCheck },
  { kind: 'index', icon: IconSearch },
  { kind: 'train', icon: IconSchool },
] as const satisfies readonly { kind: JobRequest['kind']; icon: unknown }[];

const pageSize = 20;
const dayMs = 86_400_000;
const finishedStates: readonly JobState[] = ['completed', 'cancelled'];

function AddJobMenu({ refusal }: { refusal: string | null }) {
  const { t } = useTexts('jobs');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="filled" rightSection={<IconChevronDown size={15} stroke={1.6} aria-hidden />}>
          {t('add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {addableJobs.map(({ kind, icon }) => (
          <MenuAction
            key={kind}
            icon={icon}
            label={jobName({ kind })}
            why={refusal}
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
  canManage: (job: Job) => boolean;
}

function Section({ title, jobs, canManage }: SectionProps) {
  if (jobs.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul className="card mt-8" aria-label={title}>
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} canManage={canManage(job)} />
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
              {t('every', { count: every / dayMs })} · {t('next', { when: exactTime(next) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export default function JobsView() {
  const { t } = useTexts('jobs');
  const notLiveReason = whyNotLive();
  if (notLiveReason === null) return <LiveJobs />;
  return (
    <Page title={t('title')}>
      <EmptyState icon={IconListCheck} text={notLiveReason} />
    </Page>
  );
}

function LiveJobs() {
  const { t } = useTexts('jobs');
  const me = useMe();
  const readOnlyReason = useReadOnlyReason();
  const [limit, setLimit] = useState(pageSize);
  const running = useJobs(({ overview }) => overview?.running);
  const openQuery = useQuery(
    queryFor('jobs.list', { states: ['pending', 'running', 'failed', 'dead'], limit: 500 }),
  );
  const finishedQuery = useQuery({
    ...queryFor('jobs.list', { states: [...finishedStates], limit }),
    placeholderData: keepPreviousData,
  });
  const refusal = readOnlyReason ?? denialText(me && addJobVerdict(me));
  const canManage = (job: Job): boolean =>
    readOnlyReason === null && me !== undefined && jobVerdict(me, job.created_by === me.id).allowed;
  const error = openQuery.error ?? finishedQuery.error;
  const openJobs = openQuery.data?.jobs ?? [];
  const jobsIn = (...states: JobState[]): Job[] => openJobs.filter(({ state }) => states.includes(state));
  // The overview has the newest progress.
  const runningJobs = running ?? jobsIn('running');
  const isEmpty = openQuery.data?.total === 0 && finishedQuery.data?.total === 0;
  return (
    <Page title={t('title')} width="form" actions={<AddJobMenu refusal={refusal} />}>
      {error && (
        <ErrorState
          error={error}
          onRetry={() => void (openQuery.error ? openQuery.refetch() : finishedQuery.refetch())}
        />
      )}
      {!error && !(openQuery.data && finishedQuery.data) && (
        <ProgressLine progress={null} label={t('common:loading')} />
      )}
      {isEmpty && (
        <EmptyState icon={IconListCheck} text={t('empty')}>
          {refusal === null && (
            <Button onClick={() => void addJob({ kind: 'backup' })}>{t('emptyAction')}</Button>
          )}
        </EmptyState>
      )}
      <Section title={t('attention')} jobs={jobsIn('dead')} canManage={canManage} />
      <Section title={t('running')} jobs={runningJobs} canManage={canManage} />
      <Section title={t('waiting')} jobs={jobsIn('pending', 'failed')} canManage={canManage} />
      <Schedules />
      <Section title={t('history')} jobs={finishedQuery.data?.jobs ?? []} canManage={canManage} />
      {finishedQuery.data && finishedQuery.data.total > finishedQuery.data.jobs.length && (
        <Button className={styles.more} onClick={() => setLimit(limit + 5 * pageSize)}>
          {t('more')}
        </Button>
      )}
    </Page>
  );
}
