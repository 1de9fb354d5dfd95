import { kindOf, noNode } from './organisation.ts';
import type { Organisation } from './organisation.ts';

/** Loss of an unrated link without a bond, per cent: unknown losses are drawn from low to high; `middle` is their mean. */
export const unknownLoss = { low: 5, middle: 32.5, high: 60 } as const;

/** What passes over a link (0 to 1), given its strength, its documented share and the share of its people who are present. */
export const passesOf = (strength: number, written: number, present: number): number =>
  strength * (written + (1 - written) * Math.min(1, present));

export const documentedShare = 0.5;

/** Lists of numbers by node in one array. */
export interface Lists {
  readonly offsets: Uint32Array;
  readonly items: Uint32Array;
}

/** Groups items by their nodes, one array of nodes for each grouping; `nobody` is skipped. */
function listsOf(size: number, count: number, nodesOf: readonly ArrayLike<number>[]): Lists {
  const offsets = new Uint32Array(size + 1);
  for (const nodes of nodesOf)
    for (let at = 0; at < count; at++)
      if ((nodes[at] as number) !== noNode) offsets[(nodes[at] as number) + 1]! += 1;
  for (let node = 0; node < size; node++) offsets[node + 1]! += offsets[node] as number;
  const next = offsets.slice(0, size);
  const items = new Uint32Array(offsets[size] as number);
  for (let at = 0; at < count; at++)
    for (const nodes of nodesOf) {
      const node = nodes[at] as number;
      if (node !== noNode) items[next[node]!++] = at;
    }
  return { offsets, items };
}

export const listAt = ({ offsets, items }: Lists, node: number): Uint32Array =>
  items.subarray(offsets[node], offsets[node + 1]);

/** The present share of each membership and each node, 0 to 1. */
export interface Presence {
  memberships: Float64Array;
  people: Float64Array;
  joined?: ReadonlyMap<number, number>;
}

/**
 * Who carries the links of an organisation, and what passes over them: strength × (documented + (1 − documented) × present). Strength is 1
 * − loss. `present` is the share of the named bearers who are there; without named bearers it is the product over both ends: for a team the
 * weighted share of its members, for a person 0 or 1. Teams without listed members and other records count as present.
 */
export class Bearing {
  readonly organisation: Organisation;
  readonly members: Lists;
  readonly rowsOf: Lists;
  readonly links: Lists;
  /** Total weight of the members of each team; 0 if none are listed. */
  readonly teamWeights: Float64Array;
  readonly passes: Float64Array;
  /** Everybody present; `without` modifies it temporarily. */
  readonly #now: Presence;
  byBearer: ReadonlyMap<number, readonly number[]> | null = null;

  constructor(organisation: Organisation) {
    this.organisation = organisation;
    const { kinds, students, memberOf, memberWeights, from, to } = organisation;
    const size = kinds.length;
    this.members = listsOf(size, students.length, [memberOf]);
    this.rowsOf = listsOf(size, students.length, [students]);
    this.links = listsOf(size, from.length, [from, to]);
    this.teamWeights = new Float64Array(size);
    for (const [row, team] of memberOf.entries())
      if (team !== noNode) this.teamWeights[team]! += memberWeights[row] as number;
    this.#now = this.everybody();
    this.passes = this.passing(this.#now);
  }

  everybody(): Presence {
    const { kinds, students } = this.organisation;
    return {
      memberships: Float64Array.from(students, (node) => isThere(kinds[node])),
      people: Float64Array.from(kinds, isThere),
    };
  }

  passing(presence: Presence): Float64Array {
    const shares = Float64Array.from(this.organisation.kinds, (_, node) => this.shareOf(node, presence));
    return Float64Array.from(this.organisation.losses, (_, link) =>
      this.#passes(
        link,
        this.#present(link, presence, (node) => shares[node] as number),
      ),
    );
  }

  /** What passes over one link, optionally with another documented share. */
  passesOver(link: number, presence: Presence, written?: number): number {
    const present = this.#present(link, presence, (node) => this.shareOf(node, presence));
    return this.#passes(link, present, written);
  }

  /** The strength of a link, 0 to 1: what passes while everybody is present. */
  strength(link: number): number {
    const loss = this.organisation.losses[link] as number;
    return 1 - Math.min(100, Math.max(0, Number.isNaN(loss) ? unknownLoss.middle : loss)) / 100;
  }

  #passes(link: number, present: number, written = this.organisation.documented[link] as number): number {
    return passesOf(this.strength(link), written, present);
  }

  #present(link: number, { people }: Presence, shareOf: (node: number) => number): number {
    const { bearerSet, bearerSets, from, to } = this.organisation;
    const set = bearerSet[link] as number;
    if (set === noNode) return shareOf(from[link] as number) * shareOf(to[link] as number);
    const bearers = bearerSets[set] as Uint32Array;
    let there = 0;
    for (const person of bearers) if (person !== noNode) there += people[person] as number;
    return there / bearers.length;
  }

  shareOf(node: number, { memberships, people, joined }: Presence): number {
    const all = this.teamWeights[node] as number;
    if (all === 0) return people[node] as number;
    const { memberWeights } = this.organisation;
    const more = joined?.get(node) ?? 0;
    let there = more;
    for (const row of listAt(this.members, node))
      there += (memberWeights[row] as number) * (memberships[row] as number);
    return (there / (all + more)) * (people[node] as number);
  }

  /** The links between the same two nodes, including the link itself. */
  parallelTo(link: number): number[] {
    const { from, to } = this.organisation;
    const [one, other] = [from[link] as number, to[link] as number];
    return [...listAt(this.links, one)].filter((at) => (from[at] === one ? to[at] : from[at]) === other);
  }

  linksNaming(person: number): readonly number[] {
    this.byBearer ??= linksByBearer(this.organisation);
    return this.byBearer.get(person) ?? [];
  }

  /** The links that depend on a person: their own, those that name them, and those of their teams without named bearers. */
  linksOf(person: number): Set<number> {
    const { bearerSet, memberOf } = this.organisation;
    const found = new Set(this.linksNaming(person));
    const nodes = [person, ...Array.from(listAt(this.rowsOf, person), (row) => memberOf[row] as number)];
    for (const node of nodes) {
      if (node === noNode) continue;
      for (const link of listAt(this.links, node)) if (bearerSet[link] === noNode) found.add(link);
    }
    return found;
  }

  /** The links that weaken if the nodes leave, with what then passes. A team leaves with all its members. */
  without(leavers: Iterable<number>): Change {
    const { affected, removed } = this.#remove(leavers, this.#now);
    const change = this.changeOf(affected, this.#now);
    for (const [from, at, value] of removed.toReversed()) from[at] = value;
    return change;
  }

  presenceWithout(leavers: Iterable<number>): Presence {
    const presence = this.everybody();
    this.#remove(leavers, presence);
    return presence;
  }

  #remove(
    leavers: Iterable<number>,
    presence: Presence,
  ): { affected: Set<number>; removed: [from: Float64Array, at: number, value: number][] } {
    const { kinds, students } = this.organisation;
    const affected = new Set<number>();
    const removed: [Float64Array, number, number][] = [];
    const take = (from: Float64Array, at: number): void => {
      removed.push([from, at, from[at] as number]);
      from[at] = 0;
    };
    const remove = (node: number): void => {
      take(presence.people, node);
      for (const row of listAt(this.rowsOf, node)) take(presence.memberships, row);
      for (const link of this.linksOf(node)) affected.add(link);
    };
    for (const node of leavers) {
      remove(node);
      if (kinds[node] !== kindOf.team) continue;
      for (const row of listAt(this.members, node)) remove(students[row] as number);
    }
    return { affected, removed };
  }

  /** Those of the links over which less passes than now, given who is present. */
  changeOf(links: Iterable<number>, presence: Presence): Change {
    const change: [number, number][] = [];
    for (const link of links) {
      const passes = this.passesOver(link, presence);
      if (passes < (this.passes[link] as number)) change.push([link, passes]);
    }
    return change.sort(([a], [b]) => a - b);
  }
}

const isThere = (kind: number | undefined): number => (kind === kindOf.left ? 0 : 1);

/** Links with their new value of what passes. */
export type Change = readonly (readonly [link: number, passes: number])[];

function linksByBearer({ bearerSet, bearerSets }: Organisation): Map<number, number[]> {
  const byBearer = new Map<number, number[]>();
  for (const [link, set] of bearerSet.entries()) {
    if (set === noNode) continue;
    for (const person of bearerSets[set] as Uint32Array) {
      const known = byBearer.get(person);
      if (known) known.push(link);
      else byBearer.set(person, [link]);
    }
  }
  return byBearer;
}
