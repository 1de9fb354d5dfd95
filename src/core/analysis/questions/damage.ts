import { importanceWeights } from '#shared/domain/importance.ts';
import { reachAround, buildKnowledgeGraph, drawLots, drawSources, Reach } from '../knowledge.ts';
import type { ExtraLink, KnowledgeGraph } from '../knowledge.ts';
import { Bearing } from '../bearing.ts';
import type { Change } from '../bearing.ts';
import type { Organisation } from '../organisation.ts';

/** In a sampled network, a loss is measured at this many nodes around the changed links. */
const mostNear = 100;

/** The nodes at which a loss is measured, and how many nodes each stands for; the first `certain` stand for themselves. */
interface Measured {
  nodes: readonly number[];
  certain: number;
  times: number;
}

/** The cost of a change of links: the lost share of the total reach. */
export class Damage {
  readonly bearing: Bearing;
  readonly graph: KnowledgeGraph;
  readonly #reach: Reach;
  /** Reach from each node now; NaN until needed. */
  readonly #before: Float64Array;
  /** What passes over each link on the best path of each pair. */
  readonly #over: Float64Array;
  readonly #mostVisits: number | undefined;
  /** The entries of each link in the graph; `none` if it is not in it. */
  readonly #entries: readonly [Uint32Array, Uint32Array];
  /** A random number of each node, 0 to 1, for sampling; null if all are measured. */
  #lots: Float64Array | null = null;
  readonly #near = new Map<number, readonly [number, number, number]>();
  #total = 0;

  constructor(
    organisation: Organisation,
    {
      passes,
      mostVisits,
      isSampled = false,
    }: { passes?: Float64Array; mostVisits?: number; isSampled?: boolean } = {},
  ) {
    this.bearing = new Bearing(organisation);
    this.graph = buildKnowledgeGraph(organisation, passes ?? this.bearing.passes);
    const { size, links } = this.graph;
    this.#reach = new Reach(this.graph);
    this.#before = new Float64Array(size).fill(Number.NaN);
    this.#over = new Float64Array(organisation.from.length);
    const entries = () => new Uint32Array(organisation.from.length).fill(none);
    this.#entries = [entries(), entries()];
    const [first, second] = this.#entries;
    for (const [entry, link] of links.entries()) {
      if (first[link] === none) first[link] = entry;
      else second[link] = entry;
    }
    this.#mostVisits = mostVisits;
    if (isSampled) this.#lots = drawLots(size);
  }

  /** Whether a sample stands for all nodes, so that all values are estimates. */
  get isSampled(): boolean {
    return this.#lots !== null;
  }

  get visited(): number {
    return this.#reach.visited;
  }

  /** Measures the reach of all nodes, or of a sample; call it before `share`, `total` and `atMost`. Yields after each node. */
  *measure(): Generator<void, void, void> {
    const { nodes: sources, lots } = drawSources(this.graph, this.#reach, this.#mostVisits);
    this.#lots ??= lots;
    const times = this.graph.size / Math.max(1, sources.length);
    for (const node of sources) {
      const reached = this.#reach.from(node, 'links');
      this.#before[node] = reached;
      this.#total += reached * times;
      this.#reach.addPaths(this.#over, times);
      yield;
    }
  }

  /** The total reach, in units of one node's knowledge fully reaching another. */
  get total(): number {
    return this.#total;
  }

  share(part: number): number {
    return this.#total > 0 ? part / this.#total : 0;
  }

  over(link: number): number {
    return this.share(this.#over[link] as number);
  }

  /** An upper bound of the loss of a change, as a share: no more can be lost than passes over its links on best paths. */
  atMost(change: Change): number {
    let most = 0;
    for (const [link, passes] of change) {
      const before = this.#passes(link);
      if (before > 0) most += (this.#over[link] as number) * (1 - passes / before);
    }
    return Math.min(1, this.share(most));
  }

  /** An upper bound of the share gained by added links: for each pair over one of them, from all near one end to all near the other. */
  mostGain(extra: readonly ExtraLink[]): number {
    let most = 0;
    for (const { from, to, weight, instead = 0 } of extra) {
      const [one, other] = [this.#around(from), this.#around(to)];
      most +=
        2 *
        (weight - instead) *
        (one[0] * (other[0] + other[1] + other[2]) + one[1] * (other[0] + other[1]) + one[2] * other[0]);
    }
    const mostPair = (this.graph.pairs?.size ?? 0) > 0 ? mostImportance : 1;
    return this.share(mostPair * most);
  }

  /** What reaches a node from itself, and at most from one and two links away, each times its importance. */
  #around(node: number): readonly [number, number, number] {
    const known = this.#near.get(node);
    if (known) return known;
    const { importance, offsets, targets, weights } = this.graph;
    const valueOf = (of: number): number => (importance ? (importance[of] as number) : 1);
    let [one, two] = [0, 0];
    for (let at = offsets[node] as number; at < (offsets[node + 1] as number); at++) {
      const there = targets[at] as number;
      one += (weights[at] as number) * valueOf(there);
      for (let next = offsets[there] as number; next < (offsets[there + 1] as number); next++)
        two += (weights[at] as number) * (weights[next] as number) * valueOf(targets[next] as number);
    }
    const found = [valueOf(node), one, two] as const;
    this.#near.set(node, found);
    return found;
  }

  #passes(link: number): number {
    const entry = this.#entries[0][link] as number;
    return entry === none ? 0 : (this.graph.weights[entry] as number);
  }

  /** The share lost by a change with added links; negative for a net gain. */
  of(change: Change, extra: readonly ExtraLink[] = []): number {
    return this.share(this.lost(change, extra));
  }

  /** Like `of`, in units of the reach. Measures only nodes whose paths may use a changed link. */
  lost(change: Change, extra: readonly ExtraLink[] = []): number {
    const { from, to } = this.bearing.organisation;
    const changed = change.filter(([link]) => this.#entries[0][link] !== none);
    const ends = new Set([
      ...changed.flatMap(([link]) => [from[link] as number, to[link] as number]),
      ...extra.flatMap((link) => [link.from, link.to]),
    ]);
    const { inner, ring } = reachAround(this.graph, ends, extra);
    const { nodes, certain, times } = this.#drawn(inner, ends.size);
    for (const node of nodes)
      if (Number.isNaN(this.#before[node])) this.#before[node] = this.#reach.from(node);
    let lost = this.#reachFrom(ring, ends);
    const { weights } = this.graph;
    const restore: [entry: number, weight: number][] = [];
    for (const [link, passes] of changed)
      for (const entries of this.#entries) {
        const entry = entries[link] as number;
        if (entry === none) continue;
        restore.push([entry, weights[entry] as number]);
        weights[entry] = passes;
      }
    this.#reach.suppose(extra);
    lost -= this.#reachFrom(ring, ends);
    for (const [at, node] of nodes.entries()) {
      const less = (this.#before[node] as number) - this.#reach.from(node);
      lost += at < certain ? less : less * times;
    }
    this.#reach.suppose([]);
    for (const [entry, weight] of restore) weights[entry] = weight;
    return lost;
  }

  /** What reaches the targets from nodes farther away than any changed link. */
  #reachFrom(others: readonly number[], targets: Iterable<number>): number {
    let sum = 0;
    if (others.length === 0) return sum;
    for (const target of targets) {
      this.#reach.to(target);
      for (const other of others) sum += this.#reach.comesFrom(other);
    }
    return sum;
  }

  #drawn(all: readonly number[], certain: number): Measured {
    const others = all.length - certain;
    const lots = this.#lots;
    if (lots === null || others <= mostNear) return { nodes: all, certain, times: 1 };
    const nodes = all.filter((node, at) => at < certain || (lots[node] as number) < mostNear / others);
    return { nodes, certain, times: others / Math.max(1, nodes.length - certain) };
  }
}

const none = 0xffff_ffff;
const mostImportance = Math.max(...Object.values(importanceWeights));
