import { Damage } from './damage.ts';
import type { Leaver } from './leavers.ts';
import { roundingTolerance } from './subject.ts';

export interface WorstSet {
  leavers: Leaver[];
  damage: number;
  atMost: number;
  exact: boolean;
}

/** The search is exact within this number of visited links: some seconds. */
const mostVisits = 500_000_000;

interface Candidate {
  leaver: Leaver;
  node: number;
  most: number;
}

/**
 * The set of `count` leavers with the greatest joint damage. One more leaver never costs more than what passes over the links that it
 * weakens while the others are gone, so most sets need not be tried (branch and bound). If the search takes too long, leavers are added
 * greedily; no set then does more than the `count` greatest shares together. Null if there are fewer than `count`.
 */
export function* findWorstSet(
  damage: Damage,
  leavers: readonly Leaver[],
  count: number,
): Generator<void, WorstSet | null, void> {
  const candidates = leavers
    .flatMap((leaver) => leaver.nodes.slice(0, count).map((node) => ({ leaver, node })))
    .map((one) => ({ ...one, change: damage.bearing.without([one.node]) }))
    // Leavers without a loss of their own matter once an equally good link is gone.
    .filter(({ change }) => change.length > 0)
    .map(({ change, ...one }): Candidate => ({ ...one, most: damage.atMost(change) }))
    .sort((a, b) => b.most - a.most || a.node - b.node);
  if (candidates.length < count) return null;
  const search = new Search(damage);
  const greedy = yield* addOneByOne(search, candidates, count);
  const found = yield* search.extend(candidates, count, greedy);
  const leaversFound = found.chosen.map(({ leaver, node }) => ({ ...leaver, nodes: [node] }));
  if (!search.isSpent && !damage.isSampled)
    return { leavers: leaversFound, damage: found.value, atMost: found.value, exact: true };
  const greatest = candidates.slice(0, count).reduce((sum, { most }) => sum + most, 0);
  return { leavers: leaversFound, damage: found.value, atMost: Math.min(1, greatest), exact: false };
}

interface Found {
  chosen: readonly Candidate[];
  value: number;
}

class Search {
  readonly damage: Damage;
  #visited = 0;

  constructor(damage: Damage) {
    this.damage = damage;
  }

  get isSpent(): boolean {
    return this.#visited + this.damage.visited > mostVisits;
  }

  valueOf(chosen: readonly Candidate[]): number {
    return this.damage.of(this.damage.bearing.without(chosen.map(({ node }) => node)));
  }

  /** Every set that may beat the best one, without its last member: measuring the reach again then bounds the last member's cost. */
  *extend(candidates: readonly Candidate[], count: number, greedy: Found): Generator<void, Found, void> {
    let best = greedy;
    const { damage } = this;
    const isBelow = (chosen: readonly Candidate[], next: number): boolean => {
      const most = chosen.reduce((sum, one) => sum + one.most, 0);
      const further = candidates.slice(next, next + count - chosen.length);
      return most + further.reduce((sum, one) => sum + one.most, 0) <= best.value + roundingTolerance;
    };
    const chooseLast = (chosen: readonly Candidate[], from: number): void => {
      const removed = chosen.map(({ node }) => node);
      const without = damage.bearing.without(removed);
      const passes = damage.bearing.passes.slice();
      for (const [link, passing] of without) passes[link] = passing;
      const rest = new Damage(damage.bearing.organisation, { passes });
      for (const _ of rest.measure());
      this.#visited += rest.visited;
      const sofar = damage.share(damage.total - rest.total);
      for (const last of candidates.slice(from)) {
        const change = damage.bearing.without([...removed, last.node]);
        const more = (rest.atMost(change) * rest.total) / damage.total;
        if (sofar + more <= best.value + roundingTolerance) continue;
        const value = damage.of(change);
        if (value > best.value + roundingTolerance) best = { chosen: [...chosen, last], value };
      }
    };
    function* choose(this: Search, chosen: readonly Candidate[], from: number): Generator<void, void, void> {
      if (chosen.length === count - 1) {
        chooseLast(chosen, from);
        yield;
        return;
      }
      for (let at = from; at <= candidates.length - (count - chosen.length); at++) {
        if (this.isSpent || isBelow(chosen, at)) return;
        yield* choose.call(this, [...chosen, candidates[at] as Candidate], at + 1);
      }
    }
    yield* choose.call(this, [], 0);
    return best;
  }
}

function* addOneByOne(
  search: Search,
  candidates: readonly Candidate[],
  count: number,
): Generator<void, Found, void> {
  let done: Found = { chosen: [], value: 0 };
  for (let place = 0; place < count; place++) {
    let best: Found | null = null;
    for (const one of candidates) {
      if (done.chosen.includes(one)) continue;
      // Sorted by upper bound.
      if (best && done.value + one.most < best.value) break;
      const chosen = [...done.chosen, one];
      const value = search.valueOf(chosen);
      if (!best || value > best.value) best = { chosen, value };
      yield;
    }
    if (!best) break;
    done = best;
  }
  return done;
}
