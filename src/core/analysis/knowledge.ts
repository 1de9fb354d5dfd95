import { appendTo } from '#shared/domain/append-to.ts';
import { seededRandom } from './graph/random.ts';
import { nodeKind } from './organisation.ts';
import type { Organisation } from './organisation.ts';

/** Knowledge reaches others over at most two links. Longer paths predict nothing; see the outcomes in docs/science.md. */
const maxPathLength = 2;

/** An undirected graph in compressed sparse rows. Of parallel links the best counts. */
export interface KnowledgeGraph {
  readonly size: number;
  /** The weight of knowledge from and to each node: the square root of its importance. */
  readonly nodeWeights?: Float64Array;
  /** 1 for each node that holds knowledge and passes it on; all by default. */
  readonly canPass?: Uint8Array;
  /** Pairs of nodes, in both directions, with the additional importance of knowledge between them. */
  readonly pairs?: ReadonlyMap<number, readonly { to: number; extraWeight: number }[]>;
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** The weight of each entry of `targets`, 0 to 1. */
  readonly weights: Float64Array;
  readonly links: Uint32Array;
}

/** Builds the graph from links. Loops and links with a weight of 0 or less are skipped. */
export function buildKnowledgeGraph(
  organisation: Pick<Organisation, 'kinds' | 'from' | 'to' | 'importance' | 'linkImportance'>,
  weights: Float64Array,
): KnowledgeGraph {
  const { kinds, from, to, importance } = organisation;
  const size = kinds.length;
  const offsets = new Uint32Array(size + 1);
  const isUsed = (link: number): boolean => from[link] !== to[link] && (weights[link] as number) > 0;
  const canPass = kinds.map((kind) => Number(kind !== nodeKind.other));
  for (let link = 0; link < from.length; link++) {
    if (!isUsed(link)) continue;
    offsets[(from[link] as number) + 1]! += 1;
    offsets[(to[link] as number) + 1]! += 1;
  }
  for (let node = 0; node < size; node++) offsets[node + 1]! += offsets[node] as number;
  const nextEntries = offsets.slice(0, size);
  const entries = offsets[size] as number;
  const [targets, links] = [new Uint32Array(entries), new Uint32Array(entries)];
  const entryWeights = new Float64Array(entries);
  const addEntry = (node: number, target: number, link: number): void => {
    const index = nextEntries[node] as number;
    nextEntries[node] = index + 1;
    targets[index] = target;
    links[index] = link;
    entryWeights[index] = weights[link] as number;
  };
  for (let link = 0; link < from.length; link++) {
    if (!isUsed(link)) continue;
    addEntry(from[link] as number, to[link] as number, link);
    addEntry(to[link] as number, from[link] as number, link);
  }
  return {
    size,
    nodeWeights: importance.map(Math.sqrt),
    canPass,
    pairs: collectPairs(organisation),
    offsets,
    targets,
    weights: entryWeights,
    links,
  };
}

/** Linked pairs of nodes with an importance other than 1: the greatest of their links. */
function collectPairs({
  from,
  to,
  linkImportance,
}: Pick<Organisation, 'from' | 'to' | 'linkImportance'>): NonNullable<KnowledgeGraph['pairs']> {
  const weightsByNode = new Map<number, Map<number, number>>();
  const raise = (node: number, other: number, weight: number): void => {
    const weights = weightsByNode.get(node) ?? new Map<number, number>();
    weights.set(other, Math.max(weights.get(other) ?? 0, weight));
    weightsByNode.set(node, weights);
  };
  const raiseBoth = (source: number, target: number, weight: number): void => {
    if (source === target) return;
    raise(source, target, weight);
    raise(target, source, weight);
  };
  for (const [link, weight] of linkImportance.entries())
    if (weight !== 1) raiseBoth(from[link] as number, to[link] as number, weight);
  // A parallel link of usual importance counts too, so that a link of low importance never lowers the pair.
  if (weightsByNode.size > 0)
    for (const [link, weight] of linkImportance.entries()) {
      const [source, target] = [from[link] as number, to[link] as number];
      if (weight === 1 && weightsByNode.get(source)?.has(target)) raiseBoth(source, target, weight);
    }
  return new Map(
    [...weightsByNode].map(([node, pairs]) => [
      node,
      [...pairs].map(([to, weight]) => ({ to, extraWeight: weight - 1 })),
    ]),
  );
}

/** A link to add to the graph, or a better one in place of an existing link. */
export interface ExtraLink {
  from: number;
  to: number;
  /** Its weight in the graph, 0 to 1. */
  weight: number;
  /** The weight of the link that this one replaces. */
  replacedWeight?: number;
}

const noLink = 0xffff_ffff;

/** How much of the best paths is stored: only their values, or also their links. */
export type StoredPaths = 'values' | 'links';

/**
 * Best paths from one node at a time, over at most so many links: the weights of the links multiply. Keeps its arrays, so that a hundred
 * thousand nodes allocate nothing.
 */
export class Reach {
  readonly #graph: KnowledgeGraph;
  readonly #maxPathLength: number;
  readonly #best: Float64Array;
  /** The first and the second link of the best path to each node. Stored paths have at most two links. */
  readonly #firstLinks: Uint32Array;
  readonly #secondLinks: Uint32Array;
  readonly #queued: Uint8Array;
  readonly #reached: Uint32Array;
  #count = 0;
  #source = 0;
  visitedLinks = 0;
  #frontier: Uint32Array;
  #nextFrontier: Uint32Array;
  /** Values and first links of the frontier before a step, so that paths of a step do not extend each other. */
  readonly #values: Float64Array;
  readonly #frontierLinks: Uint32Array;
  #extraLinks: ReadonlyMap<number, readonly ExtraLink[]> | null = null;

  constructor(graph: KnowledgeGraph, pathLength = maxPathLength) {
    this.#graph = graph;
    this.#maxPathLength = pathLength;
    const { size } = graph;
    const nodeArray = (): Uint32Array => new Uint32Array(size);
    [this.#best, this.#values] = [new Float64Array(size), new Float64Array(size)];
    [this.#firstLinks, this.#secondLinks, this.#frontierLinks] = [nodeArray(), nodeArray(), nodeArray()];
    this.#queued = new Uint8Array(size);
    [this.#reached, this.#frontier, this.#nextFrontier] = [nodeArray(), nodeArray(), nodeArray()];
  }

  setExtraLinks(extraLinks: readonly ExtraLink[]): void {
    const linksByNode = new Map<number, ExtraLink[]>();
    for (const { from, to, weight } of extraLinks) {
      appendTo(linksByNode, from, { from, to, weight });
      appendTo(linksByNode, to, { from: to, to: from, weight });
    }
    this.#extraLinks = linksByNode.size > 0 ? linksByNode : null;
  }

  /** What reaches a node: over all nodes that hold knowledge, their weight times the best path, times the importance of the pair. */
  intakeOf(receiver: number, detail: StoredPaths = 'values'): number {
    this.spread(receiver, detail);
    let total = 0;
    for (let index = 1; index < this.#count; index++)
      total += this.#knowledgeOver(this.#reached[index] as number);
    for (const { to, extraWeight } of this.#graph.pairs?.get(receiver) ?? [])
      total += extraWeight * this.#knowledgeOver(to);
    return total;
  }

  /** What nodes receive from a source, as in `intakeOf`, times the weight of each. Paths are the same in both directions. */
  intakeFrom(source: number, weights: Float64Array): number {
    const { canPass, nodeWeights, pairs } = this.#graph;
    if (canPass?.[source] === 0) return 0;
    this.spread(source);
    let sum = 0;
    for (let index = 1; index < this.#count; index++) {
      const node = this.#reached[index] as number;
      sum += (this.#best[node] as number) * (weights[node] as number);
    }
    for (const { to, extraWeight } of pairs?.get(source) ?? [])
      sum += extraWeight * (this.#best[to] as number) * (weights[to] as number);
    return sum * (nodeWeights?.[source] ?? 1);
  }

  /** Finds the best path from a node to every other node. */
  spread(source: number, detail: StoredPaths = 'values'): void {
    const [best, reached] = [this.#best, this.#reached];
    for (let index = 0; index < this.#count; index++) best[reached[index] as number] = 0;
    this.#count = 0;
    this.#source = source;
    best[source] = 1;
    reached[this.#count++] = source;
    this.#frontier[0] = source;
    let width = 1;
    for (let step = 0; step < this.#maxPathLength && width > 0; step++)
      width = this.#step(step, width, detail);
  }

  /** The knowledge that reached the last receiver, where everything counts 1, whatever its importance. */
  plainIntake(): number {
    const { canPass } = this.#graph;
    let total = 0;
    for (let index = 1; index < this.#count; index++) {
      const node = this.#reached[index] as number;
      if (canPass?.[node] !== 0) total += this.#best[node] as number;
    }
    return total;
  }

  /** The weight of a node times the best path to it from the last receiver; 0 if it holds no knowledge. */
  #knowledgeOver(node: number): number {
    const { canPass, nodeWeights } = this.#graph;
    return canPass?.[node] === 0 ? 0 : (this.#best[node] as number) * (nodeWeights?.[node] ?? 1);
  }

  /** The number of nodes that the last source reached, and the sum of their best paths times the value of each. */
  weightedSum(values: ArrayLike<number>): { count: number; sum: number } {
    let sum = 0;
    for (let index = 1; index < this.#count; index++) {
      const node = this.#reached[index] as number;
      sum += (this.#best[node] as number) * (values[node] as number);
    }
    return { count: Math.max(0, this.#count - 1), sum };
  }

  /** One step from the frontier of `width` nodes. Returns the size of the next one. */
  #step(step: number, width: number, detail: StoredPaths): number {
    const { offsets, targets, weights, canPass } = this.#graph;
    const [best, queued, reached] = [this.#best, this.#queued, this.#reached];
    const [frontier, nextFrontier, values] = [this.#frontier, this.#nextFrontier, this.#values];
    for (let index = 0; index < width; index++) {
      const node = frontier[index] as number;
      values[index] = best[node] as number;
      if (detail !== 'values') this.#frontierLinks[index] = this.#firstLinks[node] as number;
    }
    const isLast = step === this.#maxPathLength - 1;
    let count = 0;
    for (let index = 0; index < width; index++) {
      const node = frontier[index] as number;
      // Paths do not lead through nodes that hold no knowledge.
      if (step > 0 && canPass?.[node] === 0) continue;
      const value = values[index] as number;
      const end = offsets[node + 1] as number;
      this.visitedLinks += end - (offsets[node] as number);
      for (let entry = offsets[node] as number; entry < end; entry++) {
        const target = targets[entry] as number;
        const newValue = value * (weights[entry] as number);
        const targetValue = best[target] as number;
        if (newValue <= targetValue) continue;
        if (targetValue === 0) reached[this.#count++] = target;
        best[target] = newValue;
        if (detail !== 'values') this.#storePath(step, index, target, entry);
        if (isLast || queued[target] === 1) continue;
        queued[target] = 1;
        nextFrontier[count++] = target;
      }
      if (this.#extraLinks !== null) count = this.#stepExtra(node, value, count);
    }
    for (let index = 0; index < count; index++) queued[nextFrontier[index] as number] = 0;
    [this.#frontier, this.#nextFrontier] = [nextFrontier, frontier];
    return count;
  }

  /** The inner loop of a step for hypothetical links; no path over them is stored. */
  #stepExtra(node: number, value: number, count: number): number {
    for (const { to, weight } of this.#extraLinks?.get(node) ?? []) {
      const newValue = value * weight;
      const targetValue = this.#best[to] as number;
      if (newValue <= targetValue) continue;
      if (targetValue === 0) this.#reached[this.#count++] = to;
      this.#best[to] = newValue;
      if (this.#queued[to] === 1) continue;
      this.#queued[to] = 1;
      this.#nextFrontier[count++] = to;
    }
    return count;
  }

  #storePath(step: number, index: number, target: number, entry: number): void {
    const link = this.#graph.links[entry] as number;
    this.#firstLinks[target] = step === 0 ? link : (this.#frontierLinks[index] as number);
    this.#secondLinks[target] = step === 0 ? noLink : link;
  }

  /** Adds to each link, `times` times, what flows over it to the last receiver on the best path from each node. */
  addPathFlows(links: Float64Array, times: number): void {
    const add = (node: number, factor: number): void => {
      const flow = factor * this.#knowledgeOver(node);
      for (const pathLinks of [this.#firstLinks, this.#secondLinks])
        if (pathLinks[node] !== noLink) links[pathLinks[node] as number]! += flow;
    };
    for (let index = 1; index < this.#count; index++) add(this.#reached[index] as number, times);
    for (const { to, extraWeight } of this.#graph.pairs?.get(this.#source) ?? [])
      if ((this.#best[to] as number) > 0) add(to, times * extraWeight);
  }
}

/** The nodes one link away from some nodes, without these. A path of two links can use a link of a neighbour. */
export function neighboursOf(
  graph: KnowledgeGraph,
  nodes: ReadonlySet<number>,
  extraLinks: readonly ExtraLink[] = [],
): number[] {
  const found = new Set<number>();
  const visit = (target: number): void => {
    if (!nodes.has(target)) found.add(target);
  };
  for (const node of nodes)
    for (let entry = graph.offsets[node] as number; entry < (graph.offsets[node + 1] as number); entry++)
      visit(graph.targets[entry] as number);
  for (const { from, to } of extraLinks) {
    if (nodes.has(from)) visit(to);
    if (nodes.has(to)) visit(from);
  }
  return [...found];
}

/** The default limit of visited links for measuring all nodes: about 0.1 s. Of up to `probeCount` nodes, all are measured. */
const defaultMaxVisits = 5_000_000;
const probeCount = 300;

/** A random number from 0 to 1 for each node; a sample takes the nodes below a threshold. */
export function drawSampleKeys(size: number): Float64Array {
  const random = seededRandom(2);
  return Float64Array.from({ length: size }, () => random());
}

/** The nodes to measure: all, or a random sample for which about `maxVisits` links are visited. */
export function sampleReceivers(
  graph: KnowledgeGraph,
  reach: Reach,
  maxVisits = defaultMaxVisits,
): { nodes: readonly number[]; sampleKeys: Float64Array | null } {
  const { size } = graph;
  const allNodes = Array.from({ length: size }, (_, node) => node);
  if (size <= probeCount) return { nodes: allNodes, sampleKeys: null };
  const random = seededRandom(1);
  const visitsBefore = reach.visitedLinks;
  for (let probe = 0; probe < probeCount; probe++) reach.spread(Math.floor(random() * size));
  const visitsPerNode = (reach.visitedLinks - visitsBefore) / probeCount;
  if (visitsPerNode * size <= maxVisits) return { nodes: allNodes, sampleKeys: null };
  const sampleKeys = drawSampleKeys(size);
  const share = Math.max(probeCount, maxVisits / visitsPerNode) / size;
  return { nodes: allNodes.filter((node) => (sampleKeys[node] as number) < share), sampleKeys };
}
