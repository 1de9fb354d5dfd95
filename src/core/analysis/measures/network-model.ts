import type { RequestPace } from '../../kernel/progress.ts';
import type { NetworkMeasures } from '#shared/contract/analysis.ts';
import { defineTask } from '../../kernel/workers/task.ts';
import { runWithFallback } from '../../kernel/workers/worker-pool.ts';
import { runSync, runYielding } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import { sumPathsOnWorkers } from './path-sums-task.ts';
import { findComponents, findCuts } from '../graph/connectivity.ts';
import { eigenvectorCentrality } from '../graph/eigenvector.ts';
import { buildGraph } from '../graph/graph.ts';
import type { Graph } from '../graph/graph.ts';
import { leiden } from '../graph/leiden.ts';
import { modularity, nodeStrengths } from '../graph/modularity.ts';
import { seededRandom } from '../graph/random.ts';
import { declineByRemoval, rankByScore } from '../graph/robustness.ts';
import type { Decline } from '../graph/robustness.ts';
import { Bearing } from '../bearer-model.ts';
import { drawSources, relativeError, estimateBetweenness, estimateCloseness } from '../graph/sampling.ts';
import type { Estimate } from '../graph/sampling.ts';
import { toDistanceGraph } from '../graph/weighted-betweenness.ts';
import type { NamedOrganisation } from '../organisation.ts';
import { readOrganisation } from '../read-organisation.ts';
import { Reach } from '../knowledge.ts';

interface Spread {
  node: number;
  /** The share, 0 to 1, of the capacity of all others that a failure of the node puts at risk. */
  value: number;
  reached: number;
}

/** A failure spreads over at most so many links. */
const maxSpread = 3;

/** The default limit of visited links: a second or so. */
const defaultMaxVisits = 40_000_000;

/**
 * Spreads a failure from each node. The weight of an edge is the likelihood, 0 to 1, that it passes the failure on; a path of at most three
 * edges has the product, and the likeliest path counts. The impact on a node is its weighted degree. Likelihood × impact, summed over all
 * others, is the risk. A reduction of the change propagation of Clarkson, Simons and Eckert (2004), "Predicting change propagation in
 * complex design", to the likeliest path, with 1 − loss as the likelihood, because a record that gets much over a link lacks much without
 * the link. Nodes are tried by descending strength until `maxVisits` links were visited; `tried` counts them. Results are sorted by risk.
 * Yields after each node.
 */
export function* propagateFailures(
  graph: Graph,
  maxVisits = defaultMaxVisits,
): Generator<void, { spreads: Spread[]; tried: number }, void> {
  const reach = new Reach({ ...graph, links: new Uint32Array() }, maxSpread);
  const impact = nodeStrengths(graph);
  const total = impact.reduce((sum, degree) => sum + degree, 0);
  const spreads: Spread[] = [];
  for (const node of rankByScore(impact)) {
    if (reach.visitedLinks > maxVisits) break;
    reach.spread(node);
    const { count, sum } = reach.weightedSum(impact);
    const othersTotal = total - (impact[node] as number);
    spreads.push({ node, value: othersTotal > 0 ? sum / othersTotal : 0, reached: count });
    yield;
  }
  spreads.sort((a, b) => b.value - a.value || a.node - b.node);
  return { spreads, tried: spreads.length };
}

/**
 * The core number of each node: the largest `k` such that the node belongs to a subgraph in which every node has at least `k` neighbours.
 * Unweighted. Linear time, by Batagelj and Zaveršnik (2003), "An O(m) algorithm for cores decomposition of networks".
 */
export function coreNumbers({ size, offsets, targets }: Graph): Uint32Array {
  const cores = new Uint32Array(size);
  for (let node = 0; node < size; node += 1)
    cores[node] = (offsets[node + 1] as number) - (offsets[node] as number);
  // Nodes sorted by degree; starts[d] is the index of the first with degree d.
  const starts = new Uint32Array(size + 1);
  for (const degree of cores) (starts[degree + 1] as number) += 1;
  for (let degree = 0; degree < size; degree += 1) (starts[degree + 1] as number) += starts[degree] as number;
  const nextIndexes = starts.slice();
  const order = new Uint32Array(size);
  const positions = new Uint32Array(size);
  for (let node = 0; node < size; node += 1) {
    positions[node] = (nextIndexes[cores[node] as number] as number)++;
    order[positions[node] as number] = node;
  }
  for (const node of order) {
    for (let entry = offsets[node] as number; entry < (offsets[node + 1] as number); entry += 1) {
      const target = targets[entry] as number;
      const degree = cores[target] as number;
      if (degree <= (cores[node] as number)) continue;
      // The neighbour swaps with the first node of its degree, whose range then starts one later.
      const position = (starts[degree] as number)++;
      const firstNode = order[position] as number;
      order[positions[target] as number] = firstNode;
      positions[firstNode] = positions[target] as number;
      order[position] = target;
      positions[target] = position;
      cores[target] = degree - 1;
    }
  }
  return cores;
}

export interface StructureInput {
  graph: Graph;
  counts: Float64Array;
  scores: Float64Array;
  modules: Uint32Array;
  seed: number;
  isExact: boolean;
}

export interface Structure {
  cores: Uint32Array;
  eigenvector: Float64Array;
  communities: Uint32Array;
  articulationPoints: number[];
  bridges: [number, number][];
  components: number;
  modularity: { declared: number; found: number };
  robustness: Decline;
  propagation: { spreads: Spread[]; tried: number };
}

/** All measures except those of shortest paths, which several workers share. Progress: the share done, 0 to 1. */
export const structureTask = defineTask<StructureInput, Structure, number>(
  'structure',
  ({ graph: weightedGraph, counts, scores, modules, seed, isExact }, onProgress) => {
    const graph = { ...weightedGraph, weights: counts };
    const communities = leiden(graph, seededRandom(seed));
    return {
      ...findCuts(graph, counts),
      cores: coreNumbers(graph),
      eigenvector: eigenvectorCentrality(graph),
      communities,
      components: findComponents(graph).count,
      modularity: { declared: modularity(graph, modules), found: modularity(graph, communities) },
      robustness: declineByRemoval(graph, {
        scores,
        seed,
        isExact,
        onProgress: (done, total) => onProgress(done / total / 2),
      }),
      propagation: runPropagation(weightedGraph, isExact, onProgress),
    };
  },
);

function runPropagation(
  graph: Graph,
  isExact: boolean,
  onProgress: (part: number) => void,
): Structure['propagation'] {
  let done = 0;
  const { spreads, tried } = runSync(propagateFailures(graph, isExact ? Infinity : defaultMaxVisits), () => {
    if (++done % 500 === 0) onProgress((1 + done / graph.size) / 2);
  });
  return { spreads: spreads.slice(0, maxSpreads), tried };
}

/** The pass rate of each link, 0 to 1; 0 for links of unknown loss, which are counted separately. */
const ratedPassRates = (organisation: NamedOrganisation): Float64Array =>
  new Bearing(organisation).passRates.map((passRate, link) =>
    Number.isNaN(organisation.losses[link]) ? 0 : passRate,
  );

const [maxSpreads, maxFirstNodes] = [20, 20];

/** The part of the progress, 0 to 1, that shortest paths take. */
const pathsPart = 0.7;

/** The number of graph entries that searches visit before sources are sampled; both together take some seconds. */
const visitBudgets = { paths: 5e8, weighted: 1e8 };

interface PathMeasures {
  betweenness: Estimate;
  closeness: Estimate;
  weightedBetweenness: Estimate;
  sources: number;
  weightedSources: number;
  isExact: boolean;
}

async function measurePaths(
  graph: Graph,
  { seed, exact }: { seed: number; exact: boolean },
  options: Parameters<typeof sumPathsOnWorkers>[1],
): Promise<PathMeasures> {
  const graphComponents = findComponents(graph);
  // Both samples use the same seed, so that the smaller one is a subset.
  const drawWithin = (budget: number) =>
    drawSources(graphComponents, graph.offsets, {
      budget: exact ? Infinity : budget,
      random: seededRandom(seed),
    });
  const [sources, weightedSources] = [drawWithin(visitBudgets.paths), drawWithin(visitBudgets.weighted)];
  const weighted = {
    graph: toDistanceGraph(graph),
    sources: weightedSources.nodes,
    isSample: !weightedSources.isExact,
  };
  const sums = await sumPathsOnWorkers(
    { graph, sources: sources.nodes, isSample: !sources.isExact, weighted },
    options,
  );
  return {
    betweenness: estimateBetweenness(graphComponents, sources, sums.dependencies),
    closeness: estimateCloseness(graphComponents, sources, sums.distances),
    weightedBetweenness: estimateBetweenness(graphComponents, weightedSources, sums.weighted),
    sources: sources.nodes.length,
    weightedSources: weightedSources.nodes.length,
    isExact: sources.isExact && weightedSources.isExact,
  };
}

/** Measures the graph of visible interfaces: undirected, of the records at their ends. Throws CANCELLED. */
export async function measureNetwork(
  services: Services,
  { normalised, seed, exact }: { normalised: boolean; seed: number; exact: boolean },
  { onProgress: report, signal }: RequestPace,
): Promise<NetworkMeasures> {
  const { clock } = services.source;
  const organisation = await runYielding(readOrganisation(services), { clock, signal });
  const { graph, counts, nodes, incoming, outgoing } = buildLinkedGraph(
    organisation,
    ratedPassRates(organisation),
  );
  const { size } = graph;
  const { log } = services;
  const modules = declaredModules(nodes);
  const onProgress = (part: number): void =>
    report({ kind: 'progress', step: 'checking', done: Math.round(100 * part), total: 100 });
  const paths = await measurePaths(
    graph,
    { seed, exact },
    { log, signal, onProgress: (part) => onProgress(pathsPart * part) },
  );
  const { betweenness, closeness, weightedBetweenness } = paths;
  const structure = await runWithFallback(
    structureTask,
    { graph, counts, scores: betweenness.values, modules, seed, isExact: exact },
    { signal, log, onProgress: (part) => onProgress(pathsPart + (1 - pathsPart) * part) },
  );
  const betweennessDivisor = normalised ? Math.max(1, ((size - 1) * (size - 2)) / 2) : 1;
  const articulation = new Set(structure.articulationPoints);
  const { robustness } = structure;
  const valueAt = (values: ArrayLike<number>, node: number): number => values[node] as number;
  const idOf = (node: number): string => nodes[node]?.id ?? '';
  return {
    nodes: nodes.map(({ id }, node) => ({
      id,
      degree: valueAt(incoming, node) + valueAt(outgoing, node),
      in_degree: valueAt(incoming, node),
      out_degree: valueAt(outgoing, node),
      betweenness: valueAt(betweenness.values, node) / betweennessDivisor,
      weighted_betweenness: valueAt(weightedBetweenness.values, node) / betweennessDivisor,
      closeness: valueAt(closeness.values, node),
      eigenvector: valueAt(structure.eigenvector, node),
      core: valueAt(structure.cores, node),
      community: valueAt(structure.communities, node),
      articulation: articulation.has(node),
    })),
    bridges: structure.bridges.map(([from, to]) => [idOf(from), idOf(to)]),
    modularity: structure.modularity,
    coupling: countCoupling({ ...graph, weights: counts }, modules),
    components: structure.components,
    robustness: { ...robustness, first: robustness.first.slice(0, maxFirstNodes).map(idOf) },
    propagation: {
      spreads: structure.propagation.spreads
        .filter(({ value }) => value > 0)
        .map(({ node, value, reached }) => ({ id: idOf(node), value, reached })),
      tried: structure.propagation.tried,
      unknown: organisation.losses.reduce((count, loss) => count + Number(Number.isNaN(loss)), 0),
    },
    sources: paths.sources,
    weighted_sources: paths.weightedSources,
    exact: paths.isExact && robustness.rounds === robustness.removals && robustness.sources === size,
    error: {
      betweenness: relativeError(betweenness),
      weighted_betweenness: relativeError(weightedBetweenness),
      closeness: relativeError(closeness),
    },
    head: organisation.head,
    seed,
  };
}

type Node = NamedOrganisation['nodes'][number];

/**
 * The graph of the interfaces, and its nodes, which are the records at their ends, in the order of the organisation. Parallel interfaces
 * are one entry with the greatest weight; `counts` is their number. Weights are 1 by default. `incoming` and `outgoing` count the
 * interfaces of each node. Loops are skipped.
 */
export function buildLinkedGraph(
  { nodes, from, to }: NamedOrganisation,
  weights?: Float64Array,
): { graph: Graph; counts: Float64Array; nodes: Node[]; incoming: Uint32Array; outgoing: Uint32Array } {
  const isLinked = new Uint8Array(nodes.length);
  for (const ends of [from, to]) for (const end of ends) isLinked[end] = 1;
  const positions = new Uint32Array(nodes.length);
  let count = 0;
  for (const node of nodes.keys()) if (isLinked[node] === 1) positions[node] = count++;
  const positionOf = (node: number): number => positions[node] as number;
  const [sources, targets] = [from.map(positionOf), to.map(positionOf)];
  const [outgoing, incoming] = [new Uint32Array(count), new Uint32Array(count)];
  for (const [link, source] of sources.entries()) {
    const target = targets[link] as number;
    if (source === target) continue;
    (outgoing[source] as number) += 1;
    (incoming[target] as number) += 1;
  }
  return {
    graph: buildGraph(count, sources, targets, weights, Math.max),
    counts: buildGraph(count, sources, targets).weights,
    nodes: nodes.filter((_, node) => isLinked[node] === 1),
    incoming,
    outgoing,
  };
}

/** The declared modules: the universities, and each record without one. If no record has a university, the types. */
export function declaredModules(nodes: readonly Node[]): Uint32Array {
  const hasUniversities = nodes.some(({ university }) => university !== null);
  const numbers = new Map<string, number>();
  return Uint32Array.from(nodes, ({ id, type, university }) => {
    const name = hasUniversities ? (university ?? id) : type;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
}

/** The number of links within modules and between two, from a graph whose weights count them. */
function countCoupling(
  { size, offsets, targets, weights }: Graph,
  modules: Uint32Array,
): { within: number; between: number } {
  let [within, total] = [0, 0];
  for (let node = 0; node < size; node++)
    for (let entry = offsets[node] as number; entry < (offsets[node + 1] as number); entry++) {
      const count = weights[entry] as number;
      total += count;
      if (modules[node] === modules[targets[entry] as number]) within += count;
    }
  return { within: within / 2, between: (total - within) / 2 };
}
