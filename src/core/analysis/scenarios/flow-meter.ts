import { Bearing } from '../bearer-model.ts';
import { buildKnowledgeGraph, Reach } from '../knowledge.ts';
import type { KnowledgeGraph } from '../knowledge.ts';
import { peopleOf } from '../people-counts.ts';
import type { ReferenceOrganisation } from './places.ts';

/** The default limit of visited links for the reach of all nodes: a second or so. */
const defaultMaxVisits = 40_000_000;
const probeCount = 64;
const minSources = 64;

/**
 * Measures the knowledge flow: for each person, what reaches them relative to what would reach them without any loss. Measures all nodes with
 * links, or in a large network those with the lowest keys, so that one measurement visits about `maxVisits` links; each counts `#times`. All
 * runs use the same nodes, so that differences between runs come from the runs.
 */
export class FlowMeter {
  readonly #reach: Reach;
  readonly #nodes: readonly number[];
  readonly #times: number;
  /** By key of a node: its people times its weight, and what reaches it without any loss. */
  readonly #references = new Map<number, { demand: number; intake: number }>();
  readonly #keys: Uint32Array;
  readonly #demand: Float64Array;
  /** The flow without any loss, in people. */
  total = 0;

  constructor(
    graph: KnowledgeGraph,
    people: Float64Array,
    sampleKeys: Uint32Array,
    maxVisits = defaultMaxVisits,
  ) {
    const { size, offsets, nodeWeights } = graph;
    this.#keys = sampleKeys;
    this.#demand = people.map((count, node) => count * (nodeWeights?.[node] ?? 1));
    const reach = new Reach(graph);
    const linkedNodes: number[] = [];
    for (let node = 0; node < size; node++) if (offsets[node] !== offsets[node + 1]) linkedNodes.push(node);
    [this.#reach, this.#nodes, this.#times] = [reach, linkedNodes, 1];
    if (linkedNodes.length <= minSources) return;
    const nodesByKey = linkedNodes.toSorted((a, b) => (sampleKeys[a] as number) - (sampleKeys[b] as number));
    for (const node of nodesByKey.slice(0, probeCount)) reach.spread(node);
    const visitsPerNode = reach.visitedLinks / probeCount;
    const count = Math.max(minSources, Math.floor(maxVisits / Math.max(1, visitsPerNode)));
    if (count >= linkedNodes.length) return;
    this.#nodes = nodesByKey.slice(0, count);
    this.#times = linkedNodes.length / count;
  }

  /** Whether the flow is estimated from a sample of nodes. */
  get isEstimate(): boolean {
    return this.#times > 1;
  }

  /** Takes the present weights of the graph as those without any loss, or the ones of an earlier organisation. */
  calibrate(earlier?: FlowMeter): void {
    for (const node of this.#nodes) {
      const key = this.#keys[node] as number;
      const reference = earlier === undefined ? undefined : earlier.#references.get(key);
      const intake = this.#reach.intakeOf(node);
      if (reference) this.#references.set(key, reference);
      else if (intake > 0) this.#references.set(key, { demand: this.#demand[node] as number, intake });
    }
    let demandSum = 0;
    for (const { demand } of this.#references.values()) demandSum += demand;
    this.total = earlier ? earlier.total : demandSum * this.#times;
  }

  /** Adds nodes that nothing reached so far, with the present weights as those without any loss; they are not part of `total`. */
  extend(): void {
    for (const node of this.#nodes) {
      const key = this.#keys[node] as number;
      if (this.#references.has(key)) continue;
      const intake = this.#reach.intakeOf(node);
      if (intake > 0) this.#references.set(key, { demand: this.#demand[node] as number, intake });
    }
  }

  /** The flow with the present weights of the graph, in people. */
  measure(): number {
    let sum = 0;
    for (const node of this.#nodes) {
      const reference = this.#references.get(this.#keys[node] as number);
      if (reference) sum += (reference.demand * this.#reach.intakeOf(node)) / reference.intake;
    }
    return sum * this.#times;
  }
}

/** The meter of an organisation, which takes its flow without any loss as the reference. */
export function calibrateMeter(
  { organisation, keys }: Pick<ReferenceOrganisation, 'organisation' | 'keys'>,
  maxVisits: number | undefined,
): FlowMeter {
  const bearing = new Bearing(organisation);
  const lossless = bearing.passRates.map((passRate, link) =>
    passRate > 0 ? bearing.weightOver(link, 1) : 0,
  );
  const meter = new FlowMeter(
    buildKnowledgeGraph(organisation, lossless),
    peopleOf(organisation, bearing.members),
    keys.nodes,
    maxVisits,
  );
  meter.calibrate();
  return meter;
}
