import type { Job, JobDetails as JobWithDetails } from '#shared/contract/jobs.ts';
import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconPlayerPlay,
  IconRotateClockwise,
} from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { JobState } from '#shared/domain/jobs.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import type { IconType } from '../../ui/icons.ts';
import { ProfileName } from '../../ui/ProfileName.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { When } from '../../ui/When.tsx';
import { cancelJob, retryJob } from './actions.ts';
import { errorText, jobName } from './texts.ts';
import { queryFor } from '../../stores/queries.ts';
import { exactTime } from '../../text/time.ts';
import { requestLines, resultLines } from './details.ts';
import type { Line } from './details.ts';
import { QueryView } from '../../ui/QueryView.tsx';
import styles from './jobs.module.css';

function DetailSection({ title, lines }: { title: string; lines: readonly Line[] }) {
  if (lines.length === 0) return null;
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      <dl>
        {lines.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function useAttemptLines(job: JobWithDetails): Line[] {
  const { t } = useTexts('jobs');
  const { attempts, max_attempts: maxAttempts, created_at, started_at, finished_at, run_after, state } = job;
  const nextAttempt = state === 'failed' ? run_after : null;
  const times = [
    [t('addedAt'), created_at],
    [t('startedAt'), started_at],
    [t('finishedAt'), finished_at],
    [t('nextAttempt'), nextAttempt],
  ] as const;
  const error = errorText(job);
  return [
    { label: t('tried'), value: t('attemptsOf', { attempt: attempts, most: maxAttempts }) },
    ...times.flatMap(([label, time]) => (time === null ? [] : [{ label, value: exactTime(time) }])),
    ...(error === null ? [] : [{ label: t('error'), value: error }]),
  ];
}

function DetailSections({ job }: { job: JobWithDetails }) {
  const { t } = useTexts('jobs');
  const universities = useUniversityNames(job.about.university !== null);
  const attemptLines = useAttemptLines(job);
  return (
    <div className={`stack gap-12 mt-8 px-12 py-8 sunken rounded ${styles.details}`}>
      <DetailSection title={t('input')} lines={requestLines(job, universities)} />
      <DetailSection title={t('attempts')} lines={attemptLines} />
      <DetailSection title={t('result')} lines={resultLines(job, universities)} />
    </div>
  );
}

function JobDetails({ id }: { id: string }) {
  const { t } = useTexts('jobs');
  const query = useQuery(queryFor('jobs.show', { id }));
  return (
    <QueryView query={query} label={t('details')}>
      {(job) => <DetailSections job={job} />}
    </QueryView>
  );
}

const icons: Readonly<Record<JobState, IconType>> = {
  pending: IconClock,
  running: IconPlayerPlay,
  failed: IconRotateClockwise,
  completed: IconCircleCheck,
  cancelled: IconCircleX,
  dead: IconAlertTriangle,
};

function JobSummary({ job }: { job: Job }) {
  const { t } = useTexts('jobs');
  const { attempts, max_attempts: maxAttempts, finished_at, state, run_after } = job;
  return (
    <p className="dim">
      {t(`state.${state}`)} · <When at={finished_at ?? job.started_at ?? job.created_at} />
      {' · '}
      {job.created_by === '' ? t('scheduled') : <ProfileName id={job.created_by} />}
      {attempts > 1 && ` · ${t('attempt', { attempt: attempts, most: maxAttempts })}`}
      {state === 'failed' && (
        <>
          {' · '}
          <When at={run_after} />
        </>
      )}
    </p>
  );
}

interface Props {
  job: Job;
  canManage: boolean;
}

export function JobRow({ job, canManage }: Props) {
  const { t } = useTexts('jobs');
  const [isOpen, setOpen] = useState(false);
  const detailsId = useId();
  const { state } = job;
  const Icon = icons[state];
  const universities = useUniversityNames(job.about.university !== null);
  const name = jobName(job, universities);
  const isFinished = state === 'completed' || state === 'cancelled';
  // Errors of earlier attempts are in the details.
  const error = isFinished || state === 'running' ? null : errorText(job);
  return (
    <li className={`stack top gap-12 small px-12 py-8 ${styles.row} ${styles[state]}`}>
      <Icon className="dim mt-2" size={17} stroke={1.6} aria-hidden />
      <div className={`stack single gap-4 ${styles.about}`}>
        <h3>{name}</h3>
        <JobSummary job={job} />
        {error !== null && <p className={styles.error}>{error}</p>}
        {state === 'running' && (
          <ProgressLine progress={job.progress && { kind: 'progress', ...job.progress }} label={name} />
        )}
        {isOpen && (
          <div id={detailsId}>
            <JobDetails id={job.id} />
          </div>
        )}
      </div>
      <div className="flex wrap gap-4 at-end">
        <Button
          size="xs"
          variant="subtle"
          aria-label={`${t(isOpen ? 'hideDetails' : 'details')}: ${name}`}
          aria-expanded={isOpen}
          {...(isOpen ? { 'aria-controls': detailsId } : {})}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'hideDetails' : 'details')}
        </Button>
        {canManage && !isFinished && (
          <Button
            size="xs"
            aria-label={`${t(state === 'dead' ? 'dismiss' : 'common:cancel')}: ${name}`}
            onClick={() => void cancelJob(job)}
          >
            {t(state === 'dead' ? 'dismiss' : 'common:cancel')}
          </Button>
        )}
        {canManage && (state === 'dead' || state === 'failed') && (
          <Button size="xs" aria-label={`${t('common:retry')}: ${name}`} onClick={() => void retryJob(job)}>
            {t('common:retry')}
          </Button>
        )}
      </div>
    </li>
  );
}
