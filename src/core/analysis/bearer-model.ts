import { appendTo } from '#shared/domain/append-to.ts';
import { nodeKind, noNode } from './organisation.ts';
import type { Organisation } from './organisation.ts';

/** Loss of an unrated link without a bond, per cent: unknown losses are drawn from low to high; `middle` is their mean. */
export const unknownLoss = { low: 5, middle: 32.5, high: 60 } as const;

/** The pass rate of a link: the share of knowledge (0 to 1) it passes on. `presentShare` is the share of its people who are present. */
export const computePassRate = (strength: number, documented: number, presentShare: number): number =>
  strength * (documented + (1 - documented) * Math.min(1, presentShare));

export const minDocumentedShare = 0.5;

/** The items of each node in one array: those of node `n` are items[offsets[n]] … items[offsets[n + 1] - 1]. */
export interface ItemsByNode {
  readonly offsets: Uint32Array;
  readonly items: Uint32Array;
}

/** Groups items by their nodes, one array of nodes for each grouping. An item without a node (`noNode`) is skipped. */
function groupByNode(
  nodeCount: number,
  itemCount: number,
  nodeArrays: readonly ArrayLike<number>[],
): ItemsByNode {
  const offsets = new Uint32Array(nodeCount + 1);
  for (const nodes of nodeArrays)
    for (let item = 0; item < itemCount; item++)
      if ((nodes[item] as number) !== noNode) offsets[(nodes[item] as number) + 1]! += 1;
  for (let node = 0; node < nodeCount; node++) offsets[node + 1]! += offsets[node] as number;
  const nextOffsets = offsets.slice(0, nodeCount);
  const items = new Uint32Array(offsets[nodeCount] as number);
  for (let item = 0; item < itemCount; item++)
    for (const nodes of nodeArrays) {
      const node = nodes[item] as number;
      if (node !== noNode) items[nextOffsets[node]!++] = item;
    }
  return { offsets, items };
}

export const itemsOfNode = ({ offsets, items }: ItemsByNode, node: number): Uint32Array =>
  items.subarray(offsets[node], offsets[node + 1]);

/** Present shares, 0 to 1, of memberships and nodes. `joined` is the member weight that teams gain. */
export interface Presence {
  memberships: Float64Array;
  people: Float64Array;
  joined?: ReadonlyMap<number, number>;
}

/**
 * The bearers of an organisation's links, and the pass rates of its links: strength × (documented + (1 − documented) × present). Strength
 * is 1 − loss. `present` is the share of named bearers who are present. Without named bearers it is the product over both ends: for a team
 * the weighted share of its members, for a person 0 or 1. Teams without listed members and other records count as present.
 */
export class Bearing {
  readonly organisation: Organisation;
  /** The rows of memberships, by team and by person. */
  readonly members: ItemsByNode;
  readonly rowsByPerson: ItemsByNode;
  readonly linksByNode: ItemsByNode;
  /** Total weight of the members of each team; 0 if none are listed. */
  readonly teamWeights: Float64Array;
  readonly passRates: Float64Array;
  /** Everybody who has not left is present; `changeWithout` modifies this temporarily. */
  readonly #presence: Presence;
  #linksByBearer: ReadonlyMap<number, readonly number[]> | null = null;

  constructor(organisation: Organisation) {
    this.organisation = organisation;
    const { kinds, students, memberOf, memberWeights, from, to } = organisation;
    const size = kinds.length;
    this.members = groupByNode(size, students.length, [memberOf]);
    this.rowsByPerson = groupByNode(size, students.length, [students]);
    this.linksByNode = groupByNode(size, from.length, [from, to]);
    this.teamWeights = new Float64Array(size);
    for (const [row, team] of memberOf.entries())
      if (team !== noNode) this.teamWeights[team]! += memberWeights[row] as number;
    this.#presence = this.fullPresence();
    this.passRates = this.passRatesFor(this.#presence);
  }

  fullPresence(): Presence {
    const { kinds, students } = this.organisation;
    return {
      memberships: Float64Array.from(students, (node) => presenceOf(kinds[node])),
      people: Float64Array.from(kinds, presenceOf),
    };
  }

  passRatesFor(presence: Presence): Float64Array {
    const shares = Float64Array.from(this.organisation.kinds, (_, node) =>
      this.presentShareOf(node, presence),
    );
    return Float64Array.from(this.organisation.losses, (_, link) =>
      this.#passRate(
        link,
        this.#presentShare(link, presence, (node) => shares[node] as number),
      ),
    );
  }

  /** The pass rate of one link, optionally with another documented share. */
  passRateOver(link: number, presence: Presence, documented?: number): number {
    const presentShare = this.#presentShare(link, presence, (node) => this.presentShareOf(node, presence));
    return this.#passRate(link, presentShare, documented);
  }

  /** The strength of a link, 0 to 1: its pass rate while everybody is present. */
  strength(link: number): number {
    const loss = this.organisation.losses[link] as number;
    return 1 - Math.min(100, Math.max(0, Number.isNaN(loss) ? unknownLoss.middle : loss)) / 100;
  }

  #passRate(
    link: number,
    presentShare: number,
    documented = this.organisation.documented[link] as number,
  ): number {
    return computePassRate(this.strength(link), documented, presentShare);
  }

  #presentShare(link: number, { people }: Presence, shareOf: (node: number) => number): number {
    const { bearerSet, bearerSets, from, to } = this.organisation;
    const set = bearerSet[link] as number;
    if (set === noNode) return shareOf(from[link] as number) * shareOf(to[link] as number);
    const bearers = bearerSets[set] as Uint32Array;
    let presentCount = 0;
    for (const person of bearers) if (person !== noNode) presentCount += people[person] as number;
    return presentCount / bearers.length;
  }

  presentShareOf(node: number, { memberships, people, joined }: Presence): number {
    const teamWeight = this.teamWeights[node] as number;
    if (teamWeight === 0) return people[node] as number;
    const { memberWeights } = this.organisation;
    const joinedWeight = joined?.get(node) ?? 0;
    let presentWeight = joinedWeight;
    for (const row of itemsOfNode(this.members, node))
      presentWeight += (memberWeights[row] as number) * (memberships[row] as number);
    return (presentWeight / (teamWeight + joinedWeight)) * (people[node] as number);
  }

  /** The links between the same two nodes, including the link itself. */
  parallelLinks(link: number): number[] {
    const { from, to } = this.organisation;
    const [source, target] = [from[link] as number, to[link] as number];
    return [...itemsOfNode(this.linksByNode, source)].filter(
      (candidate) => (from[candidate] === source ? to[candidate] : from[candidate]) === target,
    );
  }

  linksNaming(person: number): readonly number[] {
    this.#linksByBearer ??= groupLinksByBearer(this.organisation);
    return this.#linksByBearer.get(person) ?? [];
  }

  /** The links that depend on a person: links that name the person, and links without named bearers of the person or the person's teams. */
  linksOf(person: number): Set<number> {
    const { bearerSet, memberOf } = this.organisation;
    const links = new Set(this.linksNaming(person));
    const nodes = [
      person,
      ...Array.from(itemsOfNode(this.rowsByPerson, person), (row) => memberOf[row] as number),
    ];
    for (const node of nodes) {
      if (node === noNode) continue;
      for (const link of itemsOfNode(this.linksByNode, node)) if (bearerSet[link] === noNode) links.add(link);
    }
    return links;
  }

  /** The links that weaken if the nodes leave, with their new pass rates. A team leaves with all its members. */
  changeWithout(leavers: Iterable<number>): Change {
    const { affectedLinks, savedValues } = this.#remove(leavers, this.#presence);
    const change = this.changeUnder(affectedLinks, this.#presence);
    for (const [values, index, value] of savedValues.toReversed()) values[index] = value;
    return change;
  }

  presenceWithout(leavers: Iterable<number>): Presence {
    const presence = this.fullPresence();
    this.#remove(leavers, presence);
    return presence;
  }

  #remove(
    leavers: Iterable<number>,
    presence: Presence,
  ): { affectedLinks: Set<number>; savedValues: [values: Float64Array, index: number, value: number][] } {
    const { kinds, students } = this.organisation;
    const affectedLinks = new Set<number>();
    const savedValues: [Float64Array, number, number][] = [];
    const clear = (values: Float64Array, index: number): void => {
      savedValues.push([values, index, values[index] as number]);
      values[index] = 0;
    };
    const removeNode = (node: number): void => {
      clear(presence.people, node);
      for (const row of itemsOfNode(this.rowsByPerson, node)) clear(presence.memberships, row);
      for (const link of this.linksOf(node)) affectedLinks.add(link);
    };
    for (const node of leavers) {
      removeNode(node);
      if (kinds[node] !== nodeKind.team) continue;
      for (const row of itemsOfNode(this.members, node)) removeNode(students[row] as number);
    }
    return { affectedLinks, savedValues };
  }

  /** Of the given links, those that pass on less than now under the given presence, with their new pass rates. */
  changeUnder(links: Iterable<number>, presence: Presence): Change {
    const change: [number, number][] = [];
    for (const link of links) {
      const passRate = this.passRateOver(link, presence);
      if (passRate < (this.passRates[link] as number)) change.push([link, passRate]);
    }
    return change.sort(([a], [b]) => a - b);
  }
}

const presenceOf = (kind: number | undefined): number => (kind === nodeKind.left ? 0 : 1);

/** Links with their new pass rates. */
export type Change = readonly (readonly [link: number, passRate: number])[];

function groupLinksByBearer({ bearerSet, bearerSets }: Organisation): Map<number, number[]> {
  const byBearer = new Map<number, number[]>();
  for (const [link, set] of bearerSet.entries()) {
    if (set === noNode) continue;
    for (const person of bearerSets[set] as Uint32Array) appendTo(byBearer, person, link);
  }
  return byBearer;
}
