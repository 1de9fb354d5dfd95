import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconPlayerPlay,
  IconRotateClockwise,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Job } from '#shared/contract/job.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { JobState } from '#shared/domain/jobs.ts';
import { useTexts } from '../../i18n/setup.ts';
import { api } from '../../api/client.ts';
import { keys } from '../../stores/queries.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import type { IconType } from '../../ui/icons.ts';
import { ProfileName } from '../../ui/ProfileName.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { When } from '../../ui/When.tsx';
import { cancelJob, retryJob } from './actions.ts';
import { errorText, jobName } from './texts.ts';
import styles from './jobs.module.css';

const signs: Readonly<Record<JobState, IconType>> = {
  pending: IconClock,
  running: IconPlayerPlay,
  failed: IconRotateClockwise,
  completed: IconCircleCheck,
  cancelled: IconCircleX,
  dead: IconAlertTriangle,
};

/** Input, result and error as they are stored. */
function Details({ id }: { id: string }) {
  const { t } = useTexts('jobs');
  const { data, error, refetch } = useQuery({
    queryKey: keys.job(id),
    queryFn: ({ signal }) => api.jobs.show({ id }, { signal }),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <ProgressLine progress={null} label={t('details')} />;
  const parts = [
    [t('input'), data.input],
    [t('result'), data.result],
    [t('error'), data.error],
  ] as const;
  return (
    <dl className={styles.details}>
      {parts.map(([name, value]) =>
        value === null || (isJsonObject(value) && Object.keys(value).length === 0) ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
              <section className={styles.json} aria-label={name} tabIndex={0}>
                <pre>{JSON.stringify(value, null, 2)}</pre>
              </section>
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** When it was added or ended, by whom, and how often it was tried. */
function About({ job }: { job: Job }) {
  const { t } = useTexts('jobs');
  const { attempts, max_attempts: most, finished_at, state, run_after } = job;
  return (
    <p className="dim">
      {t(`state.${state}`)} · <When at={finished_at ?? job.started_at ?? job.created_at} />
      {' · '}
      {job.created_by === '' ? t('scheduled') : <ProfileName id={job.created_by} />}
      {attempts > 1 && ` · ${t('attempt', { attempt: attempts, most })}`}
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
  /** Whether the person may cancel and retry it. */
  maySettle: boolean;
}

export function JobRow({ job, maySettle }: Props) {
  const { t } = useTexts('jobs');
  const [isOpen, setOpen] = useState(false);
  const details = useId();
  const { state } = job;
  const Icon = signs[state];
  const name = jobName(job);
  const isOver = state === 'completed' || state === 'cancelled';
  // What ended an earlier attempt is in the details.
  const error = isOver || state === 'running' ? null : errorText(job);
  return (
    <li className={`${styles.row} ${styles[state]}`}>
      <Icon size={17} stroke={1.6} aria-hidden />
      <div className={styles.about}>
        <h3>{name}</h3>
        <About job={job} />
        {error !== null && <p className={styles.error}>{error}</p>}
        {state === 'running' && (
          <ProgressLine progress={job.progress && { kind: 'progress', ...job.progress }} label={name} />
        )}
        {isOpen && (
          <div id={details}>
            <Details id={job.id} />
          </div>
        )}
      </div>
      <div className={styles.deeds}>
        <Button
          size="xs"
          variant="subtle"
          aria-label={`${t('details')}: ${name}`}
          aria-expanded={isOpen}
          {...(isOpen ? { 'aria-controls': details } : {})}
          onClick={() => setOpen(!isOpen)}
        >
          {t('details')}
        </Button>
        {maySettle && !isOver && (
          <Button
            size="xs"
            variant="default"
            aria-label={`${t(state === 'dead' ? 'dismiss' : 'common:cancel')}: ${name}`}
            onClick={() => void cancelJob(job)}
          >
            {t(state === 'dead' ? 'dismiss' : 'common:cancel')}
          </Button>
        )}
        {maySettle && (state === 'dead' || state === 'failed') && (
          <Button
            size="xs"
            variant="default"
            aria-label={`${t('common:retry')}: ${name}`}
            onClick={() => void retryJob(job)}
          >
            {t('common:retry')}
          </Button>
        )}
      </div>
    </li>
  );
}
