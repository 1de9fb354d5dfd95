import type { SimulationResult } from '#shared/contract/simulation.ts';
import { say } from '../../i18n/setup.ts';
import type { ChartRow, ChartSeries } from '../../ui/chart/Chart.tsx';

export interface Line {
  key: string;
  label: string;
  result: SimulationResult | undefined;
}

const colours = ['var(--cat-2)', 'var(--cat-1)', 'var(--cat-3)', 'var(--cat-4)', 'var(--cat-5)'];

/** The lines with their bands; the first, of live, is dashed. */
export const seriesOf = (lines: readonly Line[]): ChartSeries[] =>
  lines.map(({ key, label }, at) => ({
    key,
    label,
    color: colours[at] ?? 'var(--text-2)',
    dashed: at === 0,
    band: [`${key} low`, `${key} high`],
  }));

/** A row for each term from now on. A scenario with passed terms begins at its current term. */
export function rowsOf(lines: readonly Line[], terms: number): ChartRow[] {
  return Array.from({ length: terms + 1 }, (_, term) => ({
    term: term === 0 ? say('whatif:now') : say('whatif:term', { number: term }),
    ...Object.fromEntries(
      lines.flatMap(({ key, result }): [string, number | null][] => {
        const band = result?.series.nothing[term - result.passed];
        return [
          [key, band?.median ?? null],
          [`${key} low`, band?.low ?? null],
          [`${key} high`, band?.high ?? null],
        ];
      }),
    ),
  }));
}
