import { Damage } from './leavers.ts';
import type { Ranked } from './leavers.ts';
import { transmissions } from '../organisation.ts';
import type { Organisation } from '../organisation.ts';
import { seededRandom } from '../graph/random.ts';

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
 * In which share of the perturbed networks each of some ranked items keeps its rank among them. `valuesIn` gives their values, in order, where so much passes over
 * each link. Of values that differ by nothing (two students of one team) either order keeps the rank.
 */
export function* ranksKept(
  weights: Float64Array,
  { seed, runs }: { seed: number; runs: number },
  valuesIn: (perturbed: Float64Array) => readonly number[],
): Generator<void, number[], void> {
  const random = seededRandom(seed);
  const kept: number[] = [];
  for (let run = 0; run < runs; run++) {
    const values = valuesIn(perturb(weights, random));
    for (const [at, mine] of values.entries()) {
      const before = values.slice(0, at).every((other) => other >= mine);
      const after = values.slice(at + 1).every((other) => other <= mine);
      kept[at] = (kept[at] ?? 0) + Number(before && after);
    }
    yield;
  }
  return kept.map((count) => count / runs);
}

/** As `ranksKept`, of leavers. */
export const leaverConfidence = (
  organisation: Organisation,
  ranked: readonly Ranked[],
  asked: { seed: number; runs: number; isSampled?: boolean },
): Generator<void, number[], void> =>
  ranksKept(transmissions(organisation), asked, (perturbed) => {
    const damage = new Damage(organisation, perturbed, { isSampled: asked.isSampled ?? false });
    return ranked.map(({ leaver }) => damage.lost([leaver]));
  });
