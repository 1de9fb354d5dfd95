import { appendTo } from '#shared/domain/append-to.ts';
import { seededRandom } from './graph/random.ts';
import { nodeKind } from './organisation.ts';
import type { Organisation } from './organisation.ts';

/**
 * Knowledge flow: a path of at most three links passes on the product of the pass rates of its links. From u to v the best path counts;
 * the reach of a network is the sum over all ordered pairs, each times its importance. Teams and people hold knowledge; other records only
 * receive it, so no path starts at or leads through them. (Weighted reach after Borgatti 2006, "Identifying sets of key players", with the
 * product in place of 1/distance.)
 */
export const maxPathLength = 3;

/** An undirected graph in compressed sparse rows. Of parallel links the best counts. */
export interface KnowledgeGraph {
  readonly size: number;
  /** The importance of knowledge that reaches or comes from each node; 1 by default. */
  readonly importance?: Float64Array;
  /** 1 for each node that passes knowledge on; all by default. */
  readonly canPass?: Uint8Array;
  /** Pairs of nodes, in both directions, with the additional importance of knowledge between them. */
  readonly pairs?: ReadonlyMap<number, readonly { to: number; extraWeight: number }[]>;
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** The pass rate of each entry of `targets`, 0 to 1. */
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
  const passRates = new Float64Array(entries);
  const addEntry = (node: number, target: number, link: number): void => {
    const index = nextEntries[node] as number;
    nextEntries[node] = index + 1;
    targets[index] = target;
    links[index] = link;
    passRates[index] = weights[link] as number;
  };
  for (let link = 0; link < from.length; link++) {
    if (!isUsed(link)) continue;
    addEntry(from[link] as number, to[link] as number, link);
    addEntry(to[link] as number, from[link] as number, link);
  }
  const pairs = collectPairs(organisation);
  return { size, importance, canPass, pairs, offsets, targets, weights: passRates, links };
}

/** Pairs of nodes whose link has an unusual importance; of parallel links the greatest counts. */
function collectPairs({
  from,
  to,
  linkImportance,
}: Pick<Organisation, 'from' | 'to' | 'linkImportance'>): NonNullable<KnowledgeGraph['pairs']> {
  const weightsByNode = new Map<number, Map<number, number>>();
  const addPair = (node: number, other: number, weight: number): void => {
    const weights = weightsByNode.get(node) ?? new Map<number, number>();
    weights.set(other, Math.max(weights.get(other) ?? 0, weight));
    weightsByNode.set(node, weights);
  };
  for (const [link, weight] of linkImportance.entries()) {
    if (weight === 1 || from[link] === to[link]) continue;
    addPair(from[link] as number, to[link] as number, weight);
    addPair(to[link] as number, from[link] as number, weight);
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
  /** The pass rate, 0 to 1. */
  weight: number;
  /** The pass rate of the link that this one replaces. */
  replacedWeight?: number;
}

const noLink = 0xffff_ffff;

/** How much of the best paths is stored: only their values, or also their links. */
export type StoredPaths = 'values' | 'links';

/** Computes the reach of one node at a time. Keeps its arrays, so that a hundred thousand nodes allocate nothing. */
export class Reach {
  readonly #graph: KnowledgeGraph;
  readonly #best: Float64Array;
  /** The links of the best path to each node, one array for each step. */
  readonly #links: readonly [Uint32Array, Uint32Array, Uint32Array];
  readonly #queued: Uint8Array;
  readonly #reached: Uint32Array;
  #count = 0;
  #source = 0;
  visitedLinks = 0;
  #frontier: Uint32Array;
  #nextFrontier: Uint32Array;
  /** Values of the frontier before a step, so that paths of a step do not extend each other. */
  readonly #values: Float64Array;
  readonly #firstLinks: Uint32Array;
  readonly #secondLinks: Uint32Array;
  #extraLinks: ReadonlyMap<number, readonly ExtraLink[]> | null = null;

  constructor(graph: KnowledgeGraph) {
    this.#graph = graph;
    const { size } = graph;
    const nodeArray = (): Uint32Array => new Uint32Array(size);
    [this.#best, this.#values] = [new Float64Array(size), new Float64Array(size)];
    this.#links = [nodeArray(), nodeArray(), nodeArray()];
    this.#queued = new Uint8Array(size);
    [this.#reached, this.#frontier, this.#nextFrontier] = [nodeArray(), nodeArray(), nodeArray()];
    [this.#firstLinks, this.#secondLinks] = [nodeArray(), nodeArray()];
  }

  setExtraLinks(extraLinks: readonly ExtraLink[]): void {
    const linksByNode = new Map<number, ExtraLink[]>();
    for (const { from, to, weight } of extraLinks) {
      appendTo(linksByNode, from, { from, to, weight });
      appendTo(linksByNode, to, { from: to, to: from, weight });
    }
    this.#extraLinks = linksByNode.size > 0 ? linksByNode : null;
  }

  /** The reach of the node over all others, in units of one node's knowledge, each pair times its importance; 0 if it only receives. */
  measureFrom(source: number, detail: StoredPaths = 'values'): number {
    this.#spread(source, detail);
    if (this.#graph.canPass?.[source] === 0) return 0;
    let total = 0;
    for (let index = 1; index < this.#count; index++)
      total += this.#weightedReach(this.#reached[index] as number);
    const { importance, pairs } = this.#graph;
    for (const { to, extraWeight } of pairs?.get(source) ?? [])
      total += extraWeight * this.#weightedReach(to);
    return importance ? total * (importance[source] as number) : total;
  }

  /** Like `measureFrom` in the other direction; `contributionOf` then returns the parts. Reach is symmetric. */
  measureTo(target: number): void {
    this.#spread(target, 'values');
  }

  /** The reach from a node that holds knowledge to the last target, times the importance of the pair. */
  contributionOf(node: number): number {
    const { canPass, importance, pairs } = this.#graph;
    const best = this.#best[node] as number;
    if (best === 0 || canPass?.[node] === 0) return 0;
    const extraWeight = pairs?.get(this.#source)?.find(({ to }) => to === node)?.extraWeight ?? 0;
    const weight = importance ? (importance[node] as number) * (importance[this.#source] as number) : 1;
    return best * weight * (1 + extraWeight);
  }

  #spread(source: number, detail: StoredPaths): void {
    const [best, reached] = [this.#best, this.#reached];
    for (let index = 0; index < this.#count; index++) best[reached[index] as number] = 0;
    this.#count = 0;
    this.#source = source;
    best[source] = 1;
    reached[this.#count++] = source;
    this.#frontier[0] = source;
    let width = 1;
    for (let step = 0; step < maxPathLength && width > 0; step++) width = this.#step(step, width, detail);
  }

  /** The reach of a node from the last source, times its importance. */
  #weightedReach(node: number): number {
    const { importance } = this.#graph;
    return (this.#best[node] as number) * (importance ? (importance[node] as number) : 1);
  }

  /** The number of nodes that the last source reached, and the sum of their reach times the value of each. */
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
    for (let index = 0; index < width; index++) values[index] = best[frontier[index] as number] as number;
    if (detail !== 'values') this.#savePaths(width);
    const isLast = step === maxPathLength - 1;
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

  #savePaths(width: number): void {
    for (let index = 0; index < width; index++) {
      const node = this.#frontier[index] as number;
      this.#firstLinks[index] = this.#links[0][node] as number;
      this.#secondLinks[index] = this.#links[1][node] as number;
    }
  }

  #storePath(step: number, index: number, target: number, entry: number): void {
    const link = this.#graph.links[entry] as number;
    const [firstLinks, secondLinks, thirdLinks] = this.#links;
    firstLinks[target] = step === 0 ? link : (this.#firstLinks[index] as number);
    secondLinks[target] = step === 2 ? (this.#secondLinks[index] as number) : noLink;
    thirdLinks[target] = noLink;
    if (step === 1) secondLinks[target] = link;
    if (step === 2) thirdLinks[target] = link;
  }

  /** Adds to each link, `times` times, the knowledge that flows over it from the last source to each node on the best path. */
  addPathFlows(links: Float64Array, times = 1): void {
    const { importance, pairs } = this.#graph;
    const add = (node: number, factor: number): void => {
      const flow = factor * this.#weightedReach(node);
      for (const stepLinks of this.#links)
        if (stepLinks[node] !== noLink) links[stepLinks[node] as number]! += flow;
    };
    const sourceFactor = times * (importance ? (importance[this.#source] as number) : 1);
    for (let index = 1; index < this.#count; index++) add(this.#reached[index] as number, sourceFactor);
    for (const { to, extraWeight } of pairs?.get(this.#source) ?? [])
      if ((this.#best[to] as number) > 0) add(to, sourceFactor * extraWeight);
  }
}

/** The surroundings of some nodes: `inner` has these and their neighbours, `ring` the nodes two links away. */
export function ringsAround(
  graph: KnowledgeGraph,
  nodes: Iterable<number>,
  extraLinks: readonly ExtraLink[] = [],
): { inner: number[]; ring: number[] } {
  const visited = new Set(nodes);
  const visitNeighbours = (frontier: readonly number[]): number[] => {
    const nextNodes: number[] = [];
    const visit = (target: number): void => {
      if (visited.has(target) || graph.canPass?.[target] === 0) return;
      visited.add(target);
      nextNodes.push(target);
    };
    for (const node of frontier) {
      if (graph.canPass?.[node] === 0) continue;
      for (let entry = graph.offsets[node] as number; entry < (graph.offsets[node + 1] as number); entry++)
        visit(graph.targets[entry] as number);
      for (const { from, to } of extraLinks) {
        if (from === node) visit(to);
        if (to === node) visit(from);
      }
    }
    return nextNodes;
  };
  const startNodes = [...visited];
  const neighbours = visitNeighbours(startNodes);
  return { inner: [...startNodes, ...neighbours], ring: visitNeighbours(neighbours) };
}

/** The default limit of visited links for measuring all nodes: about 0.1 s. Of up to `probeCount` nodes, all are measured. */
const defaultMaxVisits = 5_000_000;
const probeCount = 300;

/** A random number from 0 to 1 for each node; a sample takes the nodes below a threshold. */
export function drawSampleKeys(size: number): Float64Array {
  const random = seededRandom(2);
  return Float64Array.from({ length: size }, () => random());
}

/** The nodes from which reach is measured: all, or a sample by `sampleKeys` that visits about `maxVisits` links and stands for all. */
export function sampleSources(
  graph: KnowledgeGraph,
  reach: Reach,
  maxVisits = defaultMaxVisits,
): { nodes: readonly number[]; sampleKeys: Float64Array | null } {
  const { size } = graph;
  const allNodes = Array.from({ length: size }, (_, node) => node);
  if (size <= probeCount) return { nodes: allNodes, sampleKeys: null };
  const random = seededRandom(1);
  const visitsBefore = reach.visitedLinks;
  for (let probe = 0; probe < probeCount; probe++) reach.measureFrom(Math.floor(random() * size));
  const visitsPerNode = (reach.visitedLinks - visitsBefore) / probeCount;
  if (visitsPerNode * size <= maxVisits) return { nodes: allNodes, sampleKeys: null };
  const sampleKeys = drawSampleKeys(size);
  const share = Math.max(probeCount, maxVisits / visitsPerNode) / size;
  return { nodes: allNodes.filter((node) => (sampleKeys[node] as number) < share), sampleKeys };
}
