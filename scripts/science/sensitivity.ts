import type { Rate, RunRates } from '#core/analysis/scenarios/occupancy.ts';
import type { Step } from '#core/analysis/scenarios/steps.ts';
import type { Band } from '#shared/contract/simulation.ts';
import { sampleOrganisation } from './organisations.ts';
import { play, usualRatesOf } from './table.ts';

/** What the flow after five terms is when one parameter has another value than usual. */
interface Sensitivity {
  parameter: string;
  value: string;
  /** The reach and half the width of its band, in percentage points. */
  reach: number;
  spread: number;
}

const terms = 5;

/** The reach of the sample after five terms, with one parameter changed at a time. */
export async function sensitivities(): Promise<Sensitivity[]> {
  const sample = await sampleOrganisation();
  const usual = usualRatesOf(sample.organisation);
  const reachWith = (parameter: string, value: string, changed: Partial<RunRates>): Sensitivity => {
    const band = play(sample, { terms, rates: { ...usual, ...changed } }).series.nothing[terms];
    return sensitivityOf(parameter, value, band);
  };
  const writeAll = Array.from(sample.organisation.from, (_, link): Step => ({
    do: 'document',
    link,
    documented: 0.8,
  }));
  const written = play(sample, { terms, steps: writeAll }).series.scenario[terms];
  const uncertain = (rate: Rate, mean: number): Rate => ({ ...rate, mean });
  return [
    reachWith('all', 'usual', {}),
    reachWith('`early`', '0', { early: { mean: 0, strength: null } }),
    reachWith('`early`', '0.2', { early: uncertain(usual.early, 0.2) }),
    reachWith('`joins`', '0.5', { joins: uncertain(usual.joins, 0.5) }),
    reachWith('`joins`', '1', { joins: { mean: 1, strength: null } }),
    reachWith('`newcomer_terms`', '2', { newcomer_terms: 2 }),
    reachWith('`newcomer_terms`', '3', { newcomer_terms: 3 }),
    reachWith('`weak`', '0.1', { weak: 0.1 }),
    reachWith('`fragile`', '0.3', { fragile: 0.3 }),
    sensitivityOf('written share', '0.8 of every link, same loss', written),
  ];
}

function sensitivityOf(parameter: string, value: string, band: Band | undefined): Sensitivity {
  const { median = 0, low = 0, high = 0 } = band ?? {};
  return { parameter, value, reach: 100 * median, spread: (100 * (high - low)) / 2 };
}

export function sensitivityTable(found: readonly Sensitivity[]): string {
  const usual = found[0]?.reach ?? 0;
  const signed = (points: number): string => `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)}`;
  return [
    '| parameter | value | flow after five terms, % | change, points | half width of the band, points |',
    '|---|---|---|---|---|',
    ...found.map(
      ({ parameter, value, reach, spread }, at) =>
        `| ${parameter} | ${value} | ${reach.toFixed(1)} | ${at === 0 ? '' : signed(reach - usual)} | ${spread.toFixed(1)} |`,
    ),
  ].join('\n');
}
