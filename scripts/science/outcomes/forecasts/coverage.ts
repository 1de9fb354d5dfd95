import type { Split } from '../observations.ts';
import { maxTermsAhead } from './observe-forecasts.ts';
import type { ForecastOutcome } from './observe-forecasts.ts';

/** Groups of forecasts by their number in a workspace: first and last. */
const forecastGroups = [
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 6],
  [7, 9],
] as const;

/** The share of outcomes in their bands; NaN without outcomes. */
const coverageOf = (outcomes: readonly ForecastOutcome[], isHeld: (outcome: ForecastOutcome) => boolean) =>
  outcomes.filter(isHeld).length / outcomes.length;

const holds = ({ said: { low, high }, actual }: ForecastOutcome): boolean => low <= actual && actual <= high;

/** Whether the band of the runs alone would have held. */
function runsHold({ said: { low, median, high }, modelError, termsAhead, actual }: ForecastOutcome): boolean {
  const halfWidth = actual < median ? median - low : high - median;
  return (actual - median) ** 2 <= halfWidth ** 2 - modelError ** 2 * termsAhead;
}

const formatShare = (share: number): string => (Number.isNaN(share) ? '–' : `${Math.round(100 * share)} %`);

/** The table of docs/science.md: how many outcomes lay in the 80 % band, by kind of world, number of the forecast, and terms ahead. */
export function coverageTable(outcomes: readonly ForecastOutcome[]): string {
  const columns = [
    ...forecastGroups.map(([first, last]) => ({
      title: first === last ? `forecast ${first}` : `${first} to ${last}`,
      includes: ({ forecast }: ForecastOutcome) => first <= forecast && forecast <= last,
    })),
    ...Array.from({ length: maxTermsAhead }, (_, index) => ({
      title: index === 0 ? '1 term ahead' : `${index + 1} terms`,
      includes: ({ termsAhead }: ForecastOutcome) => termsAhead === index + 1,
    })),
  ];
  const renderRow = (
    label: string,
    rows: readonly ForecastOutcome[],
    isHeld: (outcome: ForecastOutcome) => boolean = holds,
  ): string => {
    const cells = columns.map(({ includes }) => formatShare(coverageOf(rows.filter(includes), isHeld)));
    return `| ${[label, rows.length, ...cells, formatShare(coverageOf(rows, isHeld))].join(' | ')} |`;
  };
  const inSplit = (split: Split): ForecastOutcome[] => outcomes.filter((outcome) => outcome.split === split);
  const held = inSplit('held');
  return [
    `| world | outcomes | ${columns.map(({ title }) => title).join(' | ')} | all |`,
    `|${'---|'.repeat(columns.length + 3)}`,
    ...[...Map.groupBy(held, ({ kind }) => kind)].map(([kind, rows]) => renderRow(kind, rows)),
    renderRow('**all of these**', held),
    renderRow('all of these, runs alone', held, runsHold),
    renderRow('worlds that the model error was chosen by', inSplit('chosen by')),
  ].join('\n');
}
