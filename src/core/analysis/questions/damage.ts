import { importanceWeights } from '#shared/domain/importance.ts';
import { ringsAround, buildKnowledgeGraph, drawSampleKeys, sampleSources, Reach } from '../knowledge.ts';
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

/** The importance of a node, and upper bounds of its reach from one and two links away, each pair times its importance. */
interface NearReach {
  own: number;
  oneHop: number;
  twoHops: number;
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
  /** The entries of each link in the graph; `noEntry` for a link outside the graph. */
  readonly #entries: readonly [Uint32Array, Uint32Array];
  /** A random number of each node, 0 to 1, for sampling; null if all are measured. */
  #sampleKeys: Float64Array | null = null;
  readonly #nearReach = new Map<number, NearReach>();
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
    const createEntries = () => new Uint32Array(organisation.from.length).fill(noEntry);
    this.#entries = [createEntries(), createEntries()];
    const [firstEntries, secondEntries] = this.#entries;
    for (const [entry, link] of links.entries()) {
      if (firstEntries[link] === noEntry) firstEntries[link] = entry;
      else secondEntries[link] = entry;
    }
    this.#maxVisits = maxVisits;
    if (isSampled) this.#sampleKeys = drawSampleKeys(size);
  }

  /** Whether a sample stands for all nodes, so that all values are estimates. */
  get isSampled(): boolean {
    return this.#sampleKeys !== null;
  }

  get visitedLinks(): number {
    return this.#reach.visitedLinks;
  }

  /** Measures the reach of all nodes, or of a sample. Call it before the other methods. Yields after each node. */
  *measure(): Generator<void, void, void> {
    const { nodes: sources, sampleKeys } = sampleSources(this.graph, this.#reach, this.#maxVisits);
    this.#sampleKeys ??= sampleKeys;
    const times = this.graph.size / Math.max(1, sources.length);
    for (const node of sources) {
      const nodeReach = this.#reach.measureFrom(node, 'links');
      this.#currentReach[node] = nodeReach;
      this.#total += nodeReach * times;
      this.#reach.addPathFlows(this.#linkFlows, times);
      yield;
    }
  }

  /** The total reach, in units of one node's knowledge fully reaching another. */
  get total(): number {
    return this.#total;
  }

  toShare(reach: number): number {
    return this.#total > 0 ? reach / this.#total : 0;
  }

  flowShare(link: number): number {
    return this.toShare(this.#linkFlows[link] as number);
  }

  /** An upper bound of the loss of a change, as a share: at most the flow over its links on best paths is lost. */
  lossBound(change: Change): number {
    let bound = 0;
    for (const [link, passRate] of change) {
      const currentRate = this.#weightOf(link);
      if (currentRate > 0) bound += (this.#linkFlows[link] as number) * (1 - passRate / currentRate);
    }
    return Math.min(1, this.toShare(bound));
  }

  /** An upper bound of the share gained by added links: all flow over each link, from nodes near one end to nodes near the other. */
  gainBound(extraLinks: readonly ExtraLink[]): number {
    let bound = 0;
    for (const { from, to, weight, replacedWeight = 0 } of extraLinks) {
      const [source, target] = [this.#reachAround(from), this.#reachAround(to)];
      const reachOverLink =
        source.own * (target.own + target.oneHop + target.twoHops) +
        source.oneHop * (target.own + target.oneHop) +
        source.twoHops * target.own;
      bound += 2 * (weight - replacedWeight) * reachOverLink;
    }
    const maxPairWeight = (this.graph.pairs?.size ?? 0) > 0 ? maxImportance : 1;
    return this.toShare(maxPairWeight * bound);
  }

  #reachAround(node: number): NearReach {
    const cachedSums = this.#nearReach.get(node);
    if (cachedSums) return cachedSums;
    const { importance, offsets, targets, weights } = this.graph;
    const importanceOf = (other: number): number => (importance ? (importance[other] as number) : 1);
    let [oneHop, twoHops] = [0, 0];
    for (let entry = offsets[node] as number; entry < (offsets[node + 1] as number); entry++) {
      const neighbour = targets[entry] as number;
      oneHop += (weights[entry] as number) * importanceOf(neighbour);
      for (
        let nextEntry = offsets[neighbour] as number;
        nextEntry < (offsets[neighbour + 1] as number);
        nextEntry++
      )
        twoHops +=
          (weights[entry] as number) *
          (weights[nextEntry] as number) *
          importanceOf(targets[nextEntry] as number);
    }
    const sums = { own: importanceOf(node), oneHop, twoHops };
    this.#nearReach.set(node, sums);
    return sums;
  }

  #weightOf(link: number): number {
    const entry = this.#entries[0][link] as number;
    return entry === noEntry ? 0 : (this.graph.weights[entry] as number);
  }

  /** The share lost by a change with added links; negative for a net gain. */
  lostShare(change: Change, extraLinks: readonly ExtraLink[] = []): number {
    return this.toShare(this.lostReach(change, extraLinks));
  }

  /** Like `lostShare`, in units of the reach. Measures only nodes whose paths can use a changed link. */
  lostReach(change: Change, extraLinks: readonly ExtraLink[] = []): number {
    const { from, to } = this.bearing.organisation;
    const changedLinks = change.filter(([link]) => this.#entries[0][link] !== noEntry);
    const ends = new Set([
      ...changedLinks.flatMap(([link]) => [from[link] as number, to[link] as number]),
      ...extraLinks.flatMap((link) => [link.from, link.to]),
    ]);
    const { inner, ring } = ringsAround(this.graph, ends, extraLinks);
    const { nodes, certainCount, times } = this.#drawNodes(inner, ends.size);
    for (const node of nodes)
      if (Number.isNaN(this.#currentReach[node])) this.#currentReach[node] = this.#reach.measureFrom(node);
    let lost = this.#reachFrom(ring, ends);
    const { weights } = this.graph;
    const savedWeights: [entry: number, weight: number][] = [];
    for (const [link, passRate] of changedLinks)
      for (const entries of this.#entries) {
        const entry = entries[link] as number;
        if (entry === noEntry) continue;
        savedWeights.push([entry, weights[entry] as number]);
        weights[entry] = passRate;
      }
    this.#reach.setExtraLinks(extraLinks);
    lost -= this.#reachFrom(ring, ends);
    for (const [index, node] of nodes.entries()) {
      const nodeLoss = (this.#currentReach[node] as number) - this.#reach.measureFrom(node);
      lost += index < certainCount ? nodeLoss : nodeLoss * times;
    }
    this.#reach.setExtraLinks([]);
    for (const [entry, weight] of savedWeights) weights[entry] = weight;
    return lost;
  }

  /** The reach of the targets from nodes farther away than any changed link. */
  #reachFrom(sources: readonly number[], targets: Iterable<number>): number {
    let sum = 0;
    if (sources.length === 0) return sum;
    for (const target of targets) {
      this.#reach.measureTo(target);
      for (const source of sources) sum += this.#reach.contributionOf(source);
    }
    return sum;
  }

  #drawNodes(candidates: readonly number[], certainCount: number): NodeSample {
    const otherCount = candidates.length - certainCount;
    const sampleKeys = this.#sampleKeys;
    if (sampleKeys === null || otherCount <= maxNearNodes)
      return { nodes: candidates, certainCount, times: 1 };
    const nodes = candidates.filter(
      (node, index) => index < certainCount || (sampleKeys[node] as number) < maxNearNodes / otherCount,
    );
    return { nodes, certainCount, times: otherCount / Math.max(1, nodes.length - certainCount) };
  }
}

const noEntry = 0xffff_ffff;
const maxImportance = Math.max(...Object.values(importanceWeights));
