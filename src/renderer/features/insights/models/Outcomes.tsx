import { IconCheck, IconX } from '@tabler/icons-react';
import type { FactorMeasures, Validation } from '#shared/contract/factors.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { choiceName, titleOr } from '../../../text/names.ts';
import { Chart } from '../../../ui/chart/Chart.tsx';
import { percentText, totalText } from '../sentences.ts';
import { TitleLink } from '../../../ui/LinkButton.tsx';
import styles from './models.module.css';

function OutcomeTable({ validation }: { validation: Validation }) {
  const { t } = useTexts('models');
  const outcomeText = (failed: boolean): string => t(`validation.${failed ? 'failure' : 'success'}`);
  return (
    <table className={`small full ${styles.table}`}>
      <thead>
        <tr>
          {(['outcome', 'year', 'from', 'risk', 'predicted', 'actual'] as const).map((key) => (
            <th key={key} scope="col" className={key === 'risk' || key === 'year' ? 'num' : undefined}>
              {t(`validation.${key}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {validation.outcomes.map((one) => {
          const isRight = one.predicted_failure === one.failed;
          const Mark = isRight ? IconCheck : IconX;
          return (
            <tr key={one.id}>
              <th scope="row">
                <TitleLink type="outcome" id={one.id} title={titleOr(one.title, one.scope)} />{' '}
                <span className="dim">{one.outcome_type === null ? '' : choiceName(one.outcome_type)}</span>
              </th>
              <td className="num">{one.cohort_year ?? '–'}</td>
              <td>{t(`validation.${one.scope}`, { count: one.links })}</td>
              <td className="num">{totalText(one.risk)}</td>
              <td>{outcomeText(one.predicted_failure)}</td>
              <td data-wrong={isRight ? undefined : ''}>
                <Mark
                  size={14}
                  stroke={2}
                  aria-label={t(isRight ? 'validation.right' : 'validation.wrong')}
                />{' '}
                {outcomeText(one.failed)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Scores({ model, validation }: { model: string; validation: Validation }) {
  const { t } = useTexts('models');
  const { accuracy, brier, reference } = validation;
  if (accuracy === null || brier === null || !reference) return null;
  return (
    <dl className="stack gap-8 small mb-16" aria-label={model}>
      {(
        [
          ['accuracy', percentText(accuracy), percentText(reference.accuracy)],
          ['brier', totalText(brier), totalText(reference.brier)],
        ] as const
      ).map(([key, score, share]) => (
        <div key={key}>
          <dt>
            {t(`validation.${key}`)} <span className="dim">{model}</span>
          </dt>
          <dd className="flex baseline gap-8">
            <strong className="title strong num">{score}</strong>
            <span className="dim">{t(`validation.${key}Reference`, { share, score: share })}</span>
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

/** The model's predictions for recorded outcomes, and their agreement. */
export function Outcomes({ measures }: { measures: FactorMeasures }) {
  const { t } = useTexts('models');
  const { validation, compared, model } = measures;
  const { judged, without_prediction: without, undecided } = validation;
  return (
    <div className={`fill stack ${styles.outcomes}`}>
      <section className="shrink-y scroll-y px-16 py-8" aria-label={t('records:many.outcome')}>
        {judged > 0 && <OutcomeTable validation={validation} />}
        <p className="dim tiny px-16 py-8">
          {without > 0 && t('validation.without', { count: without })}{' '}
          {undecided > 0 && t('validation.undecided', { count: undecided })}
        </p>
      </section>
      {judged > 0 && (
        <div className="shrink-y scroll-y px-16 py-12 line-start">
          <Scores model={model?.name ?? ''} validation={validation} />
          {compared && <Scores model={compared.model.name} validation={compared.validation} />}
          <Calibration validation={validation} />
        </div>
      )}
    </div>
  );
}
