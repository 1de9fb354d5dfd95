import { noFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { makeStart, World } from './world.ts';
import type { Start } from './world.ts';

export interface Simulated {
  seeds: number;
  faults: Faults;
  failed: { seed: number; problems: string[] }[];
}

let start: Promise<Start> | null = null;

/** Runs the histories of seeds `from` up to and without `from + count`, no further than the first that fails. */
export async function simulate({ from, count }: { from: number; count: number }): Promise<Simulated> {
  start ??= makeStart();
  const result: Simulated = { seeds: 0, faults: noFaults(), failed: [] };
  for (let seed = from; seed < from + count && result.failed.length === 0; seed++) {
    const world = new World(seed, await start);
    const problems = await world.run();
    result.seeds += 1;
    for (const name of Object.keys(result.faults) as (keyof Faults)[])
      result.faults[name] += world.faults[name];
    if (problems.length > 0) result.failed.push({ seed, problems });
  }
  return result;
}
