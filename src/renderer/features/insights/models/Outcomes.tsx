import { IconCheck, IconX } from '@tabler/icons-react';
import type { FactorMeasures, Validation } from '#shared/contract/factors.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { choiceName, displayTitle } from '../../../text/names.ts';
import { Chart } from '../../../ui/chart/Chart.tsx';
import { DataTable } from '../../../ui/DataTable.tsx';
import { percentText, totalText } from '../sentences.ts';
import { TitleLink } from '../../../ui/LinkButton.tsx';
import styles from './models.module.css';

type JudgedOutcome = Validation['outcomes'][number];

function OutcomeTable({ validation }: { validation: Validation }) {
  const { t } = useTexts('models');
  const isRated = validation.accuracy !== null;
  const outcomeText = (hasFailed: boolean): string => t(`validation.${hasFailed ? 'failure' : 'success'}`);
  return (
    <DataTable
      rows={validation.outcomes}
      keyOf={({ id }) => id}
      className={styles.table}
      columns={[
        {
          key: 'outcome',
          title: t('validation.outcome'),
          kind: 'name',
          renderCell: ({ id, title, scope, outcome_type: kind }) => (
            <>
              <TitleLink type="outcome" id={id} title={displayTitle(title, scope)} />{' '}
              <span className="dim">{kind === null ? '' : choiceName(kind)}</span>
            </>
          ),
        },
        {
          key: 'year',
          title: t('validation.year'),
          kind: 'number',
          renderCell: ({ cohort_year: year }) => year ?? '–',
        },
        {
          key: 'from',
          title: t('validation.from'),
          renderCell: ({ scope, links }) => t(`validation.${scope}`, { count: links }),
        },
        {
          key: 'risk',
          title: t('validation.risk'),
          kind: 'number',
          renderCell: ({ risk }) => totalText(risk),
        },
        ...(isRated
          ? [
              {
                key: 'predicted',
                title: t('validation.predicted'),
                renderCell: ({ predicted_failure: failed }: JudgedOutcome) => outcomeText(failed),
              },
            ]
          : []),
        {
          key: 'actual',
          title: t('validation.actual'),
          classOf: ({ predicted_failure: predicted, failed }) =>
            !isRated || predicted === failed ? undefined : 'bad',
          renderCell: ({ predicted_failure: predicted, failed }) => {
            if (!isRated) return outcomeText(failed);
            const isRight = predicted === failed;
            const Mark = isRight ? IconCheck : IconX;
            return (
              <>
                <Mark
                  size={14}
                  stroke={2}
                  aria-label={t(isRight ? 'validation.right' : 'validation.wrong')}
                />{' '}
                {outcomeText(failed)}
              </>
            );
          },
        },
      ]}
    />
  );
}

function Scores({ model, validation }: { model: string; validation: Validation }) {
  const { t } = useTexts('models');
  const { accuracy, accuracy_interval, brier, brier_interval, reference } = validation;
  if (accuracy === null || !accuracy_interval || brier === null || !brier_interval || !reference) return null;
  const { says } = reference;
  const rows = [
    {
      name: t('validation.accuracy'),
      score: accuracy,
      interval: accuracy_interval,
      format: percentText,
      baseline: t(`validation.accuracyReference.${says}`, { share: percentText(reference.accuracy) }),
    },
    {
      name: t('validation.brier'),
      score: brier,
      interval: brier_interval,
      format: totalText,
      baseline: t('validation.brierReference', { score: totalText(reference.brier) }),
    },
  ];
  return (
    <dl className="stack gap-8 small mb-16" aria-label={model}>
      {rows.map(({ name, score, interval: { low, high }, format, baseline }) => (
        <div key={name}>
          <dt>
            {name} <span className="dim">{model}</span>
          </dt>
          <dd className="flex wrap baseline gap-8">
            <strong className="title strong num">{format(score)}</strong>
            <span className="num" title={t('validation.intervalTip')}>
              {t('validation.interval', { low: format(low), high: format(high) })}
            </span>
            <span className="dim">{baseline}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Calibration({ validation }: { validation: Validation }) {
  const { t } = useTexts('models');
  return (
    <Chart
      title={t('validation.calibration')}
      axis={{ key: 'band', label: t('validation.axis') }}
      rows={validation.calibration.map(({ band, count, predicted, observed }) => ({
        band: t('grid:elsewhere.one', { filter: t(`band.${band}`), count }),
        predicted,
        observed,
      }))}
      series={[
        { key: 'predicted', label: t('validation.meanRisk'), color: 'var(--cat-1)', kind: 'bar' },
        { key: 'observed', label: t('validation.observed'), color: 'var(--cat-2)', kind: 'bar' },
      ]}
      format={percentText}
      domain={[0, 1]}
    />
  );
}

export function validationHeading(
  { judged, needed, correct, better_than_reference, reference }: Validation,
  model: string,
): string {
  if (judged === 0) return say('models:validation.none');
  if (correct === null || !reference) return say('models:validation.tooFew', { count: judged, needed });
  if (better_than_reference !== true) return say(`models:validation.noBetter.${reference.says}`, { model });
  return say('models:validation.heading', { count: judged, correct, model });
}

export function Outcomes({ measures }: { measures: FactorMeasures }) {
  const { t } = useTexts('models');
  const { validation, compared, model } = measures;
  const { accuracy, judged, without_prediction: unpredicted, undecided } = validation;
  return (
    <div className={`fill stack ${styles.outcomes}`}>
      <section className="shrink-y scroll-y px-16 py-8" aria-label={t('records:many.outcome')}>
        {judged > 0 && <OutcomeTable validation={validation} />}
        <p className="dim tiny px-16 py-8">
          {unpredicted > 0 && t('validation.without', { count: unpredicted })}{' '}
          {undecided > 0 && t('validation.undecided', { count: undecided })}
        </p>
      </section>
      {accuracy !== null && (
        <div className="shrink-y scroll-y px-16 py-12 line-start">
          <Scores model={model?.name ?? ''} validation={validation} />
          {compared && <Scores model={compared.model.name} validation={compared.validation} />}
          {compared?.validation.better_than_reference === false && (
            <p className="small mb-16">{validationHeading(compared.validation, compared.model.name)}</p>
          )}
          <Calibration validation={validation} />
        </div>
      )}
    </div>
  );
}
