import { Bearing, itemsOfNode } from '../bearer-model.ts';
import type { Change, Joined } from '../bearer-model.ts';
import { buildKnowledgeGraph, neighboursOf, Reach, sampleReceivers } from '../knowledge.ts';
import type { ExtraLink, KnowledgeGraph } from '../knowledge.ts';
import type { Organisation } from '../organisation.ts';
import { peopleOf } from '../people-counts.ts';
import { HeldByPeople } from './held-by-people.ts';

/** What a change costs: links that pass less, and people who leave with what they hold alone. */
export interface Effect {
  readonly change: Change;
  /** The people who leave, and teams that leave as a whole. */
  readonly leavers?: readonly number[];
  /** The chance that it happens, 0 to 1; 1 by default. */
  readonly chance?: number;
  /** Links that are added; the value is then the gain. */
  readonly gains?: readonly ExtraLink[];
  /** The number of needed areas of expertise that nobody has. Nothing else happens then. */
  readonly missingAreas?: number;
}

/** Changes made before a departure. */
export interface Repair {
  /** Links that are added, while everybody is there. */
  readonly linksBefore?: readonly ExtraLink[];
  /** Links that carry more after the departure than without the repair, and added links. */
  readonly linksAfter: readonly ExtraLink[];
  readonly joined?: ReadonlyMap<number, Joined>;
  /** Areas of expertise that one of those who stay learns. */
  readonly learned?: ReadonlySet<number>;
}

const noEntry = 0xffff_ffff;

/**
 * Computes what people lose by a change, as a share of what all rely on: for each person what reaches them over links (counted 1), what
 * their team knows (1), and for the organisation each area of expertise (1). Formulas are in docs/science.md.
 */
export class Damage {
  readonly bearing: Bearing;
  readonly graph: KnowledgeGraph;
  readonly #reach: Reach;
  /** The people who rely on what reaches each node. */
  readonly #people: Float64Array;
  /** What reaches each node now, all counted 1; NaN until needed. Without importance, so that a record that becomes more important never counts less. */
  readonly #plainIntake: Float64Array;
  /** What reaches each node now, by importance. */
  readonly #intake: Float64Array;
  /** What flows over each link on the best paths, in people who rely on it. */
  readonly #linkFlows: Float64Array;
  readonly #maxVisits: number | undefined;
  /** 0 for all nodes, except while `lost` works. */
  readonly #receiverWeights: Float64Array;
  /** The entries of each link in the graph; `noEntry` for a link outside the graph. */
  readonly #entries: readonly [Uint32Array, Uint32Array];
  readonly #held: HeldByPeople;
  /** Changes are compared with what reaches people in this state; by default the own. */
  readonly #reference: Damage;
  #isSampled: boolean;
  #total = 0;

  constructor(
    organisation: Organisation,
    {
      passRates,
      maxVisits,
      isSampled = false,
      reference,
    }: { passRates?: Float64Array; maxVisits?: number; isSampled?: boolean; reference?: Damage } = {},
  ) {
    this.bearing = new Bearing(organisation);
    const { from } = organisation;
    this.#people = peopleOf(organisation, this.bearing.members);
    const weights = Float64Array.from(from, (_, link) =>
      this.bearing.weightOver(link, (passRates ?? this.bearing.passRates)[link] as number),
    );
    this.graph = buildKnowledgeGraph(organisation, weights);
    const { size, links } = this.graph;
    this.#reach = new Reach(this.graph);
    this.#intake = new Float64Array(size);
    this.#plainIntake = new Float64Array(size).fill(Number.NaN);
    this.#linkFlows = new Float64Array(from.length);
    this.#receiverWeights = new Float64Array(size);
    const createEntries = () => new Uint32Array(from.length).fill(noEntry);
    this.#entries = [createEntries(), createEntries()];
    const [firstEntries, secondEntries] = this.#entries;
    for (const [entry, link] of links.entries()) {
      if (firstEntries[link] === noEntry) firstEntries[link] = entry;
      else secondEntries[link] = entry;
    }
    this.#held = new HeldByPeople(this.bearing);
    this.#maxVisits = maxVisits;
    this.#reference = reference ?? this;
    this.#isSampled = isSampled;
  }

  /** Whether values are estimated from a sample of nodes. */
  get isSampled(): boolean {
    return this.#isSampled;
  }

  get visitedLinks(): number {
    return this.#reach.visitedLinks;
  }

  /** Measures what reaches all nodes, or a sample. Call it before the other methods. Yields after each node. */
  *measure(): Generator<void, void, void> {
    const { nodes: receivers, sampleKeys } = sampleReceivers(this.graph, this.#reach, this.#maxVisits);
    this.#isSampled ||= sampleKeys !== null;
    const times = this.graph.size / Math.max(1, receivers.length);
    for (const node of receivers) {
      this.#intake[node] = this.#reach.intakeOf(node, 'links');
      this.#plainIntake[node] = this.#reach.plainIntake();
      if (this.#intake[node] > 0) {
        this.#total += (this.#people[node] as number) * times;
        this.#reach.addPathFlows(this.#linkFlows, this.#reference.demandPerIntake(node) * times);
      }
      yield;
    }
    this.#total += this.#held.total;
  }

  /** What all rely on, in people. */
  get total(): number {
    return this.#total;
  }

  toShare(lost: number): number {
    return shareOf(lost, this.#total);
  }

  /** What areas of expertise count; all if nobody relies on anything yet. */
  areaShare(count: number): number {
    return shareOf(count, Math.max(count, this.#total));
  }

  flowShare(link: number): number {
    return this.toShare(this.#linkFlows[link] as number);
  }

  /** What would be lost without some added links, where they are. */
  gainedShare(gains: readonly ExtraLink[]): number {
    return this.valueAfterRepair({ change: [] }, { linksBefore: gains, linksAfter: [] });
  }

  /** The share that an effect without gains costs. */
  lostShare(effect: Effect): number {
    return this.toShare(this.lost(effect));
  }

  /** An upper bound of `lostShare` without gains: at most the flow over the changed links is lost, and what the leavers hold. */
  lossBound({ change, leavers = [] }: Effect): number {
    let bound = this.#held.lostWith(leavers);
    for (const [link, passRate] of change) {
      const current = this.#weightOf(link);
      if (current > 0)
        bound += (this.#linkFlows[link] as number) * (1 - this.bearing.weightOver(link, passRate) / current);
    }
    return this.toShare(bound);
  }

  /** An upper bound of the share gained by added links: all that flows over each, to receivers near one end from sources near the other. */
  gainBound(extraLinks: readonly ExtraLink[]): number {
    let [bound, reached] = [0, 0];
    for (const { from, to, weight, replacedWeight = 0 } of extraLinks) {
      bound += (weight - replacedWeight) * (this.#flowBetween(from, to) + this.#flowBetween(to, from));
      // All that reaches a record for the first time is gained.
      for (const node of [from, to]) if (this.#intakeOf(node) === 0) reached += this.#people[node] as number;
    }
    const maxNodeWeight = this.graph.nodeWeights?.reduce((max, weight) => Math.max(max, weight), 1) ?? 1;
    return shareOf((bound + reached * maxNodeWeight ** 2) * this.#maxPairWeight(), this.#total + reached);
  }

  /** What would reach receivers at `end` and its neighbours over a link to `source` that carries everything. */
  #flowBetween(end: number, source: number): number {
    const { offsets, targets, weights } = this.graph;
    const weightOf = (node: number): number => this.#nodeWeight(node);
    const nearSum = (node: number, valueOf: (neighbour: number) => number): number => {
      let sum = 0;
      for (let entry = offsets[node] as number; entry < (offsets[node + 1] as number); entry++)
        sum += (weights[entry] as number) * valueOf(targets[entry] as number);
      return sum;
    };
    return (
      this.demandPerIntake(end) * (weightOf(source) + nearSum(source, weightOf)) +
      nearSum(end, (node) => this.demandPerIntake(node)) * weightOf(source)
    );
  }

  #maxPairWeight(): number {
    let max = 1;
    for (const pairs of this.graph.pairs?.values() ?? [])
      for (const { extraWeight } of pairs) max = Math.max(max, 1 + extraWeight);
    return max;
  }

  #weightOf(link: number): number {
    const entry = this.#entries[0][link] as number;
    return entry === noEntry ? 0 : (this.graph.weights[entry] as number);
  }

  #nodeWeight(node: number): number {
    return this.graph.nodeWeights?.[node] ?? 1;
  }

  #intakeOf(node: number): number {
    if (Number.isNaN(this.#plainIntake[node])) {
      this.#intake[node] = this.#reach.intakeOf(node);
      this.#plainIntake[node] = this.#reach.plainIntake();
    }
    return this.#intake[node] as number;
  }

  /** The loss, in people, for each unit that no longer reaches a node. */
  demandPerIntake(node: number): number {
    if (this.#intakeOf(node) === 0) return 0;
    return ((this.#people[node] as number) * this.#nodeWeight(node)) / (this.#plainIntake[node] as number);
  }

  /** The areas of expertise that nobody has when these people and teams have left, each with one of its holders. */
  areasOnlyWith(leavers: readonly number[]): { area: number; holder: number }[] {
    return this.#held.areasOnlyWith(leavers);
  }

  shareAnArea(one: number, other: number): boolean {
    return this.#held.shareAnArea(one, other);
  }

  /** The leavers who are people, and the members of teams that leave. */
  peopleAmong(leavers: readonly number[]): ReadonlySet<number> {
    return this.#held.peopleAmong(leavers);
  }

  /** The loss in people. Measures only nodes whose paths can use a changed link. */
  lost({ change, leavers = [] }: Effect): number {
    const { from, to } = this.bearing.organisation;
    const changedLinks = change.filter(([link]) => this.#entries[0][link] !== noEntry);
    const ends = new Set(changedLinks.flatMap(([link]) => [from[link] as number, to[link] as number]));
    const stayShare = this.#held.stayShares(leavers);
    const weightOf = (node: number): number => this.demandPerIntake(node) * (stayShare.get(node) ?? 1);
    // Measured now, because the weights of the graph change below.
    const endIntakes = [...ends].map((node) => [node, weightOf(node), this.#intakeOf(node)] as const);
    const neighbours = neighboursOf(this.graph, ends);
    for (const node of neighbours) this.#receiverWeights[node] = weightOf(node);
    const sources = this.#sourcesBeyond(ends, changedLinks);
    const flowToNeighbours = (): number => {
      let sum = 0;
      for (const source of sources) sum += this.#reach.intakeFrom(source, this.#receiverWeights);
      return sum;
    };
    let lost = this.#held.lostWith(leavers) + flowToNeighbours();
    this.#during(changedLinks, [], () => {
      lost -= flowToNeighbours();
      for (const [node, weight, intake] of endIntakes)
        if (weight > 0) lost += weight * (intake - this.#reach.intakeOf(node));
    });
    for (const node of neighbours) this.#receiverWeights[node] = 0;
    return lost;
  }

  /**
   * The ends of changed links from which others than these ends receive over two links, of which the second one is changed. Usually this is
   * only the record that leaves.
   */
  #sourcesBeyond(ends: ReadonlySet<number>, changedLinks: Change): ReadonlySet<number> {
    const { offsets, targets } = this.graph;
    const hasOthers = new Map<number, boolean>();
    for (const end of ends)
      hasOthers.set(
        end,
        targets.subarray(offsets[end], offsets[end + 1]).some((target) => !ends.has(target)),
      );
    const { from, to } = this.bearing.organisation;
    const sources = new Set<number>();
    for (const [link] of changedLinks) {
      const [one, other] = [from[link] as number, to[link] as number];
      if (hasOthers.get(one) === true) sources.add(other);
      if (hasOthers.get(other) === true) sources.add(one);
    }
    return sources;
  }

  /** What a departure costs after a repair, as `lostShare` in the repaired organisation. */
  valueAfterRepair(
    { change, leavers = [] }: Effect,
    { linksBefore = [], linksAfter, joined = new Map(), learned = new Set() }: Repair,
  ): number {
    const { from, to } = this.bearing.organisation;
    const links = [...linksBefore, ...linksAfter];
    const ends = new Set([
      ...change.flatMap(([link]) => [from[link] as number, to[link] as number]),
      ...links.flatMap((link) => [link.from, link.to]),
    ]);
    const receivers = [...ends, ...neighboursOf(this.graph, ends, links)];
    const isReached = receivers.map((node) => this.#intakeOf(node) > 0);
    const leave = this.#join(joined);
    const measure = (
      rates: Change,
      gains: readonly ExtraLink[],
    ): { intake: number; plainIntake: number }[] => {
      let intakes: { intake: number; plainIntake: number }[] = [];
      this.#during(rates, gains, () => {
        intakes = receivers.map((node) => ({
          intake: this.#reach.intakeOf(node),
          plainIntake: this.#reach.plainIntake(),
        }));
      });
      return intakes;
    };
    const [before, after] = [measure([], linksBefore), measure(change, linksAfter)];
    const stayShare = this.#held.stayShares(leavers, joined);
    let [lost, total] = [
      this.#held.lostWith(leavers, { joined, learned }),
      this.#total + this.#totalOf(joined),
    ];
    for (const [index, node] of receivers.entries()) {
      const { intake, plainIntake } = before[index] as (typeof before)[number];
      if (intake === 0) continue;
      const people = this.#people[node] as number;
      if (isReached[index] === false) total += people;
      const staying = people * (stayShare.get(node) ?? 1) * this.#nodeWeight(node);
      lost += (staying * (intake - (after[index]?.intake ?? 0))) / plainIntake;
    }
    leave();
    return shareOf(Math.max(0, lost), total);
  }

  /** Counts members who join teams as people; the returned function takes it back. */
  #join(joined: NonNullable<Repair['joined']>): () => void {
    const add = (sign: 1 | -1): void => {
      for (const [team, { count }] of joined) this.#people[team]! += sign * count;
    };
    add(1);
    return () => add(-1);
  }

  /** What members who join teams rely on. */
  #totalOf(joined: NonNullable<Repair['joined']>): number {
    let total = 0;
    for (const [team, { count }] of joined) {
      const members = itemsOfNode(this.bearing.members, team).length;
      const isReached = this.#intakeOf(team) > 0;
      // A team of one begins to rely on its members.
      const own = members + count > 1 ? count + (members === 1 ? 1 : 0) : 0;
      total += own + (isReached ? count : 0);
    }
    return total;
  }

  /** Works while links pass other rates and further links are there. */
  #during(change: Change, gains: readonly ExtraLink[], work: () => void): void {
    const { weights } = this.graph;
    const savedWeights: [entry: number, weight: number][] = [];
    for (const [link, passRate] of change)
      for (const entries of this.#entries) {
        const entry = entries[link] as number;
        if (entry === noEntry) continue;
        savedWeights.push([entry, weights[entry] as number]);
        weights[entry] = this.bearing.weightOver(link, passRate);
      }
    this.#reach.setExtraLinks(gains);
    work();
    this.#reach.setExtraLinks([]);
    for (const [entry, weight] of savedWeights) weights[entry] = weight;
  }
}

/** At most 1: importance increases the loss, but not the total. */
const shareOf = (lost: number, total: number): number => (total > 0 ? Math.min(1, lost / total) : 0);
