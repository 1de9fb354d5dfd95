import { World } from './world.ts';
import type { Faults } from './world.ts';
import type { Rules } from './rules.ts';

export interface Simulated {
  seeds: number;
  faults: Faults;
  failed: { seed: number; problems: string[] }[];
}

/** Runs histories of seeds `from` up to and without `from + count`; with `stop` no further than the first that fails. */
export function simulate({
  from,
  count,
  rules,
  stop = true,
}: {
  from: number;
  count: number;
  rules?: Rules;
  stop?: boolean;
}): Simulated {
  const failed: Simulated['failed'] = [];
  let faults: Faults | null = null;
  let seeds = 0;
  for (let seed = from; seed < from + count; seed++) {
    const world = new World(seed, rules);
    const problems = world.run();
    seeds += 1;
    const found = world.faults;
    faults = faults ? sum(faults, found) : found;
    if (problems.length === 0) continue;
    failed.push({ seed, problems });
    if (stop) break;
  }
  return { seeds, faults: faults ?? new World(0).faults, failed };
}

function sum(left: Faults, right: Faults): Faults {
  const keys = Object.keys(left) as (keyof Faults)[];
  return Object.fromEntries(keys.map((key) => [key, left[key] + right[key]])) as Faults;
}
