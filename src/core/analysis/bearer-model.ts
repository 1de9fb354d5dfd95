import { appendTo } from '#shared/domain/append-to.ts';
import { nodeKind, noNode } from './organisation.ts';
import { useBetween } from './link-use.ts';
import { normalise, weighMembers } from './member-shares.ts';
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

/** Members who join a team, and their weight together. */
export interface Joined {
  count: number;
  weight: number;
}

/** Present shares, 0 to 1, of memberships and nodes. `joined` has the members that teams gain. */
export interface Presence {
  memberships: Float64Array;
  people: Float64Array;
  joined?: ReadonlyMap<number, Joined>;
}

/**
 * The people of an organisation who carry its links, and the pass rates of its links: strength × (documented + (1 − documented) × present).
 * Strength is 1 − loss. `present` is the product of the present shares of both ends (see `shareCarriers`), of bearers who belong to neither
 * end, and of the bearers who have not left.
 */
export class Bearing {
  readonly organisation: Organisation;
  /** The rows of memberships, by team and by person. */
  readonly members: ItemsByNode;
  readonly rowsByPerson: ItemsByNode;
  readonly linksByNode: ItemsByNode;
  /** The weight of each membership: a lead and people who have been there longer count more. */
  readonly memberWeights: Float64Array;
  readonly passRates: Float64Array;
  /** How much each link is used, 1/2 to 1. */
  readonly #use: Float64Array;
  /** Everybody who has not left is present; `changeWithout` modifies this temporarily. */
  readonly #presence: Presence;
  /** Whether all listed members are there. */
  readonly #isComplete: boolean;
  /** Whether `#presence` is modified right now. */
  #isChanged = false;
  #linksByBearer: ReadonlyMap<number, readonly number[]> | null = null;
  #holders: ReadonlySet<number> | null = null;
  /** By link: the shares in which the rows of memberships of its first and of its second end carry it. */
  readonly #carriers = new Map<number, readonly [Carriers, Carriers]>();

  constructor(organisation: Organisation) {
    this.organisation = organisation;
    const { kinds, students, memberOf, from, to } = organisation;
    const size = kinds.length;
    this.members = groupByNode(size, students.length, [memberOf]);
    this.rowsByPerson = groupByNode(size, students.length, [students]);
    this.linksByNode = groupByNode(size, from.length, [from, to]);
    this.memberWeights = weighMembers(organisation);
    this.#use = Float64Array.from(from, (source, link) =>
      useBetween(organisation, source, to[link] as number),
    );
    this.#presence = this.fullPresence();
    this.#isComplete = this.#presence.memberships.every((share) => share === 1);
    this.passRates = Float64Array.from(from, (_, link) => this.passRateOver(link, this.#presence));
  }

  fullPresence(): Presence {
    const { kinds, students } = this.organisation;
    return {
      memberships: Float64Array.from(students, (node) => presenceOf(kinds[node])),
      people: Float64Array.from(kinds, presenceOf),
    };
  }

  /** The pass rate of one link, optionally with another documented share. */
  passRateOver(
    link: number,
    presence: Presence,
    documented = this.organisation.documented[link] as number,
  ): number {
    return computePassRate(this.strength(link), documented, this.#presentShare(link, presence));
  }

  /** What a link carries at a pass rate, 0 to 1: one with contacts is used more. */
  weightOver(link: number, passRate: number): number {
    return (this.#use[link] as number) * passRate;
  }

  /** What a new link between two nodes would carry at a pass rate. */
  weightBetween(from: number, to: number, passRate: number): number {
    return useBetween(this.organisation, from, to) * passRate;
  }

  /** The pass rate that a link would have now with a strength of 1. */
  passShare(link: number): number {
    return computePassRate(
      1,
      this.organisation.documented[link] as number,
      this.#presentShare(link, this.#presence),
    );
  }

  /** The strength of a link, 0 to 1: its pass rate while everybody is present. */
  strength(link: number): number {
    const loss = this.organisation.losses[link] as number;
    return 1 - Math.min(100, Math.max(0, Number.isNaN(loss) ? unknownLoss.middle : loss)) / 100;
  }

  #presentShare(link: number, presence: Presence): number {
    const { bearerSet, from, to } = this.organisation;
    const ends = [from[link] as number, to[link] as number] as const;
    const people = (presence.people[ends[0]] as number) * (presence.people[ends[1]] as number);
    if (people === 0) return 0;
    const hasBearers = bearerSet[link] !== noNode;
    // With everybody there, the shares of an end add up to 1.
    if (presence === this.#presence && this.#isComplete && !this.#isChanged)
      return hasBearers ? people * this.#otherBearers(link, presence) : people;
    const carriers = this.carriersOf(link);
    const share =
      this.#endShare(ends[0], carriers[0], presence) * this.#endShare(ends[1], carriers[1], presence);
    return hasBearers ? share * this.#otherBearers(link, presence) : share;
  }

  #endShare(node: number, { rows, shares, contactShares, areNamed }: Carriers, presence: Presence): number {
    const { memberships, people, joined } = presence;
    if (rows.length === 0) return people[node] as number;
    const presentOf = (weights: readonly number[]): number => {
      let sum = 0;
      for (let index = 0; index < rows.length; index++)
        sum += (weights[index] as number) * (memberships[rows[index] as number] as number);
      return sum;
    };
    // A new member does not carry what named bearers carry.
    const dilution = areNamed ? 1 : this.dilution(node, joined?.get(node)?.weight ?? 0);
    const share = 1 - (1 - presentOf(shares)) * dilution;
    return (contactShares ? (share + presentOf(contactShares)) / 2 : share) * (people[node] as number);
  }

  /** The share of present bearers among those who belong to neither end, times the share of all bearers who have not left the organisation. */
  #otherBearers(link: number, { people }: Presence): number {
    const { outsiders, leftShare } = this.otherBearersOf(link);
    if (outsiders.length === 0) return 1 - leftShare;
    const present = outsiders.reduce((sum, person) => sum + (people[person] as number), 0);
    return ((1 - leftShare) * present) / outsiders.length;
  }

  /** The bearers of a link who belong to neither end, and the share of all its bearers who have left the organisation. */
  otherBearersOf(link: number): { outsiders: readonly number[]; leftShare: number } {
    const { bearerSet, bearerSets, from, to, kinds, memberOf } = this.organisation;
    const bearers = bearerSets[bearerSet[link] as number];
    if (!bearers) return { outsiders: [], leftShare: 0 };
    const ends = [from[link] as number, to[link] as number];
    const present = [...bearers].filter((person) => person !== noNode && kinds[person] !== nodeKind.left);
    const isOfEnd = (person: number): boolean =>
      ends.includes(person) ||
      itemsOfNode(this.rowsByPerson, person).some((row) => ends.includes(memberOf[row] as number));
    return {
      outsiders: present.filter((person) => !isOfEnd(person)),
      leftShare: 1 - present.length / bearers.length,
    };
  }

  /** Who carries a link at its two ends. */
  carriersOf(link: number): readonly [Carriers, Carriers] {
    const known = this.#carriers.get(link);
    if (known) return known;
    const { from, to } = this.organisation;
    const [source, target] = [from[link] as number, to[link] as number];
    const carriers = [
      this.#carriersAt(link, source, target),
      this.#carriersAt(link, target, source),
    ] as const;
    this.#carriers.set(link, carriers);
    return carriers;
  }

  #carriersAt(link: number, end: number, other: number): Carriers {
    const { bearerSet, bearerSets, students } = this.organisation;
    const rows = itemsOfNode(this.members, end);
    const bearers = bearerSets[bearerSet[link] as number];
    const named = bearers ? mapRows(rows, (row) => Number(bearers.includes(students[row] as number))) : [];
    const areNamed = named.includes(1);
    return {
      rows,
      shares: normalise(areNamed ? named : this.#weightsOf(rows)) ?? [],
      contactShares: this.#contactShares(rows, other),
      areNamed,
    };
  }

  #weightsOf(rows: Uint32Array): number[] {
    return mapRows(rows, (row) => this.memberWeights[row] as number);
  }

  /** The shares of members by their contacts with a record or its members; null without any. */
  #contactShares(rows: Uint32Array, other: number): readonly number[] | null {
    const { contacts, students, memberOf } = this.organisation;
    if (contacts.others.length === 0) return null;
    const isOfOther = (met: number): boolean =>
      met === other || itemsOfNode(this.rowsByPerson, met).some((metRow) => memberOf[metRow] === other);
    return normalise(
      mapRows(rows, (row) => {
        let count = 0;
        const person = students[row] as number;
        const end = contacts.offsets[person + 1] as number;
        for (let at = contacts.offsets[person] as number; at < end; at++)
          if (isOfOther(contacts.others[at] as number)) count += contacts.counts[at] as number;
        return count;
      }),
    );
  }

  /** The factor, 0 to 1, of the share of a team that its members hold when members of a total weight join. */
  dilution(team: number, joinedWeight: number): number {
    if (joinedWeight === 0) return 1;
    const weight = itemsOfNode(this.members, team).reduce(
      (sum, row) => sum + (this.memberWeights[row] as number),
      0,
    );
    return weight / (weight + joinedWeight);
  }

  /** The shares in which the members of a team hold its own knowledge, in the order of `members`, by weight and by contacts. */
  memberShares(team: number): Pick<Carriers, 'shares' | 'contactShares'> {
    const rows = itemsOfNode(this.members, team);
    return { shares: normalise(this.#weightsOf(rows)) ?? [], contactShares: this.#contactShares(rows, team) };
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

  /** The links that weaken if the nodes leave, with their new pass rates. A team leaves with all its members. */
  changeWithout(leavers: Iterable<number>): Change {
    const { affectedLinks, savedValues } = this.#remove(leavers, this.#presence);
    this.#isChanged = true;
    const change = this.changeUnder(affectedLinks, this.#presence);
    this.#isChanged = false;
    for (const [values, index, value] of savedValues.toReversed()) values[index] = value;
    return change;
  }

  /** The departure of people, or of teams with all their members. */
  departureOf(leavers: readonly number[]): { change: Change; leavers: readonly number[] } {
    return { change: this.changeWithout(leavers), leavers };
  }

  holdsAreas(person: number): boolean {
    this.#holders ??= new Set(this.organisation.holders);
    return this.#holders.has(person);
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
    const { kinds, students, memberOf } = this.organisation;
    const affectedLinks = new Set<number>();
    const savedValues: [Float64Array, number, number][] = [];
    const clear = (values: Float64Array, index: number): void => {
      savedValues.push([values, index, values[index] as number]);
      values[index] = 0;
    };
    // The links of people who leave, of their teams, and those that name them.
    const nodes = new Set<number>();
    const removePerson = (node: number): void => {
      clear(presence.people, node);
      nodes.add(node);
      for (const link of this.linksNaming(node)) affectedLinks.add(link);
      for (const row of itemsOfNode(this.rowsByPerson, node)) {
        clear(presence.memberships, row);
        nodes.add(memberOf[row] as number);
      }
    };
    for (const node of leavers) {
      removePerson(node);
      if (kinds[node] !== nodeKind.team) continue;
      for (const row of itemsOfNode(this.members, node)) removePerson(students[row] as number);
    }
    nodes.delete(noNode);
    for (const node of nodes) for (const link of itemsOfNode(this.linksByNode, node)) affectedLinks.add(link);
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

/**
 * Who carries a link at one end: rows of memberships, empty for an end without listed members, and their shares, which add up to 1. The
 * share of an end that is there is the mean over both kinds of shares, or the first if there were no contacts.
 */
export interface Carriers {
  readonly rows: Uint32Array;
  /** Equal shares of named bearers; without any, the shares of all members by weight. */
  readonly shares: readonly number[];
  /** By contacts with the other end; null without any. */
  readonly contactShares: readonly number[] | null;
  /** Whether the link names bearers at this end. */
  readonly areNamed: boolean;
}

/** Like `Array.from`, which is slow for typed arrays. */
function mapRows(rows: Uint32Array, valueOf: (row: number) => number): number[] {
  const values: number[] = [];
  for (let index = 0; index < rows.length; index++) values.push(valueOf(rows[index] as number));
  return values;
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
