import { Button } from '@mantine/core';
import { listOf } from '#shared/address/view.ts';
import type { OutcomesOfYear } from '#shared/contract/dashboards.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { choiceName, typeNames } from '../../text/names.ts';
import { Chart } from '../../ui/chart/Chart.tsx';
import { percentText } from '../insights/sentences.ts';
import { successShare, yearsOf } from './figures.ts';

export function Outcomes({ outcomes }: { outcomes: readonly OutcomesOfYear[] }) {
  const { t } = useTexts('dashboard');
  const years = yearsOf(outcomes);
  if (years.length === 0)
    return (
      <section>
        <h2>{t('chart.outcomes')}</h2>
        <p className="dim">{t('unknown.noOutcomes')}</p>
        <Button size="xs" mt={8} onClick={() => navigate(listOf('outcome'))}>
          {typeNames('outcome')}
        </Button>
      </section>
    );
  const typeOf = (outcome: OutcomesOfYear): string => outcome.outcome_type ?? '';
  const types = [...new Set(outcomes.map(typeOf))].toSorted();
  const shareIn = (year: number, type: string): number | null =>
    successShare(outcomes.filter((outcome) => outcome.cohort_year === year && typeOf(outcome) === type));
  return (
    <Chart
      title={t('chart.outcomes')}
      axis={{ key: 'year', label: t('axis.year') }}
      rows={years.map((year) => ({
        year: String(year),
        ...Object.fromEntries(types.map((type) => [`type ${type}`, shareIn(year, type)])),
      }))}
      series={types.map((type, index) => ({
        key: `type ${type}`,
        label: type === '' ? t('otherOutcomes') : choiceName(type),
        color: `var(--cat-${(index % 10) + 1})`,
        dashed: index % 2 === 1,
      }))}
      format={percentText}
      domain={[0, 1]}
    />
  );
}
