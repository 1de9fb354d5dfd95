import { seededRandom } from './graph/random.ts';

/**
 * How knowledge reaches people: over an interface passes 1 - loss of it, over a path the product, over at most two others on the way. What reaches
 * v from u is that of the best path; the reach of a network is the sum over all ordered pairs. (Weighted reach after Borgatti 2006, "Identifying
 * sets of key players", with the product of transmissions in place of 1/distance.)
 */
export const horizon = 3;

/** An undirected graph in compressed sparse rows. Of several links between two nodes the best counts. */
export interface KnowledgeGraph {
  readonly size: number;
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** What passes, 0 to 1, of each entry of `targets`. */
  readonly weights: Float64Array;
  /** The link of each entry, as its place among the links. */
  readonly links: Uint32Array;
}

/** Links whose weight is not above 0 are left out. */
export function buildKnowledgeGraph(
  size: number,
  from: Uint32Array,
  to: Uint32Array,
  weights: Float64Array,
): KnowledgeGraph {
  const offsets = new Uint32Array(size + 1);
  const isUsed = (link: number): boolean => from[link] !== to[link] && (weights[link] as number) > 0;
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
  return { size, offsets, targets, weights: passing, links };
}

/** A link that is not in the graph, or a better one in place of one that is. */
export interface ExtraLink {
  from: number;
  to: number;
  /** What passes, 0 to 1. */
  weight: number;
}

const none = 0xffff_ffff;

/** What is remembered of the best paths: nothing, the nodes on them, or their links too. */
export type Remembered = 'values' | 'nodes' | 'links';

/** What reaches others from one node at a time. It keeps its arrays, so that a hundred thousand nodes need no new ones. */
export class Reach {
  readonly #graph: KnowledgeGraph;
  readonly #best: Float64Array;
  /** The nodes on the best path, and its links. */
  readonly #first: Uint32Array;
  readonly #second: Uint32Array;
  readonly #links: readonly [Uint32Array, Uint32Array, Uint32Array];
  readonly #queued: Uint8Array;
  readonly #reached: Uint32Array;
  #count = 0;
  #source = 0;
  /** Links that were looked at so far. */
  visited = 0;
  #frontier: Uint32Array;
  #next: Uint32Array;
  /** Of the nodes of the frontier, as they are before a step: a path of a step must not be made of another one of it. */
  readonly #values: Float64Array;
  readonly #mids: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #seconds: Uint32Array;
  #extra: ReadonlyMap<number, readonly ExtraLink[]> | null = null;
  /** What of each node is there, 0 to 1: 0 where it has left. */
  #present: Float64Array | null = null;

  constructor(graph: KnowledgeGraph) {
    this.#graph = graph;
    const { size } = graph;
    const places = (): Uint32Array => new Uint32Array(size);
    [this.#best, this.#values] = [new Float64Array(size), new Float64Array(size)];
    [this.#first, this.#second] = [places(), places()];
    this.#links = [places(), places(), places()];
    this.#queued = new Uint8Array(size);
    [this.#reached, this.#frontier, this.#next] = [places(), places(), places()];
    [this.#mids, this.#starts, this.#seconds] = [places(), places(), places()];
  }

  /** What is not in the graph from now on: nodes that are there in part, links besides. */
  suppose(present: Float64Array | null, extra: readonly ExtraLink[] = []): void {
    this.#present = present;
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

  /** What reaches all others from the node, in units of one node's knowledge: 0 to size - 1. */
  from(source: number, remembered: Remembered = 'values'): number {
    const [best, reached] = [this.#best, this.#reached];
    for (let at = 0; at < this.#count; at++) best[reached[at] as number] = 0;
    this.#count = 0;
    this.#source = source;
    const start = this.#present ? (this.#present[source] as number) : 1;
    if (start <= 0) return 0;
    best[source] = start;
    reached[this.#count++] = source;
    this.#frontier[0] = source;
    let width = 1;
    for (let step = 0; step < horizon && width > 0; step++) width = this.#step(step, width, remembered);
    let total = 0;
    for (let at = 1; at < this.#count; at++) total += best[reached[at] as number] as number;
    return total;
  }

  /** What reached a node from the last source. */
  reachedAt(node: number): number {
    return this.#best[node] as number;
  }

  /** How many others the last source reached, and what reached them times a value of each, added up. */
  weighted(values: ArrayLike<number>): { count: number; sum: number } {
    let sum = 0;
    for (let at = 1; at < this.#count; at++) {
      const node = this.#reached[at] as number;
      sum += (this.#best[node] as number) * (values[node] as number);
    }
    return { count: Math.max(0, this.#count - 1), sum };
  }

  /** One link further from all of the frontier, `width` nodes. Gives how many there are in the next. */
  #step(step: number, width: number, remembered: Remembered): number {
    const { offsets, targets, weights } = this.#graph;
    const [best, queued, reached, present] = [this.#best, this.#queued, this.#reached, this.#present];
    const [frontier, next, values] = [this.#frontier, this.#next, this.#values];
    for (let at = 0; at < width; at++) values[at] = best[frontier[at] as number] as number;
    if (remembered !== 'values') this.#keepPaths(width);
    const isLast = step === horizon - 1;
    let count = 0;
    for (let at = 0; at < width; at++) {
      const node = frontier[at] as number;
      const value = values[at] as number;
      const end = offsets[node + 1] as number;
      this.visited += end - (offsets[node] as number);
      for (let entry = offsets[node] as number; entry < end; entry++) {
        const there = targets[entry] as number;
        let passed = value * (weights[entry] as number);
        if (present !== null) passed *= present[there] as number;
        const known = best[there] as number;
        if (passed <= known) continue;
        if (known === 0) reached[this.#count++] = there;
        best[there] = passed;
        if (remembered !== 'values') this.#remember(step, at, there, entry, remembered);
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

  /** As the inner loop of a step, for links that are not in the graph: no path over them is remembered. */
  #stepExtra(node: number, value: number, count: number): number {
    for (const { to, weight } of this.#extra?.get(node) ?? []) {
      const passed = value * weight * (this.#present === null ? 1 : (this.#present[to] as number));
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
      this.#mids[at] = this.#first[node] as number;
      this.#starts[at] = this.#links[0][node] as number;
      this.#seconds[at] = this.#links[1][node] as number;
    }
  }

  #remember(step: number, at: number, there: number, entry: number, remembered: Remembered): void {
    const node = this.#frontier[at] as number;
    this.#first[there] = step === 0 ? none : step === 1 ? node : (this.#mids[at] as number);
    this.#second[there] = step === 2 ? node : none;
    if (remembered !== 'links') return;
    const link = this.#graph.links[entry] as number;
    const [one, two, three] = this.#links;
    one[there] = step === 0 ? link : (this.#starts[at] as number);
    two[there] = step === 0 ? none : step === 1 ? link : (this.#seconds[at] as number);
    three[there] = step === 2 ? link : none;
  }

  /** Adds, of each pair from the last source, what reaches, so many times: to both nodes, to those on the way, and to the links. */
  addPaths(nodes: Float64Array, links?: Float64Array, times = 1): void {
    for (let at = 1; at < this.#count; at++) {
      const there = this.#reached[at] as number;
      const passed = times * (this.#best[there] as number);
      nodes[this.#source]! += passed;
      nodes[there]! += passed;
      if (this.#first[there] !== none) nodes[this.#first[there] as number]! += passed;
      if (this.#second[there] !== none) nodes[this.#second[there] as number]! += passed;
      if (!links) continue;
      for (const part of this.#links) if (part[there] !== none) links[part[there] as number]! += passed;
    }
  }
}

/**
 * The nodes within the horizon of some nodes, those themselves too: nobody else can tell whether they are there. `ring` are those at its very end:
 * their paths can end at one of them, and not lead through it.
 */
export function within(
  graph: KnowledgeGraph,
  nodes: Iterable<number>,
  extra: readonly ExtraLink[] = [],
): { inner: number[]; ring: number[] } {
  const found = new Set(nodes);
  let inner: number[] = [];
  let frontier = [...found];
  for (let step = 0; step < horizon; step++) {
    inner = step === 0 ? [...frontier] : inner.concat(frontier);
    const next: number[] = [];
    const meet = (there: number): void => {
      if (found.has(there)) return;
      found.add(there);
      next.push(there);
    };
    for (const node of frontier) {
      for (let at = graph.offsets[node] as number; at < (graph.offsets[node + 1] as number); at++)
        meet(graph.targets[at] as number);
      for (const { from, to } of extra) {
        if (from === node) meet(to);
        if (to === node) meet(from);
      }
    }
    frontier = next;
  }
  return { inner, ring: frontier };
}

/** Links that are looked at to measure everybody: a second or so. Fewer nodes than `probes` are always all measured. */
const usualVisits = 40_000_000;
const probes = 300;

/** Of each node a random number, 0 to 1, by which it is drawn. */
export function drawLots(size: number): Float64Array {
  const random = seededRandom(2);
  return Float64Array.from({ length: size }, () => random());
}

/**
 * From which nodes the reach of all is measured: all of them, or as many, drawn by `lots`, as can be measured by looking at `mostVisits` links;
 * those stand for all.
 */
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
