import { Damage } from './leavers.ts';
import type { Ranked } from './leavers.ts';
import { transmissions } from './organisation.ts';
import type { Organisation } from './organisation.ts';
import { seededRandom } from './graph/random.ts';

/** Between these shares of the links are perturbed: half of them are cut, the others lose up to as much again as they pass. */
const [least, most] = [0.05, 0.2];

/** What passes over each link of a perturbed network. */
export function perturb(weights: Float64Array, random: () => number): Float64Array {
  const share = least + (most - least) * random();
  return weights.map((weight) => {
    if (random() >= share) return weight;
    return random() < 0.5 ? 0 : weight * random();
  });
}

/** So many perturbed networks are looked at: fewer of a large one, so that it takes some seconds. */
export function runsFor({ from }: Pick<Organisation, 'from'>): number {
  return Math.max(20, Math.min(1000, Math.floor(200_000 / Math.max(1, from.length))));
}

/**
 * In which share of the perturbed networks each keeps its rank among those ranked. Of ranks that differ by nothing (two students of one team)
 * either order keeps them.
 */
export function* rankConfidence(
  organisation: Organisation,
  ranked: readonly Ranked[],
  { seed, runs }: { seed: number; runs: number },
): Generator<void, number[], void> {
  const random = seededRandom(seed);
  const weights = transmissions(organisation);
  const kept = ranked.map(() => 0);
  for (let run = 0; run < runs; run++) {
    const damage = new Damage(organisation, perturb(weights, random));
    const lost = ranked.map(({ leaver }) => damage.lost([leaver]));
    for (const [at, mine] of lost.entries()) {
      const before = lost.slice(0, at).every((other) => other >= mine);
      const after = lost.slice(at + 1).every((other) => other <= mine);
      if (before && after) kept[at]! += 1;
    }
    yield;
  }
  return kept.map((count) => (runs > 0 ? count / runs : 0));
}
