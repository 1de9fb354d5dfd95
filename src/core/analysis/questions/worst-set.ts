import { Damage } from './damage.ts';
import type { Leaver } from './leavers.ts';
import { roundingTolerance } from './rank-subjects.ts';

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
 * greedily; no set then does more than the `count` greatest bounds together. Null if fewer than `count` leavers weaken any link.
 */
export function* findWorstSet(
  damage: Damage,
  leavers: readonly Leaver[],
  count: number,
): Generator<void, WorstSet | null, void> {
  const candidates = leavers
    .flatMap((leaver) => leaver.nodes.slice(0, count).map((node) => ({ leaver, node })))
    .map((member): Candidate => ({
      ...member,
      bound: damage.lossBound(damage.bearing.departureOf([member.node])),
    }))
    .sort((a, b) => b.bound - a.bound || a.node - b.node);
  if (candidates.length < count) return null;
  const search = new Search(damage);
  const greedy = yield* addOneByOne(search, candidates, count);
  const worst = yield* search.improve(candidates, count, greedy);
  const leaversInSet = worst.members.map(({ leaver, node }) => ({ ...leaver, nodes: [node] }));
  if (!search.isOverLimit && !damage.isSampled)
    return { leavers: leaversInSet, damage: worst.value, atMost: worst.value, exact: true };
  const boundSum = candidates.slice(0, count).reduce((sum, { bound }) => sum + bound, 0);
  return { leavers: leaversInSet, damage: worst.value, atMost: Math.min(1, boundSum), exact: false };
}

interface ChosenSet {
  members: readonly Candidate[];
  value: number;
}

class Search {
  readonly damage: Damage;
  #visitedLinks = 0;

  constructor(damage: Damage) {
    this.damage = damage;
  }

  get isOverLimit(): boolean {
    return this.#visitedLinks + this.damage.visitedLinks > maxVisits;
  }

  jointDamage(members: readonly Candidate[]): number {
    return this.damage.lostShare(this.damage.bearing.departureOf(members.map(({ node }) => node)));
  }

  /** Tries each set that can beat the best one. The reach without all but its last member bounds the cost of the last member. */
  *improve(
    candidates: readonly Candidate[],
    count: number,
    greedy: ChosenSet,
  ): Generator<void, ChosenSet, void> {
    let best = greedy;
    const { damage } = this;
    const cannotBeat = (members: readonly Candidate[], nextIndex: number): boolean => {
      const bound = members.reduce((sum, member) => sum + member.bound, 0);
      const nextCandidates = candidates.slice(nextIndex, nextIndex + count - members.length);
      return (
        bound + nextCandidates.reduce((sum, candidate) => sum + candidate.bound, 0) <=
        best.value + roundingTolerance
      );
    };
    const chooseLast = (members: readonly Candidate[], start: number): void => {
      const removedNodes = members.map(({ node }) => node);
      const changeSoFar = damage.bearing.changeWithout(removedNodes);
      const passRates = damage.bearing.passRates.slice();
      for (const [link, passRate] of changeSoFar) passRates[link] = passRate;
      const remaining = new Damage(damage.bearing.organisation, { passRates, reference: damage });
      for (const _ of remaining.measure());
      this.#visitedLinks += remaining.visitedLinks;
      const lostSoFar = damage.lostShare(damage.bearing.departureOf(removedNodes));
      for (const last of candidates.slice(start)) {
        const departure = damage.bearing.departureOf([...removedNodes, last.node]);
        const lastBound = remaining.lossBound({ ...departure, leavers: [last.node] });
        if (lostSoFar + lastBound <= best.value + roundingTolerance) continue;
        const value = damage.lostShare(departure);
        if (value > best.value + roundingTolerance) best = { members: [...members, last], value };
      }
    };
    function* choose(
      this: Search,
      members: readonly Candidate[],
      start: number,
    ): Generator<void, void, void> {
      if (members.length === count - 1) {
        chooseLast(members, start);
        yield;
        return;
      }
      for (let index = start; index <= candidates.length - (count - members.length); index++) {
        if (this.isOverLimit || cannotBeat(members, index)) return;
        yield* choose.call(this, [...members, candidates[index] as Candidate], index + 1);
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
  let currentSet: ChosenSet = { members: [], value: 0 };
  for (let round = 0; round < count; round++) {
    let best: ChosenSet | null = null;
    for (const candidate of candidates) {
      if (currentSet.members.includes(candidate)) continue;
      // Candidates are sorted by upper bound, so no later one is better.
      if (best && currentSet.value + candidate.bound < best.value) break;
      const members = [...currentSet.members, candidate];
      const value = search.jointDamage(members);
      if (!best || value > best.value) best = { members, value };
      yield;
    }
    if (!best) break;
    currentSet = best;
  }
  return currentSet;
}
