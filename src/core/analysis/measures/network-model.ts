import type { NetworkMeasures } from '#shared/contract/analysis.ts';
import { defineTask } from '../../kernel/workers/task.ts';
import { runInWorkerOrHere } from '../../kernel/workers/worker-pool.ts';
import type { OnProgress as Tell } from '../../kernel/progress-stream.ts';
import { inTurns } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import { exactBetweenness } from './betweenness-task.ts';
import { betweenness } from '../graph/betweenness.ts';
import { components, findCuts } from '../graph/connectivity.ts';
import { coreNumbers } from '../graph/cores.ts';
import { buildGraph } from '../graph/graph.ts';
import type { Graph } from '../graph/graph.ts';
import { leiden } from '../graph/leiden.ts';
import { modularity } from '../graph/modularity.ts';
import { seededRandom } from '../graph/random.ts';
import { decline } from '../graph/robustness.ts';
import type { Decline } from '../graph/robustness.ts';
import { transmissions } from '../organisation.ts';
import type { NamedOrganisation } from '../organisation.ts';
import { propagation } from './propagation.ts';
import type { Spread } from './propagation.ts';
import { readOrganisation } from '../read-organisation.ts';

export interface StructureInput {
  /** Its weights are what passes, 0 to 1. */
  graph: Graph;
  /** How many parallel interfaces each of its entries stands for. */
  counts: Float64Array;
  /** Betweenness of each node. */
  scores: Float64Array;
  /** The module that each node is declared to be in. */
  declared: Uint32Array;
  seed: number;
}

export interface Structure {
  cores: Uint32Array;
  communities: Uint32Array;
  articulationPoints: number[];
  bridges: [number, number][];
  components: number;
  modularity: { declared: number; found: number };
  robustness: Decline;
  propagation: { spreads: Spread[]; tried: number };
}

/** Everything but betweenness, which several workers share. Progress is the part that is done, 0 to 1. */
export const structureTask = defineTask<StructureInput, Structure, number>(
  'structure',
  ({ graph: passing, counts, scores, declared, seed }, onProgress) => {
    const graph = { ...passing, weights: counts };
    const communities = leiden(graph, { random: seededRandom(seed) });
    return {
      ...findCuts(graph, counts),
      cores: coreNumbers(graph),
      communities,
      components: components(graph).count,
      modularity: { declared: modularity(graph, declared), found: modularity(graph, communities) },
      robustness: decline(graph, {
        scores,
        seed,
        onProgress: (done, total) => onProgress(done / total / 2),
      }),
      propagation: spreadAll(passing, onProgress),
    };
  },
);

function spreadAll(graph: Graph, onProgress: (part: number) => void): Structure['propagation'] {
  const work = propagation(graph);
  for (let done = 1; ; done++) {
    const step = work.next();
    if (step.done) return { ...step.value, spreads: step.value.spreads.slice(0, mostSpreads) };
    if (done % 500 === 0) onProgress((1 + done / graph.size) / 2);
  }
}

/** So many records are named. */
const [mostSpreads, mostFirst] = [20, 20];

/** The part of the work, 0 to 1, that betweenness is taken to be. */
const betweennessPart = 0.9;

/** Beyond so many steps (nodes times edges, some ten seconds) betweenness is that of some of the sources, and says so. */
const mostSteps = 4e9;

/** Every how manieth node is a source. */
export const sourceStep = ({ size, targets }: Graph): number =>
  Math.max(1, Math.ceil((size * targets.length) / 2 / mostSteps));

/** Betweenness by pivots: each `step`th node is a source, and stands for as many. Brandes and Pich (2007), "Centrality estimation in large networks". */
export const pivotTask = defineTask<{ graph: Graph; step: number }, Float64Array, number>(
  'pivots',
  ({ graph, step }, onProgress) =>
    betweenness(graph, {
      share: { index: 0, of: step },
      onProgress: (done, total) => onProgress(done / total),
    }).map((score) => score * step),
);

interface Pace {
  tell: Tell;
  signal: AbortSignal;
}

/** Measures the graph of the interfaces that are there: undirected, of the records that one ends at. Throws CANCELLED. */
export async function measureNetwork(
  services: Services,
  { normalised, seed }: { normalised: boolean; seed: number },
  { tell, signal }: Pace,
): Promise<NetworkMeasures> {
  const { clock } = services.source;
  const named = await inTurns(readOrganisation(services), { clock, signal });
  const { graph, counts, nodes } = linkedGraph(named, transmissions(named));
  const { size } = graph;
  const { log } = services;
  const declared = declaredModules(nodes);
  const step = sourceStep(graph);
  const onProgress = (part: number): void =>
    tell({ kind: 'progress', step: 'checking', done: Math.round(100 * part), total: 100 });
  const onScored = (part: number): void => onProgress(betweennessPart * part);
  const scores =
    step === 1
      ? await exactBetweenness(graph, { signal, onProgress: (done, total) => onScored(done / total) })
      : await runInWorkerOrHere(pivotTask, { graph, step }, { signal, log, onProgress: onScored });
  const structure = await runInWorkerOrHere(
    structureTask,
    { graph, counts, scores, declared, seed },
    {
      signal,
      log,
      onProgress: (part) => onProgress(betweennessPart + (1 - betweennessPart) * part),
    },
  );
  const most = normalised ? Math.max(1, ((size - 1) * (size - 2)) / 2) : 1;
  const articulation = new Set(structure.articulationPoints);
  const idOf = (node: number): string => nodes[node]?.id ?? '';
  return {
    nodes: nodes.map(({ id }, node) => ({
      id,
      degree: degreeOf({ ...graph, weights: counts }, node),
      betweenness: (scores[node] as number) / most,
      core: structure.cores[node] as number,
      community: structure.communities[node] as number,
      articulation: articulation.has(node),
    })),
    bridges: structure.bridges.map(([one, other]) => [idOf(one), idOf(other)]),
    modularity: structure.modularity,
    coupling: coupling({ ...graph, weights: counts }, declared),
    components: structure.components,
    robustness: {
      ...structure.robustness,
      first: structure.robustness.first.slice(0, mostFirst).map(idOf),
    },
    propagation: {
      spreads: structure.propagation.spreads
        .filter(({ value }) => value > 0)
        .map(({ node, value, reached }) => ({ id: idOf(node), value, reached })),
      tried: structure.propagation.tried,
      unknown: named.losses.reduce((count, loss) => count + Number(Number.isNaN(loss)), 0),
    },
    sources: Math.ceil(size / step),
    head: named.head,
    seed,
  };
}

type Node = NamedOrganisation['nodes'][number];

/**
 * The graph of the interfaces, and its nodes: those that one ends at, in the order of the organisation. Of parallel interfaces it has the greatest
 * weight, and `counts` how many they are, both by its entries; all weights are 1 unless given.
 */
export function linkedGraph(
  { nodes, from, to }: NamedOrganisation,
  weights?: Float64Array,
): { graph: Graph; counts: Float64Array; nodes: Node[] } {
  const places = new Int32Array(nodes.length).fill(-1);
  for (const ends of [from, to]) for (const end of ends) places[end] = 0;
  let count = 0;
  for (const [at, place] of places.entries()) if (place === 0) places[at] = count++;
  const placeOf = (node: number): number => places[node] as number;
  const ends = [from.map(placeOf), to.map(placeOf)] as const;
  return {
    graph: buildGraph(count, ...ends, weights, Math.max),
    counts: buildGraph(count, ...ends).weights,
    nodes: nodes.filter((_, at) => (places[at] as number) >= 0),
  };
}

/** The declared structure: a module for each university; a record without one is a module of its own. Where nobody has one, a module for each type. */
export function declaredModules(nodes: readonly Node[]): Uint32Array {
  const hasSome = nodes.some(({ university }) => university !== null);
  const numbers = new Map<string, number>();
  return Uint32Array.from(nodes, ({ id, type, university }) => {
    const name = hasSome ? (university ?? id) : type;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
}

/** How many interfaces a node has, by a graph whose weights count them. */
function degreeOf({ offsets, weights }: Graph, node: number): number {
  return weights.subarray(offsets[node], offsets[node + 1]).reduce((sum, count) => sum + count, 0);
}

/** How many links there are within modules, and between two, by a graph whose weights count them. */
function coupling(
  { size, offsets, targets, weights }: Graph,
  modules: Uint32Array,
): { within: number; between: number } {
  let [within, all] = [0, 0];
  for (let node = 0; node < size; node++)
    for (let at = offsets[node] as number; at < (offsets[node + 1] as number); at++) {
      const count = weights[at] as number;
      all += count;
      if (modules[node] === modules[targets[at] as number]) within += count;
    }
  return { within: within / 2, between: (all - within) / 2 };
}
