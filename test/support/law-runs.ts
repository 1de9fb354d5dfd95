import { usualSeed } from '../setup/seed.ts';

/**
 * Number of cases that a property is tried with: `LAW_RUNS` if it is set, else `full`. With the usual seed, whose cases every run
 * repeats, a third of them; `npm run test:seeds` tries all of them with other seeds.
 */
export function lawRuns(full: number): number {
  const { LAW_RUNS: wanted, FC_SEED: seed } = process.env;
  if (wanted !== undefined) return Number(wanted);
  return seed === String(usualSeed) ? Math.ceil(full / 3) : full;
}
