import { importanceWeights } from '#shared/domain/importance.ts';
import { ringsAround, buildKnowledgeGraph, drawLots, sampleSources, Reach } from '../knowledge.ts';
import type { ExtraLink, KnowledgeGraph } from '../knowledge.ts';
import { Bearing } from '../bearer-model.ts';
import type { Change } from '../bearer-model.ts';
import type { Organisation } from '../organisation.ts';

/** In a sampled network, a loss is measured at this many nodes around the changed links. */
const maxNearNodes = 100;

/** The nodes at which a loss is measured; the first `certainCount` stand for themselves, each other node for `times` nodes. */
interface NodeSample {
  nodes: readonly number[];
  certainCount: number;
  times: number;
}

/** Computes the cost of a change of links: the lost share of the total reach. */
export class Damage {
  readonly bearing: Bearing;
  readonly graph: KnowledgeGraph;
  readonly #reach: Reach;
  /** Reach from each node now; NaN until needed. */
  readonly #currentReach: Float64Array;
  /** The knowledge flow over each link on the best path of each pair. */
  readonly #linkFlows: Float64Array;
  readonly #maxVisits: number | undefined;
  /** The entries of each link in the graph; `none` for a link outside the graph. */
  readonly #entries: readonly [Uint32Array, Uint32Array];
  /** A random number of each node, 0 to 1, for sampling; null if all are measured. */
  #lots: Float64Array | null = null;
  readonly #nearReach = new Map<number, readonly [number, number, number]>();
  #total = 0;

  constructor(
    organisation: Organisation,
    {
      passRates,
      maxVisits,
      isSampled = false,
    }: { passRates?: Float64Array; maxVisits?: number; isSampled?: boolean } = {},
  ) {
    this.bearing = new Bearing(organisation);
    this.graph = buildKnowledgeGraph(organisation, passRates ?? this.bearing.passRates);
    const { size, links } = this.graph;
    this.#reach = new Reach(this.graph);
    this.#currentReach = new Float64Array(size).fill(Number.NaN);
    this.#linkFlows = new Float64Array(organisation.from.length);
    const entries = () => new Uint32Array(organisation.from.length).fill(none);
    this.#entries = [entries(), entries()];
    const [first, second] = this.#entries;
    for (const [entry, link] of links.entries()) {
      if (first[link] === none) first[link] = entry;
      else second[link] = entry;
    }
    this.#maxVisits = maxVisits;
    if (isSampled) this.#lots = drawLots(size);
  }

  /** Whether a sample stands for all nodes, so that all values are estimates. */
  get isSampled(): boolean {
    return this.#lots !== null;
  }

  get visited(): number {
    return this.#reach.visited;
  }

  /** Measures the reach of all nodes, or of a sample; call it before `share`, `total` and `lossBound`. Yields after each node. */
  *measure(): Generator<void, void, void> {
    const { nodes: sources, lots } = sampleSources(this.graph, this.#reach, this.#maxVisits);
    this.#lots ??= lots;
    const times = this.graph.size / Math.max(1, sources.length);
    for (const node of sources) {
      const nodeReach = this.#reach.measureFrom(node, 'links');
      this.#currentReach[node] = nodeReach;
      this.#total += nodeReach * times;
      this.#reach.addPaths(this.#linkFlows, times);
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

  flowShare(link: number): number {
    return this.share(this.#linkFlows[link] as number);
  }

  /** An upper bound of the loss of a change, as a share: at most the flow over its links on best paths is lost. */
  lossBound(change: Change): number {
    let bound = 0;
    for (const [link, passRate] of change) {
      const currentRate = this.#weightOf(link);
      if (currentRate > 0) bound += (this.#linkFlows[link] as number) * (1 - passRate / currentRate);
    }
    return Math.min(1, this.share(bound));
  }

  /** An upper bound of the share gained by added links: all flow over each link, from nodes near one end to nodes near the other. */
  gainBound(extra: readonly ExtraLink[]): number {
    let bound = 0;
    for (const { from, to, weight, replacedWeight = 0 } of extra) {
      const [one, other] = [this.#reachAround(from), this.#reachAround(to)];
      bound +=
        2 *
        (weight - replacedWeight) *
        (one[0] * (other[0] + other[1] + other[2]) + one[1] * (other[0] + other[1]) + one[2] * other[0]);
    }
    const maxPairWeight = (this.graph.pairs?.size ?? 0) > 0 ? maxImportance : 1;
    return this.share(maxPairWeight * bound);
  }

  /** The importance of a node, and upper bounds of its reach from one and two links away, each pair times its importance. */
  #reachAround(node: number): readonly [number, number, number] {
    const cached = this.#nearReach.get(node);
    if (cached) return cached;
    const { importance, offsets, targets, weights } = this.graph;
    const importanceOf = (other: number): number => (importance ? (importance[other] as number) : 1);
    let [one, two] = [0, 0];
    for (let at = offsets[node] as number; at < (offsets[node + 1] as number); at++) {
      const neighbour = targets[at] as number;
      one += (weights[at] as number) * importanceOf(neighbour);
      for (let next = offsets[neighbour] as number; next < (offsets[neighbour + 1] as number); next++)
        two += (weights[at] as number) * (weights[next] as number) * importanceOf(targets[next] as number);
    }
    const sums = [importanceOf(node), one, two] as const;
    this.#nearReach.set(node, sums);
    return sums;
  }

  #weightOf(link: number): number {
    const entry = this.#entries[0][link] as number;
    return entry === none ? 0 : (this.graph.weights[entry] as number);
  }

  /** The share lost by a change with added links; negative for a net gain. */
  lostShare(change: Change, extra: readonly ExtraLink[] = []): number {
    return this.share(this.lostReach(change, extra));
  }

  /** Like `lostShare`, in units of the reach. Measures only nodes whose paths can use a changed link. */
  lostReach(change: Change, extra: readonly ExtraLink[] = []): number {
    const { from, to } = this.bearing.organisation;
    const changed = change.filter(([link]) => this.#entries[0][link] !== none);
    const ends = new Set([
      ...changed.flatMap(([link]) => [from[link] as number, to[link] as number]),
      ...extra.flatMap((link) => [link.from, link.to]),
    ]);
    const { inner, ring } = ringsAround(this.graph, ends, extra);
    const { nodes, certainCount, times } = this.#drawNodes(inner, ends.size);
    for (const node of nodes)
      if (Number.isNaN(this.#currentReach[node])) this.#currentReach[node] = this.#reach.measureFrom(node);
    let lost = this.#reachFrom(ring, ends);
    const { weights } = this.graph;
    const restore: [entry: number, weight: number][] = [];
    for (const [link, passRate] of changed)
      for (const entries of this.#entries) {
        const entry = entries[link] as number;
        if (entry === none) continue;
        restore.push([entry, weights[entry] as number]);
        weights[entry] = passRate;
      }
    this.#reach.setExtraLinks(extra);
    lost -= this.#reachFrom(ring, ends);
    for (const [at, node] of nodes.entries()) {
      const lostFrom = (this.#currentReach[node] as number) - this.#reach.measureFrom(node);
      lost += at < certainCount ? lostFrom : lostFrom * times;
    }
    this.#reach.setExtraLinks([]);
    for (const [entry, weight] of restore) weights[entry] = weight;
    return lost;
  }

  /** The reach of the targets from nodes farther away than any changed link. */
  #reachFrom(others: readonly number[], targets: Iterable<number>): number {
    let sum = 0;
    if (others.length === 0) return sum;
    for (const target of targets) {
      this.#reach.measureTo(target);
      for (const other of others) sum += this.#reach.contributionOf(other);
    }
    return sum;
  }

  #drawNodes(all: readonly number[], certainCount: number): NodeSample {
    const others = all.length - certainCount;
    const lots = this.#lots;
    if (lots === null || others <= maxNearNodes) return { nodes: all, certainCount, times: 1 };
    const nodes = all.filter(
      (node, at) => at < certainCount || (lots[node] as number) < maxNearNodes / others,
    );
    return { nodes, certainCount, times: others / Math.max(1, nodes.length - certainCount) };
  }
}

const none = 0xffff_ffff;
const maxImportance = Math.max(...Object.values(importanceWeights));
