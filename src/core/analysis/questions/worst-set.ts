import { Damage } from './damage.ts';
import type { Leaver } from './leavers.ts';
import { roundingTolerance } from './subject.ts';

export interface WorstSet {
  leavers: Leaver[];
  damage: number;
  atMost: number;
  exact: boolean;
}

/** The limit of visited links for an exact search: some seconds. */
const maxVisits = 500_000_000;

interface Candidate {
  leaver: Leaver;
  node: number;
  bound: number;
}

/**
 * The set of `count` leavers with the greatest joint damage. One more leaver costs at most the flow over the links that weaken when this
 * person leaves after the others, so most sets need not be tried (branch and bound). If the search takes too long, leavers are added
 * greedily; no set then does more than the `count` greatest shares together. Null if there are fewer than `count`.
 */
export function* findWorstSet(
  damage: Damage,
  leavers: readonly Leaver[],
  count: number,
): Generator<void, WorstSet | null, void> {
  const candidates = leavers
    .flatMap((leaver) => leaver.nodes.slice(0, count).map((node) => ({ leaver, node })))
    .map((one) => ({ ...one, change: damage.bearing.changeWithout([one.node]) }))
    // Leavers without a loss of their own matter once an equally good link is gone.
    .filter(({ change }) => change.length > 0)
    .map(({ change, ...one }): Candidate => ({ ...one, bound: damage.lossBound(change) }))
    .sort((a, b) => b.bound - a.bound || a.node - b.node);
  if (candidates.length < count) return null;
  const search = new Search(damage);
  const greedy = yield* addOneByOne(search, candidates, count);
  const worst = yield* search.searchBetter(candidates, count, greedy);
  const leaversInSet = worst.members.map(({ leaver, node }) => ({ ...leaver, nodes: [node] }));
  if (!search.isOverLimit && !damage.isSampled)
    return { leavers: leaversInSet, damage: worst.value, atMost: worst.value, exact: true };
  const greatest = candidates.slice(0, count).reduce((sum, { bound }) => sum + bound, 0);
  return { leavers: leaversInSet, damage: worst.value, atMost: Math.min(1, greatest), exact: false };
}

interface ChosenSet {
  members: readonly Candidate[];
  value: number;
}

class Search {
  readonly damage: Damage;
  #visited = 0;

  constructor(damage: Damage) {
    this.damage = damage;
  }

  get isOverLimit(): boolean {
    return this.#visited + this.damage.visited > maxVisits;
  }

  valueOf(members: readonly Candidate[]): number {
    return this.damage.lostShare(this.damage.bearing.changeWithout(members.map(({ node }) => node)));
  }

  /** Tries each set that can beat the best one. The reach without all but its last member bounds the cost of the last member. */
  *searchBetter(
    candidates: readonly Candidate[],
    count: number,
    greedy: ChosenSet,
  ): Generator<void, ChosenSet, void> {
    let best = greedy;
    const { damage } = this;
    const cannotBeat = (members: readonly Candidate[], next: number): boolean => {
      const bound = members.reduce((sum, one) => sum + one.bound, 0);
      const nextCandidates = candidates.slice(next, next + count - members.length);
      return (
        bound + nextCandidates.reduce((sum, one) => sum + one.bound, 0) <= best.value + roundingTolerance
      );
    };
    const chooseLast = (members: readonly Candidate[], from: number): void => {
      const removed = members.map(({ node }) => node);
      const without = damage.bearing.changeWithout(removed);
      const passRates = damage.bearing.passRates.slice();
      for (const [link, passRate] of without) passRates[link] = passRate;
      const remaining = new Damage(damage.bearing.organisation, { passRates });
      for (const _ of remaining.measure());
      this.#visited += remaining.visited;
      const lostSoFar = damage.share(damage.total - remaining.total);
      for (const last of candidates.slice(from)) {
        const lastChange = damage.bearing.changeWithout([...removed, last.node]);
        const lastBound = (remaining.lossBound(lastChange) * remaining.total) / damage.total;
        if (lostSoFar + lastBound <= best.value + roundingTolerance) continue;
        const value = damage.lostShare(lastChange);
        if (value > best.value + roundingTolerance) best = { members: [...members, last], value };
      }
    };
    function* choose(this: Search, members: readonly Candidate[], from: number): Generator<void, void, void> {
      if (members.length === count - 1) {
        chooseLast(members, from);
        yield;
        return;
      }
      for (let at = from; at <= candidates.length - (count - members.length); at++) {
        if (this.isOverLimit || cannotBeat(members, at)) return;
        yield* choose.call(this, [...members, candidates[at] as Candidate], at + 1);
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
): Generator<void, ChosenSet, void> {
  let current: ChosenSet = { members: [], value: 0 };
  for (let round = 0; round < count; round++) {
    let best: ChosenSet | null = null;
    for (const one of candidates) {
      if (current.members.includes(one)) continue;
      // Sorted by upper bound.
      if (best && current.value + one.bound < best.value) break;
      const members = [...current.members, one];
      const value = search.valueOf(members);
      if (!best || value > best.value) best = { members, value };
      yield;
    }
    if (!best) break;
    current = best;
  }
  return current;
}
