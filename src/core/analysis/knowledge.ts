import { seededRandom } from './graph/random.ts';
import { kindOf } from './organisation.ts';
import type { Organisation } from './organisation.ts';

/**
 * Knowledge flow: over a path of at most three links passes the product of what passes over each link. From u to v the best path counts;
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
  readonly holds?: Uint8Array;
  /** Pairs of nodes, in both directions, with the additional importance of knowledge between them. */
  readonly pairs?: ReadonlyMap<number, readonly { to: number; more: number }[]>;
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** What passes over each entry of `targets`, 0 to 1. */
  readonly weights: Float64Array;
  readonly links: Uint32Array;
}

/** Builds the graph from links. Links with a weight of 0 or less are left out. */
export function buildKnowledgeGraph(
  organisation: Pick<Organisation, 'kinds' | 'from' | 'to' | 'importance' | 'linkImportance'>,
  weights: Float64Array,
): KnowledgeGraph {
  const { kinds, from, to, importance } = organisation;
  const size = kinds.length;
  const offsets = new Uint32Array(size + 1);
  const isUsed = (link: number): boolean => from[link] !== to[link] && (weights[link] as number) > 0;
  const holds = kinds.map((kind) => Number(kind !== kindOf.other));
  for (let link = 0; link < from.length; link++) {
    if (!isUsed(link)) continue;
    offsets[(from[link] as number) + 1]! += 1;
    offsets[(to[link] as number) + 1]! += 1;
  }
  for (let node = 0; node < size; node++) offsets[node + 1]! += offsets[node] as number;
  const next = offsets.slice(0, size);
  const entries = offsets[size] as number;
  const [targets, links] = [new Uint32Array(entries), new Uint32Array(entries)];
  const passing = new Float64Array(entries);
  const put = (here: number, there: number, link: number): void => {
    const at = next[here] as number;
    next[here] = at + 1;
    targets[at] = there;
    links[at] = link;
    passing[at] = weights[link] as number;
  };
  for (let link = 0; link < from.length; link++) {
    if (!isUsed(link)) continue;
    put(from[link] as number, to[link] as number, link);
    put(to[link] as number, from[link] as number, link);
  }
  const pairs = importantPairs(organisation);
  return { size, importance, holds, pairs, offsets, targets, weights: passing, links };
}

/** Pairs of nodes whose link has an unusual importance; of parallel links the greatest counts. */
function importantPairs({
  from,
  to,
  linkImportance,
}: Pick<Organisation, 'from' | 'to' | 'linkImportance'>): NonNullable<KnowledgeGraph['pairs']> {
  const found = new Map<number, Map<number, number>>();
  const note = (here: number, there: number, weight: number): void => {
    const known = found.get(here) ?? new Map<number, number>();
    known.set(there, Math.max(known.get(there) ?? 0, weight));
    found.set(here, known);
  };
  for (const [link, weight] of linkImportance.entries()) {
    if (weight === 1 || from[link] === to[link]) continue;
    note(from[link] as number, to[link] as number, weight);
    note(to[link] as number, from[link] as number, weight);
  }
  return new Map(
    [...found].map(([node, pairs]) => [node, [...pairs].map(([to, weight]) => ({ to, more: weight - 1 }))]),
  );
}

/** A link that is not in the graph, or a better one in place of an existing one. */
export interface ExtraLink {
  from: number;
  to: number;
  /** What passes, 0 to 1. */
  weight: number;
  /** What passes over the link that it replaces. */
  instead?: number;
}

const none = 0xffff_ffff;

/** The stored part of the best paths: their values only, or also their links. */
export type Remembered = 'values' | 'links';

/** Computes the reach of one node at a time. Keeps its arrays, so that a hundred thousand nodes allocate nothing. */
export class Reach {
  readonly #graph: KnowledgeGraph;
  readonly #best: Float64Array;
  /** The links of the best path, by step. */
  readonly #links: readonly [Uint32Array, Uint32Array, Uint32Array];
  readonly #queued: Uint8Array;
  readonly #reached: Uint32Array;
  #count = 0;
  #source = 0;
  visited = 0;
  #frontier: Uint32Array;
  #next: Uint32Array;
  /** Values of the frontier before a step, so that paths of a step do not extend each other. */
  readonly #values: Float64Array;
  readonly #starts: Uint32Array;
  readonly #seconds: Uint32Array;
  #extra: ReadonlyMap<number, readonly ExtraLink[]> | null = null;

  constructor(graph: KnowledgeGraph) {
    this.#graph = graph;
    const { size } = graph;
    const places = (): Uint32Array => new Uint32Array(size);
    [this.#best, this.#values] = [new Float64Array(size), new Float64Array(size)];
    this.#links = [places(), places(), places()];
    this.#queued = new Uint8Array(size);
    [this.#reached, this.#frontier, this.#next] = [places(), places(), places()];
    [this.#starts, this.#seconds] = [places(), places()];
  }

  suppose(extra: readonly ExtraLink[]): void {
    const at = new Map<number, ExtraLink[]>();
    for (const { from, to, weight } of extra) {
      for (const link of [
        { from, to, weight },
        { from: to, to: from, weight },
      ]) {
        const known = at.get(link.from);
        if (known) known.push(link);
        else at.set(link.from, [link]);
      }
    }
    this.#extra = at.size > 0 ? at : null;
  }

  /** What reaches all others from the node, in units of one node's knowledge, each pair times its importance; 0 if it holds none. */
  from(source: number, remembered: Remembered = 'values'): number {
    this.#spread(source, remembered);
    if (this.#graph.holds?.[source] === 0) return 0;
    let total = 0;
    for (let at = 1; at < this.#count; at++) total += this.#counted(this.#reached[at] as number);
    const { importance, pairs } = this.#graph;
    for (const { to, more } of pairs?.get(source) ?? []) total += more * this.#counted(to);
    return importance ? total * (importance[source] as number) : total;
  }

  /** Like `from` in the other direction; `comesFrom` then returns the parts. Reach is symmetric. */
  to(target: number): void {
    this.#spread(target, 'values');
  }

  /** What reached the last target from a node that holds knowledge, times the pair's importance. */
  comesFrom(node: number): number {
    const { holds, importance, pairs } = this.#graph;
    const best = this.#best[node] as number;
    if (best === 0 || holds?.[node] === 0) return 0;
    const more = pairs?.get(this.#source)?.find(({ to }) => to === node)?.more ?? 0;
    const weight = importance ? (importance[node] as number) * (importance[this.#source] as number) : 1;
    return best * weight * (1 + more);
  }

  #spread(source: number, remembered: Remembered): void {
    const [best, reached] = [this.#best, this.#reached];
    for (let at = 0; at < this.#count; at++) best[reached[at] as number] = 0;
    this.#count = 0;
    this.#source = source;
    best[source] = 1;
    reached[this.#count++] = source;
    this.#frontier[0] = source;
    let width = 1;
    for (let step = 0; step < maxPathLength && width > 0; step++) width = this.#step(step, width, remembered);
  }

  /** What reached a node, times its importance. */
  #counted(node: number): number {
    const { importance } = this.#graph;
    return (this.#best[node] as number) * (importance ? (importance[node] as number) : 1);
  }

  /** The number of nodes that the last source reached, and the sum of what reached them times the value of each. */
  weighted(values: ArrayLike<number>): { count: number; sum: number } {
    let sum = 0;
    for (let at = 1; at < this.#count; at++) {
      const node = this.#reached[at] as number;
      sum += (this.#best[node] as number) * (values[node] as number);
    }
    return { count: Math.max(0, this.#count - 1), sum };
  }

  /** One step from the frontier of `width` nodes. Returns the size of the next one. */
  #step(step: number, width: number, remembered: Remembered): number {
    const { offsets, targets, weights, holds } = this.#graph;
    const [best, queued, reached] = [this.#best, this.#queued, this.#reached];
    const [frontier, next, values] = [this.#frontier, this.#next, this.#values];
    for (let at = 0; at < width; at++) values[at] = best[frontier[at] as number] as number;
    if (remembered !== 'values') this.#keepPaths(width);
    const isLast = step === maxPathLength - 1;
    let count = 0;
    for (let at = 0; at < width; at++) {
      const node = frontier[at] as number;
      // Paths do not lead through nodes that hold no knowledge.
      if (step > 0 && holds?.[node] === 0) continue;
      const value = values[at] as number;
      const end = offsets[node + 1] as number;
      this.visited += end - (offsets[node] as number);
      for (let entry = offsets[node] as number; entry < end; entry++) {
        const there = targets[entry] as number;
        const passed = value * (weights[entry] as number);
        const known = best[there] as number;
        if (passed <= known) continue;
        if (known === 0) reached[this.#count++] = there;
        best[there] = passed;
        if (remembered !== 'values') this.#remember(step, at, there, entry);
        if (isLast || queued[there] === 1) continue;
        queued[there] = 1;
        next[count++] = there;
      }
      if (this.#extra !== null) count = this.#stepExtra(node, value, count);
    }
    for (let at = 0; at < count; at++) queued[next[at] as number] = 0;
    [this.#frontier, this.#next] = [next, frontier];
    return count;
  }

  /** The inner loop of a step for hypothetical links; no path over them is stored. */
  #stepExtra(node: number, value: number, count: number): number {
    for (const { to, weight } of this.#extra?.get(node) ?? []) {
      const passed = value * weight;
      const known = this.#best[to] as number;
      if (passed <= known) continue;
      if (known === 0) this.#reached[this.#count++] = to;
      this.#best[to] = passed;
      if (this.#queued[to] === 1) continue;
      this.#queued[to] = 1;
      this.#next[count++] = to;
    }
    return count;
  }

  #keepPaths(width: number): void {
    for (let at = 0; at < width; at++) {
      const node = this.#frontier[at] as number;
      this.#starts[at] = this.#links[0][node] as number;
      this.#seconds[at] = this.#links[1][node] as number;
    }
  }

  #remember(step: number, at: number, there: number, entry: number): void {
    const link = this.#graph.links[entry] as number;
    const [one, two, three] = this.#links;
    one[there] = step === 0 ? link : (this.#starts[at] as number);
    two[there] = step === 0 ? none : step === 1 ? link : (this.#seconds[at] as number);
    three[there] = step === 2 ? link : none;
  }

  /** Adds to each link, `times` times, what reaches over it from the last source on the best path of each pair. */
  addPaths(links: Float64Array, times = 1): void {
    const { importance, pairs } = this.#graph;
    const add = (there: number, factor: number): void => {
      const passed = factor * this.#counted(there);
      for (const part of this.#links) if (part[there] !== none) links[part[there] as number]! += passed;
    };
    const own = times * (importance ? (importance[this.#source] as number) : 1);
    for (let at = 1; at < this.#count; at++) add(this.#reached[at] as number, own);
    for (const { to, more } of pairs?.get(this.#source) ?? [])
      if ((this.#best[to] as number) > 0) add(to, own * more);
  }
}

/** The surroundings of some nodes: `inner` are they and their neighbours, `ring` the nodes two links away. */
export function reachAround(
  graph: KnowledgeGraph,
  nodes: Iterable<number>,
  extra: readonly ExtraLink[] = [],
): { inner: number[]; ring: number[] } {
  const found = new Set(nodes);
  const neighbours = (frontier: readonly number[]): number[] => {
    const next: number[] = [];
    const meet = (there: number): void => {
      if (found.has(there) || graph.holds?.[there] === 0) return;
      found.add(there);
      next.push(there);
    };
    for (const node of frontier) {
      if (graph.holds?.[node] === 0) continue;
      for (let at = graph.offsets[node] as number; at < (graph.offsets[node + 1] as number); at++)
        meet(graph.targets[at] as number);
      for (const { from, to } of extra) {
        if (from === node) meet(to);
        if (to === node) meet(from);
      }
    }
    return next;
  };
  const ends = [...found];
  const first = neighbours(ends);
  return { inner: [...ends, ...first], ring: neighbours(first) };
}

/** Links visited to measure all nodes: some 0.1 s. With fewer nodes than `probes`, all are measured. */
const usualVisits = 5_000_000;
const probes = 300;

/** A random number of each node, 0 to 1, by which it is sampled. */
export function drawLots(size: number): Float64Array {
  const random = seededRandom(2);
  return Float64Array.from({ length: size }, () => random());
}

/** The nodes from which reach is measured: all, or a sample by `lots` that visits about `mostVisits` links and stands for all. */
export function drawSources(
  graph: KnowledgeGraph,
  reach: Reach,
  mostVisits = usualVisits,
): { nodes: readonly number[]; lots: Float64Array | null } {
  const { size } = graph;
  const all = Array.from({ length: size }, (_, node) => node);
  if (size <= probes) return { nodes: all, lots: null };
  const random = seededRandom(1);
  const before = reach.visited;
  for (let probe = 0; probe < probes; probe++) reach.from(Math.floor(random() * size));
  const each = (reach.visited - before) / probes;
  if (each * size <= mostVisits) return { nodes: all, lots: null };
  const lots = drawLots(size);
  const share = Math.max(probes, mostVisits / each) / size;
  return { nodes: all.filter((node) => (lots[node] as number) < share), lots };
}
