import { itemsOfNode } from '../bearer-model.ts';
import type { Bearing, Joined } from '../bearer-model.ts';
import { nodeKind, noNode } from '../organisation.ts';
import { AreaHolders } from './area-holders.ts';

type JoinedByTeam = ReadonlyMap<number, Joined>;

/** What people hold themselves: knowledge of their own teams, and areas of expertise. */
export class HeldByPeople {
  readonly #bearing: Bearing;
  readonly #areas: AreaHolders;

  constructor(bearing: Bearing) {
    this.#bearing = bearing;
    this.#areas = new AreaHolders(bearing.organisation);
  }

  /** All that is held so: the people in teams of at least two listed members, each of whom relies on the others, and areas. */
  get total(): number {
    return this.#areas.count + this.#teamTotal();
  }

  /** The share of the people of a node who stay, for nodes that lose people. */
  stayShares(leavers: readonly number[], joined?: JoinedByTeam): ReadonlyMap<number, number> {
    const shares = new Map<number, number>();
    for (const node of [...leavers, ...this.peopleAmong(leavers)]) shares.set(node, 0);
    for (const [team, { count, leaving }] of this.#leavingMembers(leavers))
      if (shares.get(team) !== 0)
        shares.set(team, 1 - leaving.length / (count + (joined?.get(team)?.count ?? 0)));
    return shares;
  }

  /** By team: its number of members, and the places in `members` of those who leave. */
  #leavingMembers(leavers: readonly number[]): Map<number, { count: number; leaving: number[] }> {
    const { memberOf } = this.#bearing.organisation;
    const teams = new Map<number, { count: number; leaving: number[] }>();
    for (const person of this.peopleAmong(leavers))
      for (const row of itemsOfNode(this.#bearing.rowsByPerson, person)) {
        const team = memberOf[row] as number;
        if (team === noNode) continue;
        const rows = itemsOfNode(this.#bearing.members, team);
        const entry = teams.get(team) ?? { count: rows.length, leaving: [] };
        teams.set(team, entry);
        entry.leaving.push(rows.indexOf(row));
      }
    return teams;
  }

  /** What those who stay lose of their own teams' knowledge, and the shares of areas that leave. */
  lostWith(
    leavers: readonly number[],
    { joined, learned }: { joined?: JoinedByTeam; learned?: ReadonlySet<number> } = {},
  ): number {
    if (leavers.length === 0) return 0;
    const { importance } = this.#bearing.organisation;
    let lost = this.#areas.lostWith(this.peopleAmong(leavers), learned);
    for (const [team, { count, leaving }] of this.#leavingMembers(leavers)) {
      const { shares, contactShares } = this.#bearing.memberShares(team);
      const leavingShare = (of: readonly number[]): number =>
        leaving.reduce((sum, place) => sum + (of[place] as number), 0);
      const byWeight = leavingShare(shares) * this.#bearing.dilution(team, joined?.get(team)?.weight ?? 0);
      const share = contactShares ? (byWeight + leavingShare(contactShares)) / 2 : byWeight;
      const staying = count - leaving.length + (joined?.get(team)?.count ?? 0);
      lost += (importance[team] as number) * staying * share;
    }
    return lost;
  }

  /** The areas of expertise that nobody has when these people and teams have left, each with one of its holders. */
  areasOnlyWith(leavers: readonly number[]): { area: number; holder: number }[] {
    return this.#areas.heldOnlyBy(this.peopleAmong(leavers));
  }

  shareAnArea(one: number, other: number): boolean {
    return this.#areas.shareAnArea(one, other);
  }

  /** The leavers who are people, and the members of teams that leave. */
  peopleAmong(leavers: readonly number[]): ReadonlySet<number> {
    const { kinds, students } = this.#bearing.organisation;
    const people = new Set<number>();
    for (const node of leavers) {
      if (kinds[node] !== nodeKind.team) people.add(node);
      else for (const row of itemsOfNode(this.#bearing.members, node)) people.add(students[row] as number);
    }
    return people;
  }

  #teamTotal(): number {
    let total = 0;
    for (const [node, kind] of this.#bearing.organisation.kinds.entries()) {
      const count = itemsOfNode(this.#bearing.members, node).length;
      if (kind === nodeKind.team && count > 1) total += count;
    }
    return total;
  }
}
