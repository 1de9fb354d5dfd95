import { Button } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { whatIfOf } from '#shared/address/view.ts';
import type { MeasuredHistory, MeasuredPoint, UniversityCounts } from '#shared/contract/dashboards.ts';
import { useTexts } from '../../i18n/setup.ts';
import { api } from '../../api/client.ts';
import { navigate } from '../../stores/address.ts';
import { queryKeys } from '../../stores/queries.ts';
import { useStream } from '../../stores/useStream.ts';
import { dayText } from '../../text/formats.ts';
import { Chart } from '../../ui/chart/Chart.tsx';
import type { ChartRow, ChartSeries } from '../../ui/chart/Chart.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { percentText } from '../insights/sentences.ts';
import { lossShare, termText } from './figures.ts';
import styles from './dashboard.module.css';

/** Six years of half-year terms. */
const termCount = 12;

/** The counts at a point in time, in total ('') or of one university; null if it did not exist then. */
const countsAt = (point: MeasuredPoint, university: string): UniversityCounts | null =>
  university === '' ? point.total : (point.universities.find(({ id }) => id === university) ?? null);

function chartRowOf(point: MeasuredPoint, university: string, nowLabel: string): ChartRow {
  const counts = countsAt(point, university);
  return {
    at: point.now || point.at === null ? nowLabel : termText(point.at),
    reach: point.measures.reach,
    loss: counts && lossShare(counts),
    undocumented: counts?.undocumented ?? null,
    gaps: counts && counts.cohorts.judged > 0 ? counts.cohorts.gaps / counts.cohorts.judged : null,
  };
}

/** The measures at the ends of the last terms and now, as far as the log goes back. */
export function OverTerms({ university }: { university: string }) {
  const { t } = useTexts('dashboard');
  const { query, pending, cancel } = useStream<MeasuredHistory>({
    queryKey: queryKeys.dashboard('history', { terms: termCount }),
    stream: (options) => api.analysis.history({ terms: termCount }, options),
    placeholderData: keepPreviousData,
  });
  const { data, error, refetch } = query;
  const retry = (): void => void refetch();
  const title = t('dashboard:terms.title');
  if (!data && error) return <ErrorState error={error} onRetry={retry} />;
  if (!data)
    return (
      <section aria-label={title}>
        <h2>{title}</h2>
        {pending ? (
          <ProgressLine
            progress={pending.progress}
            label={t('dashboard:terms.measuring')}
            onCancel={cancel}
          />
        ) : (
          <Button size="xs" onClick={retry}>
            {t('structure:measure')}
          </Button>
        )}
      </section>
    );
  const { points, begins } = data;
  if (points.length < 2)
    return (
      <section aria-label={title}>
        <h2>{title}</h2>
        <p className="dim">
          {begins === null
            ? t('dashboard:terms.never')
            : t('dashboard:terms.tooShort', { day: dayText(Date.parse(begins)) })}
        </p>
      </section>
    );
  const series: ChartSeries[] = [
    ...(university === '' ? [{ key: 'reach', label: t('whatif:measure.reach'), color: 'var(--cat-1)' }] : []),
    { key: 'loss', label: t('dashboard:column.loss'), color: 'var(--cat-2)', dashed: true },
    { key: 'undocumented', label: t('dashboard:column.undocumented'), color: 'var(--cat-5)' },
    { key: 'gaps', label: t('dashboard:measure.gaps'), color: 'var(--cat-7)', dashed: true },
  ];
  return (
    <div className="shrink">
      <Chart
        title={title}
        axis={{ key: 'at', label: t('dashboard:terms.axis') }}
        rows={points.map((point) => chartRowOf(point, university, t('whatif:now')))}
        series={series}
        format={percentText}
        domain={[0, 1]}
      />
      {university === '' && (
        <LinkButton className={styles.more ?? ''} onClick={() => navigate(whatIfOf())}>
          {t('dashboard:terms.ahead')}
        </LinkButton>
      )}
    </div>
  );
}
