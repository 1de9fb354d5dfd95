import { betweenness } from './betweenness.ts';
import { mapEntries, neighbours, nodesOf } from './graph.ts';
import type { Graph, OnProgress } from './graph.ts';
import { nodeStrengths } from './modularity.ts';
import { seededRandom, shuffle } from './random.ts';

/**
 * The size of the largest component while nodes are removed one after the other, as a share (0 to 1) of all nodes: item `i` is the size
 * after the first `i` of `order`. Albert, Jeong and Barabási (2000), "Error and attack tolerance of complex networks"; computed backwards,
 * because adding nodes only joins components: near linear time. Throws RangeError for an unknown node or one that is removed twice.
 */
export function robustness(graph: Graph, order: ArrayLike<number>): Float64Array {
  const { size } = graph;
  const isPresent = new Uint8Array(size).fill(1);
  for (let index = 0; index < order.length; index += 1) {
    const node = order[index] as number;
    if (isPresent[node] !== 1) throw new RangeError(`node ${node} cannot be removed`);
    isPresent[node] = 0;
  }
  const parents = nodesOf(size);
  const sizes = new Uint32Array(size).fill(1);
  const shares = new Float64Array(order.length + 1);
  let largest = 0;
  const find = (node: number): number => {
    let root = node;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root] as number] as number;
      root = parents[root] as number;
    }
    return root;
  };
  const add = (node: number): void => {
    isPresent[node] = 1;
    largest = Math.max(largest, 1);
    for (const target of neighbours(graph, node)) {
      if (isPresent[target] === 0) continue;
      let [root, otherRoot] = [find(node), find(target)];
      if (root === otherRoot) continue;
      if ((sizes[root] as number) < (sizes[otherRoot] as number)) [root, otherRoot] = [otherRoot, root];
      parents[otherRoot] = root;
      (sizes[root] as number) += sizes[otherRoot] as number;
      largest = Math.max(largest, sizes[root] as number);
    }
  };
  for (let node = 0; node < size; node += 1) if (isPresent[node] === 1) add(node);
  for (let index = order.length; index >= 0; index -= 1) {
    if (index < order.length) add(order[index] as number);
    shares[index] = size === 0 ? 0 : largest / size;
  }
  return shares;
}

/** How a network falls apart when its nodes are removed in different orders. */
export interface Decline {
  /** The largest component after each number of removals, as a share of all nodes; `random` is the mean over random orders. */
  curve: { removed: number; betweenness: number; degree: number; random: number }[];
  /** The number of removals after which the largest component has at most half of the nodes. */
  halved: { betweenness: number; degree: number; random: number };
  /** The nodes whose removal halves the largest component, by betweenness or degree, whichever needs fewer. */
  first: number[];
  runs: number;
  /** How many times betweenness was computed; `removals` is how many removals the curve covers. */
  rounds: number;
  removals: number;
  sources: number;
}

const [maxSteps, randomRuns] = [25, 20];

/** The default limit of sources × edges for recomputing betweenness, over all rounds: a second or two. */
const defaultMaxCost = 2e8;
/** The minimal number of sources of a round, if the graph has that many nodes. */
const minSources = 64;

interface DeclineOptions {
  scores: Float64Array;
  seed: number;
  /** Recomputes betweenness from all nodes after each removal, however long that takes. */
  isExact?: boolean;
  maxCost?: number;
  onProgress?: OnProgress | undefined;
}

interface RemovalSchedule {
  removals: number;
  rounds: number;
  sources: number;
}

/** Recomputes after each removal if that costs at most `maxCost`; otherwise in `maxSteps` rounds or more, from samples if needed. */
function planRemovals({ size, targets }: Graph, isExact: boolean, maxCost: number): RemovalSchedule {
  const removals = Math.ceil(size / 2);
  const edges = Math.max(1, targets.length / 2);
  if (isExact || size * edges * removals <= maxCost) return { removals, rounds: removals, sources: size };
  const rounds = Math.min(removals, Math.max(maxSteps, Math.floor(maxCost / edges / minSources)));
  const sources = Math.min(size, Math.max(minSources, Math.floor(maxCost / edges / rounds)));
  return { removals, rounds, sources };
}

/**
 * The robustness of a graph against attack (nodes with the highest betweenness or degree first) and against random failure. Degrees are
 * weighted. Betweenness is recomputed while nodes are removed, which does the most harm (Holme et al. 2002, "Attack vulnerability of
 * complex networks"); see `planRemovals`. The curve covers half of the nodes in at most 25 even steps.
 */
export function declineByRemoval(
  graph: Graph,
  { scores, seed, isExact = false, maxCost = defaultMaxCost, onProgress }: DeclineOptions,
): Decline {
  const { size } = graph;
  const schedule = planRemovals(graph, isExact, maxCost);
  const { removals } = schedule;
  const orders = {
    betweenness: removalOrder(graph, schedule, { scores, seed, onProgress }),
    degree: rankByScore(nodeStrengths(graph)),
  };
  const random = seededRandom(seed);
  const sums = new Float64Array(size + 1);
  for (let run = 0; run < randomRuns; run += 1)
    robustness(graph, shuffle(nodesOf(size), random)).forEach(
      (share, index) => ((sums[index] as number) += share),
    );
  const shares = {
    betweenness: robustness(graph, orders.betweenness),
    degree: robustness(graph, orders.degree),
    random: sums.map((sum) => sum / randomRuns),
  };
  const step = Math.max(1, Math.ceil(removals / maxSteps));
  const valueAt = (values: Float64Array, removed: number): number => values[removed] as number;
  const halvingPoint = (values: Float64Array): number =>
    values.findIndex((share) => share <= valueAt(values, 0) / 2);
  const halved = {
    betweenness: halvingPoint(shares.betweenness),
    degree: halvingPoint(shares.degree),
    random: halvingPoint(shares.random),
  };
  const attack = halved.degree < halved.betweenness ? 'degree' : 'betweenness';
  return {
    curve: Array.from({ length: size === 0 ? 0 : Math.floor(removals / step) + 1 }, (_, point) => {
      const removed = point * step;
      return {
        removed,
        betweenness: valueAt(shares.betweenness, removed),
        degree: valueAt(shares.degree, removed),
        random: valueAt(shares.random, removed),
      };
    }),
    halved,
    first: [...orders[attack].subarray(0, halved[attack])],
    runs: randomRuns,
    ...schedule,
  };
}

/** The nodes in order of removal: by betweenness, recomputed `rounds` times during the first `removals`; then the others. */
function removalOrder(
  graph: Graph,
  { removals, rounds, sources }: RemovalSchedule,
  { scores, seed, onProgress }: Omit<DeclineOptions, 'isExact' | 'maxCost'>,
): Uint32Array {
  const random = seededRandom(seed);
  const isRemoved = new Uint8Array(graph.size);
  const order: number[] = [];
  let ranking = rankByScore(scores, nodeStrengths(graph));
  for (let round = 1; round <= rounds; round += 1) {
    const end = Math.round((removals * round) / rounds);
    for (const node of ranking.subarray(0, end - order.length)) {
      isRemoved[node] = 1;
      order.push(node);
    }
    ranking = ranking.filter((node) => isRemoved[node] === 0);
    onProgress?.(round, rounds);
    if (round === rounds) break;
    const remaining = mapEntries(graph, (node, target, weight) =>
      isRemoved[node] === 1 || isRemoved[target] === 1 ? null : weight,
    );
    const isSample = sources < ranking.length;
    const sourceNodes = isSample ? shuffle(ranking.toSorted(), random).subarray(0, sources) : ranking;
    const newRanking = rankByScore(
      betweenness(remaining, { sources: sourceNodes, isSample }),
      nodeStrengths(remaining),
    );
    ranking = newRanking.filter((node) => isRemoved[node] === 0);
  }
  return Uint32Array.from([...order, ...ranking]);
}

/** The nodes by descending score; ties by `ties`, then by number. */
export const rankByScore = (scores: ArrayLike<number>, ties: ArrayLike<number> = scores): Uint32Array =>
  nodesOf(scores.length).sort(
    (a, b) =>
      (scores[b] as number) - (scores[a] as number) || (ties[b] as number) - (ties[a] as number) || a - b,
  );
