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
  #extra: ReadonlyMap<number, readonly ExtraLink[]> | null = null;
  /** What of each node is there, 0 to 1: 0 where it has left. */
  #present: Float64Array | null = null;

  constructor(graph: KnowledgeGraph) {
    this.#graph = graph;
    const { size } = graph;
    this.#best = new Float64Array(size);
    [this.#first, this.#second] = [new Uint32Array(size), new Uint32Array(size)];
    this.#links = [new Uint32Array(size), new Uint32Array(size), new Uint32Array(size)];
    this.#queued = new Uint8Array(size);
    this.#reached = new Uint32Array(size);
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
  from(source: number): number {
    const best = this.#best;
    for (let at = 0; at < this.#count; at++) best[this.#reached[at] as number] = 0;
    this.#count = 0;
    this.#source = source;
    const start = this.#present ? (this.#present[source] as number) : 1;
    if (start <= 0) return 0;
    best[source] = start;
    this.#reached[this.#count++] = source;
    let frontier: number[] = [source];
    for (let step = 0; step < horizon && frontier.length > 0; step++) frontier = this.#step(step, frontier);
    let total = 0;
    for (let at = 1; at < this.#count; at++) total += best[this.#reached[at] as number] as number;
    return total;
  }

  #step(step: number, frontier: readonly number[]): number[] {
    const { offsets, targets, weights, links } = this.#graph;
    const [first, second] = [this.#first, this.#second];
    const [one, two, three] = this.#links;
    // As they are before this step: a path of this step must not be made of another one of it.
    const before = frontier.map((node) => this.#best[node] as number);
    const mids = frontier.map((node) => first[node] as number);
    const starts = frontier.map((node) => one[node] as number);
    const seconds = frontier.map((node) => two[node] as number);
    const next: number[] = [];
    for (let at = 0; at < frontier.length; at++) {
      const node = frontier[at] as number;
      const value = before[at] as number;
      const reach = (there: number, weight: number, link: number): void => {
        const passed = value * weight * (this.#present ? (this.#present[there] as number) : 1);
        if (passed <= (this.#best[there] as number)) return;
        if (this.#best[there] === 0) this.#reached[this.#count++] = there;
        this.#best[there] = passed;
        if (step === 0) {
          first[there] = second[there] = none;
          one[there] = link;
          two[there] = three[there] = none;
        } else if (step === 1) {
          first[there] = node;
          second[there] = none;
          one[there] = starts[at] as number;
          two[there] = link;
          three[there] = none;
        } else {
          first[there] = mids[at] as number;
          second[there] = node;
          one[there] = starts[at] as number;
          two[there] = seconds[at] as number;
          three[there] = link;
        }
        if (this.#queued[there] === 1) return;
        this.#queued[there] = 1;
        next.push(there);
      };
      for (let entry = offsets[node] as number; entry < (offsets[node + 1] as number); entry++)
        reach(targets[entry] as number, weights[entry] as number, links[entry] as number);
      for (const { to, weight } of this.#extra?.get(node) ?? []) reach(to, weight, none);
    }
    for (const node of next) this.#queued[node] = 0;
    return next;
  }

  /** Adds, of each pair from the last source, what reaches: to both nodes, to those on the way, and to the links. */
  addPaths(nodes: Float64Array, links?: Float64Array): void {
    for (let at = 1; at < this.#count; at++) {
      const there = this.#reached[at] as number;
      const passed = this.#best[there] as number;
      nodes[this.#source]! += passed;
      nodes[there]! += passed;
      if (this.#first[there] !== none) nodes[this.#first[there] as number]! += passed;
      if (this.#second[there] !== none) nodes[this.#second[there] as number]! += passed;
      if (!links) continue;
      for (const part of this.#links) if (part[there] !== none) links[part[there] as number]! += passed;
    }
  }
}

/** The nodes within the horizon of some nodes, those themselves too: nobody else can tell whether they are there. */
export function within(
  graph: KnowledgeGraph,
  nodes: Iterable<number>,
  extra: readonly ExtraLink[] = [],
): number[] {
  const found = new Set(nodes);
  let frontier = [...found];
  for (let step = 0; step < horizon; step++) {
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
  return [...found];
}
