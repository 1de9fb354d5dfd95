import { useQuery } from '@tanstack/react-query';
import type { JobDetails as Stored } from '#shared/contract/jobs.ts';
import { useTexts } from '../../i18n/setup.ts';
import { api } from '../../api/client.ts';
import { keys } from '../../stores/queries.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { exact } from '../../text/time.ts';
import { requestLines, resultLines } from './details.ts';
import type { Line } from './details.ts';
import { errorText } from './texts.ts';
import styles from './jobs.module.css';
import { QueryView } from '../../ui/QueryView.tsx';

function Part({ title, lines }: { title: string; lines: readonly Line[] }) {
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

/** The number and times of attempts, and the last error. */
function useAttemptLines(job: Stored): Line[] {
  const { t } = useTexts('jobs');
  const { attempts, max_attempts: most, created_at, started_at, finished_at, run_after, state } = job;
  const next = state === 'failed' ? run_after : null;
  const times = [
    [t('addedAt'), created_at],
    [t('startedAt'), started_at],
    [t('finishedAt'), finished_at],
    [t('nextAttempt'), next],
  ] as const;
  const error = errorText(job);
  return [
    { label: t('tried'), value: t('attemptsOf', { attempt: attempts, most }) },
    ...times.flatMap(([label, at]) => (at === null ? [] : [{ label, value: exact(at) }])),
    ...(error === null ? [] : [{ label: t('error'), value: error }]),
  ];
}

function Parts({ job }: { job: Stored }) {
  const { t } = useTexts('jobs');
  const universities = useUniversityNames(job.about.university !== null);
  const attempts = useAttemptLines(job);
  return (
    <div className={`stack gap-12 mt-8 px-12 py-8 sunken rounded ${styles.details}`}>
      <Part title={t('input')} lines={requestLines(job, universities)} />
      <Part title={t('attempts')} lines={attempts} />
      <Part title={t('result')} lines={resultLines(job, universities)} />
    </div>
  );
}

/** The input, attempts and result of a job. */
export function JobDetails({ id }: { id: string }) {
  const { t } = useTexts('jobs');
  const query = useQuery({
    queryKey: keys.job(id),
    queryFn: ({ signal }) => api.jobs.show({ id }, { signal }),
  });
  return (
    <QueryView query={query} label={t('details')}>
      {(job) => <Parts job={job} />}
    </QueryView>
  );
}
