import { nobody } from '../organisation.ts';
import type { Damage, Leaver } from './leavers.ts';
import { Pairs } from './pairs.ts';

export interface WorstSet {
  leavers: Leaver[];
  /** The share of the reach that is lost with them. */
  damage: number;
  /** No set of as many does more damage than this. */
  atMost: number;
  exact: boolean;
}

/** Up to so many candidates, nodes with links, and pairs looked at (some seconds) the search is exact; above, greedy with a bound. */
const [mostCandidates, mostNodes, mostLooked] = [350, 500, 150_000_000];

interface Candidate {
  leaver: Leaver;
  most: number;
}

/**
 * The set of `count` leavers that does the greatest damage together. What one more costs is never above what passes it while the others are gone,
 * so that most sets need not be tried (branch and bound). Where there are too many one is added at a time, each the worst with those before; no
 * set then does more than the `count` greatest shares together. Null where there are fewer than `count`.
 */
export function* findWorstSet(
  damage: Damage,
  leavers: readonly Leaver[],
  count: number,
): Generator<void, WorstSet | null, void> {
  const candidates = distinct(damage, leavers, count)
    .map((leaver): Candidate => ({ leaver, most: damage.atMost(leaver) }))
    .filter(({ most }) => most > 0)
    .sort((a, b) => b.most - a.most || a.leaver.node - b.leaver.node);
  if (candidates.length < count) return null;
  const greedy = yield* addOneByOne(damage, candidates, count);
  const pairs = candidates.length > mostCandidates ? null : Pairs.of(damage.graph, mostNodes);
  const found = pairs ? yield* search(damage, pairs, candidates, count, greedy) : greedy;
  if (pairs && pairs.looked <= mostLooked) return { ...found, atMost: found.damage, exact: true };
  const greatest = candidates.slice(0, count).reduce((sum, { most }) => sum + most, 0);
  return { ...found, atMost: Math.min(1, greatest), exact: false };
}

/** Members of a team without links of their own cost the same: of each team no more than a set has. */
function distinct({ graph }: Damage, leavers: readonly Leaver[], count: number): Leaver[] {
  const taken = new Map<number, number>();
  const isLinked = (node: number): boolean => graph.offsets[node] !== graph.offsets[node + 1];
  return leavers.filter(({ node, team }) => {
    if (team === nobody || isLinked(node)) return true;
    const before = taken.get(team) ?? 0;
    taken.set(team, before + 1);
    return before < count;
  });
}

type Found = Pick<WorstSet, 'leavers' | 'damage'>;

function* search(
  damage: Damage,
  pairs: Pairs,
  candidates: readonly Candidate[],
  count: number,
  greedy: Found,
): Generator<void, Found, void> {
  const whole = pairs.through();
  let best = greedy;
  const lostWith = (set: readonly Leaver[], through?: Float64Array): number => {
    const lost = pairs.lost(damage.presenceWithout(set), through);
    return Number.isNaN(lost) ? damage.lost(set) : lost;
  };
  function* extend(chosen: readonly Candidate[], from: number): Generator<void, void, void> {
    if (pairs.looked > mostLooked) return;
    const set = chosen.map(({ leaver }) => leaver);
    if (chosen.length === count - 1) {
      const through = whole.slice();
      const lost = pairs.lost(damage.presenceWithout(set), through);
      const isKnown = !Number.isNaN(lost);
      const sofar = damage.share(isKnown ? lost : damage.lost(set));
      for (const { leaver } of candidates.slice(from)) {
        const most = isKnown ? sofar + damage.share(passing(pairs, damage, through, leaver, set)) : 1;
        if (most <= best.damage + rounding) continue;
        const done = damage.share(lostWith([...set, leaver]));
        if (done > best.damage + rounding) best = { leavers: [...set, leaver], damage: done };
      }
      yield;
      return;
    }
    for (let at = from; at <= candidates.length - (count - chosen.length); at++)
      yield* extend([...chosen, candidates[at] as Candidate], at + 1);
  }
  yield* extend([], 0);
  return best;
}

/** Sums in another order differ by so much. */
const rounding = 1e-12;

/** What passes a leaver while a set is gone: as a node, and as one of the members of a team who are left. */
function passing(
  pairs: Pairs,
  damage: Damage,
  through: Float64Array,
  leaver: Leaver,
  set: readonly Leaver[],
): number {
  const at = (node: number): number => through[pairs.placeOf(node)] ?? 0;
  const { node, team } = leaver;
  if (team === nobody) return at(node);
  const gone = set.filter((other) => other.team === team).length;
  return at(node) + at(team) / Math.max(1, damage.membersOf(team) - gone);
}

function* addOneByOne(
  damage: Damage,
  candidates: readonly Candidate[],
  count: number,
): Generator<void, Found, void> {
  const leavers: Leaver[] = [];
  let done = 0;
  for (let place = 0; place < count; place++) {
    let best: { leaver: Leaver; damage: number } | null = null;
    for (const { leaver, most } of candidates) {
      if (leavers.includes(leaver)) continue;
      // They come in the order of what they can do at most while everybody is there.
      if (best && done + most < best.damage) break;
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
