import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Band, SimulationResult } from '#shared/contract/simulation.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { Chart } from '../../ui/chart/Chart.tsx';
import type { ChartRow, ChartSeries } from '../../ui/chart/Chart.tsx';
import { fittedAxis } from '../../ui/chart/fitted-axis.ts';
import { pointsText, shareText } from './measures.ts';

export interface Line {
  key: string;
  label: string;
  result: SimulationResult | undefined;
}

const colours = ['var(--cat-2)', 'var(--cat-1)', 'var(--cat-3)', 'var(--cat-4)', 'var(--cat-5)'];

/** The lines with their bands; the first, of live, is dashed. */
const seriesOf = (lines: readonly Line[]): ChartSeries[] =>
  lines.map(({ key, label }, index) => ({
    key,
    label,
    color: colours[index] ?? 'var(--text-2)',
    dashed: index === 0,
    band: [`${key} low`, `${key} high`],
  }));

const flowOf = ({ series }: SimulationResult): readonly Band[] => series.nothing;
const differenceOf = ({ difference }: SimulationResult): readonly Band[] => difference;

/** A row for each term from now on. A scenario with passed terms begins at its current term. */
export function rowsOf(lines: readonly Line[], terms: number, bandsOf = flowOf): ChartRow[] {
  return Array.from({ length: terms + 1 }, (_, term) => ({
    term: term === 0 ? say('whatif:now') : say('whatif:term', { number: term }),
    ...Object.fromEntries(
      lines.flatMap(({ key, result }): [string, number | null][] => {
        const band = result && bandsOf(result)[term - result.passed];
        return [
          [key, band?.median ?? null],
          [`${key} low`, band?.low ?? null],
          [`${key} high`, band?.high ?? null],
        ];
      }),
    ),
  }));
}

/** Half a percentage point, so that an effect of nearly nothing does not fill the chart. */
const minAxisSize = 0.005;

interface Props {
  /** Live without changes, then the scenarios. */
  lines: readonly Line[];
  terms: number;
}

function DifferenceChart({ lines, terms }: Props) {
  const { t } = useTexts('whatif');
  const rows = rowsOf(lines.slice(1), terms, differenceOf);
  const values = rows.flatMap((row) => Object.values(row)).filter((value) => typeof value === 'number');
  return (
    <>
      <Chart
        title={t('chart.differenceTitle')}
        axis={{ key: 'term', label: t('axis') }}
        rows={rows}
        series={seriesOf(lines).slice(1)}
        format={pointsText}
        {...fittedAxis(values, minAxisSize)}
        marksZero
        height={230}
      />
      <p className="tiny dim">{t('chart.band')}</p>
    </>
  );
}

/** The knowledge flow over the terms: of scenarios the difference to live without changes or, on request, both; of live alone its value. */
export function FlowChart(props: Props) {
  const { t } = useTexts('whatif');
  const { lines, terms } = props;
  const [showsDifference, setShowsDifference] = useState(true);
  const hasScenarios = lines.length > 1;
  return (
    <div>
      {hasScenarios && (
        <SegmentedControl
          className="mb-8 print-hidden"
          size="xs"
          aria-label={t('chart.label')}
          value={showsDifference ? 'difference' : 'flow'}
          data={(['difference', 'flow'] as const).map((value) => ({ value, label: t(`chart.${value}`) }))}
          onChange={(value) => setShowsDifference(value === 'difference')}
        />
      )}
      {hasScenarios && showsDifference ? (
        <DifferenceChart {...props} />
      ) : (
        <Chart
          title={t('measure.reach')}
          axis={{ key: 'term', label: t('axis') }}
          rows={rowsOf(lines, terms)}
          series={seriesOf(lines)}
          format={shareText}
          domain={[0, 1]}
          height={230}
        />
      )}
    </div>
  );
}
