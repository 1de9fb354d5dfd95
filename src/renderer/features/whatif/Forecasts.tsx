import { ActionIcon, Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { WhatIfView } from '#shared/address/view.ts';
import type { Forecast, Forecasts as ForecastList } from '#shared/contract/forecasts.ts';
import { forecastVerdict } from '#shared/domain/permissions.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useActor, useReadOnlyReason } from '../../stores/profile.ts';
import { denialText } from '../../text/faults.ts';
import { dayText, dateTimeToSecond } from '../../text/formats.ts';
import { authorName } from '../../text/author-name.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import type { ChartSeries } from '../../ui/chart/Chart.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { percentDigits } from '../insights/sentences.ts';
import { shareText } from './measures.ts';
import { api } from '../../api/client.ts';
import { isCancelled } from '../../api/failures.ts';
import { awaitResult } from '../../api/stream.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { whileSaving } from '../../stores/saving.ts';
import { confirmAction } from '../../ui/ActionDialog.tsx';
import { notice, reportError } from '../../ui/notices.tsx';
import { simulationInput } from './useSimulations.ts';
import styles from './whatif.module.css';

const ignoreProgress = (): void => {};

/** All forecasts with outcomes. Read again when shown, because terms become due with time. */
const useForecasts = () =>
  useQuery({
    queryKey: queryKeys.forecasts,
    queryFn: ({ signal }) => awaitResult(api.forecasts.list({}, { signal }), ignoreProgress, signal),
    refetchOnMount: 'always',
  });

const reloadForecasts = (): Promise<void> => queryClient.invalidateQueries({ queryKey: queryKeys.forecasts });

/** Saves a forecast of live; `saving` has the progress and a function to cancel. */
function useSaveForecast(view: WhatIfView) {
  const [saving, setSaving] = useState<{ progress: Progress | null; cancel: () => void } | null>(null);
  const save = async (): Promise<void> => {
    const controller = new AbortController();
    const cancel = (): void => controller.abort();
    setSaving({ progress: null, cancel });
    try {
      const call = api.forecasts.save(simulationInput(view), { signal: controller.signal });
      await whileSaving(() =>
        awaitResult(call, (progress) => setSaving({ progress, cancel }), controller.signal),
      );
      await reloadForecasts();
      notice({ title: say('whatif:forecast.saved') });
    } catch (error) {
      if (!isCancelled(error)) reportError(error);
    } finally {
      setSaving(null);
    }
  };
  return { saving, save };
}

async function removeForecast({ id, made }: Forecast): Promise<void> {
  await confirmAction({
    title: say('whatif:forecast.removeTitle'),
    text: say('whatif:forecast.removeText', { when: dateTimeToSecond(made) }),
    button: say('whatif:forecast.remove'),
    bad: true,
    run: async () => {
      await whileSaving(() => api.forecasts.remove({ id }));
      await reloadForecasts();
    },
  });
}

/** The forecast of each term, and its outcome if it is due. */
function ForecastTable({ forecast: { now, terms, lost } }: { forecast: Forecast }) {
  const { t } = useTexts('whatif');
  const series: ChartSeries[] = [
    {
      key: 'said',
      label: t('whatif:forecast.said'),
      color: 'var(--cat-1)',
      dashed: true,
      band: ['low', 'high'],
    },
    { key: 'actual', label: t('whatif:forecast.actual'), color: 'var(--cat-2)' },
  ];
  const nextTerm = terms.find(({ actual }) => actual === null);
  return (
    <>
      <Chart
        title={t('whatif:forecast.chart')}
        axis={{ key: 'by', label: t('whatif:forecast.ends') }}
        rows={[
          { by: t('whatif:forecast.start'), said: now, low: now, high: now, actual: now },
          ...terms.map(({ by, said, actual }) => ({
            by: dayText(Date.parse(by)),
            said: said.median,
            low: said.low,
            high: said.high,
            actual,
          })),
        ]}
        series={series}
        format={shareText}
        domain={[0, 1]}
        height={200}
      />
      <p className="tiny dim">
        {lost
          ? t('whatif:forecast.lost')
          : nextTerm
            ? t('whatif:forecast.due', { day: dayText(Date.parse(nextTerm.due)) })
            : t('whatif:forecast.over')}
      </p>
    </>
  );
}

function heldText({ terms }: Forecast): string {
  const dueTerms = terms.filter(({ held }) => held !== null);
  return dueTerms.length === 0
    ? say('whatif:forecast.notYet')
    : say('whatif:forecast.heldIn', {
        held: dueTerms.filter(({ held }) => held).length,
        count: dueTerms.length,
      });
}

interface ForecastRowProps {
  forecast: Forecast;
  isOpen: boolean;
  onToggle: () => void;
}

function ForecastRow({ forecast, isOpen, onToggle }: ForecastRowProps) {
  const { t } = useTexts('whatif');
  const actor = useActor();
  const readOnlyReason = useReadOnlyReason();
  const { by, made, terms, steps, runs, seed } = forecast;
  const refusal = readOnlyReason ?? denialText(actor && forecastVerdict(actor, by.id));
  const name = t('forecast.of', { when: dayText(Date.parse(made)), who: authorName(by, actor?.id) });
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <li>
      <div className={`stack center gap-12 small ${styles.forecast}`}>
        <button
          type="button"
          className="bare pad-0 row shrink gap-4 text-start target"
          aria-expanded={isOpen}
          onClick={onToggle}
        >
          <Chevron aria-hidden size={15} stroke={1.7} />
          <span className="cut">{name}</span>
        </button>
        <span className="dim">
          {[
            t('records:unit.terms', { count: terms.length }),
            ...(steps.length > 0 ? [t('forecast.steps', { count: steps.length })] : []),
            t('measured', { runs, seed }),
          ].join(' · ')}
        </span>
        <span>{heldText(forecast)}</span>
        <ActionIcon
          aria-label={t('forecast.removeNamed', { name })}
          title={refusal ?? t('forecast.remove')}
          disabled={refusal !== null}
          onClick={() => void removeForecast(forecast)}
        >
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </div>
      {isOpen && <ForecastTable forecast={forecast} />}
    </li>
  );
}

function scoreText({ forecasts, scored, held, mean_error: error }: ForecastList): string {
  if (forecasts.length === 0) return say('whatif:forecast.none');
  return scored === 0 || error === null
    ? say('whatif:forecast.noneCome')
    : say('whatif:forecast.score', {
        held,
        count: scored,
        share: shareText(held / scored),
        error: percentDigits(error),
      });
}

export function Forecasts({ view }: { view: WhatIfView }) {
  const { t } = useTexts('whatif');
  const query = useForecasts();
  const { data } = query;
  const { saving, save } = useSaveForecast(view);
  const readOnlyReason = useReadOnlyReason();
  const [chosenId, setChosenId] = useState<string | null | undefined>();
  const openId = chosenId === undefined ? data?.forecasts[0]?.id : chosenId;
  return (
    <section className={`small ${styles.forecasts}`} aria-label={t('whatif:forecast.title')}>
      <div className="row apart gap-16">
        <div>
          <h2 className="mb-4">{t('whatif:forecast.title')}</h2>
          <p className="dim">{data ? scoreText(data) : t('whatif:forecast.reading')}</p>
        </div>
        <Button
          disabled={readOnlyReason !== null || saving !== null}
          title={readOnlyReason ?? undefined}
          onClick={() => void save()}
        >
          {t('whatif:forecast.save')}
        </Button>
      </div>
      {saving && (
        <ProgressLine progress={saving.progress} label={t('whatif:simulating')} onCancel={saving.cancel} />
      )}
      <QueryView query={query} label={null}>
        {({ forecasts }) => (
          <ul className="column">
            {forecasts.map((forecast) => (
              <ForecastRow
                key={forecast.id}
                forecast={forecast}
                isOpen={forecast.id === openId}
                onToggle={() => setChosenId(forecast.id === openId ? null : forecast.id)}
              />
            ))}
          </ul>
        )}
      </QueryView>
    </section>
  );
}
