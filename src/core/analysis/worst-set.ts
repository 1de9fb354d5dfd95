import type { Damage, Leaver } from './leavers.ts';

export interface WorstSet {
  leavers: Leaver[];
  damage: number;
  /** No set of as many does more damage than this. */
  atMost: number;
  exact: boolean;
}

/** Up to so many candidates the search is exact; above, greedy with a bound. */
export const mostExact = 200;

interface Candidate {
  leaver: Leaver;
  most: number;
}

/**
 * The set of `count` leavers that does the greatest damage together. A set never does more than its members' shares of the reach together (a path
 * that none of them is on stays whole), so sets are passed over whose shares cannot beat the best found; the best pairs and the single worst
 * come first. With more than `mostExact` candidates one is added at a time, each the worst with those before.
 */
export function* findWorstSet(
  damage: Damage,
  leavers: readonly Leaver[],
  count: number,
): Generator<void, WorstSet | null, void> {
  const candidates = leavers
    .map((leaver): Candidate => ({ leaver, most: damage.atMost(leaver) }))
    .filter(({ most }) => most > 0)
    .sort((a, b) => b.most - a.most || a.leaver.node - b.leaver.node);
  if (candidates.length < count) return null;
  const greedy = yield* addOneByOne(damage, candidates, count);
  const most = Math.min(1, sum(candidates.slice(0, count)));
  if (candidates.length > mostExact) return { ...greedy, atMost: most, exact: false };
  let best = greedy;
  const chosen: Candidate[] = [];
  function* search(from: number): Generator<void, void, void> {
    const missing = count - chosen.length;
    const sofar = sum(chosen);
    for (let at = from; at + missing <= candidates.length; at++) {
      // The candidates are ordered by what they can do: no later one can do more.
      if (sofar + sum(candidates.slice(at, at + missing)) <= best.damage) return;
      chosen.push(candidates[at] as Candidate);
      if (missing > 1) yield* search(at + 1);
      else {
        const set = chosen.map(({ leaver }) => leaver);
        const done = damage.of(set);
        if (done > best.damage) best = { leavers: set, damage: done };
        yield;
      }
      chosen.pop();
    }
  }
  yield* search(0);
  return { ...best, atMost: best.damage, exact: true };
}

const sum = (some: readonly Candidate[]): number => some.reduce((all, { most }) => all + most, 0);

function* addOneByOne(
  damage: Damage,
  candidates: readonly Candidate[],
  count: number,
): Generator<void, { leavers: Leaver[]; damage: number }, void> {
  const leavers: Leaver[] = [];
  let done = 0;
  for (let place = 0; place < count; place++) {
    let best: { leaver: Leaver; damage: number } | null = null;
    for (const { leaver, most } of candidates) {
      if (leavers.includes(leaver)) continue;
      if (best && done + most <= best.damage) break;
      const tried = damage.of([...leavers, leaver]);
      if (!best || tried > best.damage) best = { leaver, damage: tried };
      yield;
    }
    if (!best) break;
    leavers.push(best.leaver);
    done = best.damage;
  }
  return { leavers, damage: done };
}
