import { nodeKind } from '#core/analysis/organisation.ts';
import type { Made } from './organisations.ts';

/** The model card's formulas, computed slowly by their definitions. */
export class Formulas {
  readonly #of: Made;
  readonly #weights: readonly number[];

  constructor(of: Made) {
    this.#of = of;
    this.#weights = (of.members ?? []).map(({ terms = Number.NaN, weight = 1 }) => {
      const there = Number.isNaN(terms) ? 3 : 6 - terms;
      return weight * (1 + Math.max(0, Math.min(3, there)) / 3);
    });
  }

  get members(): NonNullable<Made['members']> {
    return this.#of.members ?? [];
  }

  /** The rows of `members` of a team. */
  #rowsOf(team: number): number[] {
    return [...this.members.keys()].filter((row) => this.members[row]?.team === team);
  }

  /** Teams leave with their members. */
  #goneWith(left: ReadonlySet<number>): ReadonlySet<number> {
    return new Set([...left, ...this.members.filter(({ team }) => left.has(team)).map(({ node }) => node)]);
  }

  /** The share of each row by contacts with a record or its members; null without contacts. */
  #contactShares(rows: readonly number[], other: number): number[] | null {
    const isOther = (node: number): boolean =>
      node === other || this.members.some((member) => member.node === node && member.team === other);
    const counts = rows.map((row) => {
      const person = this.members[row]?.node;
      return (this.#of.contacts ?? []).reduce((sum, { from, to, count }) => {
        const met =
          (from === person && isOther(to) ? count : 0) + (to === person && isOther(from) ? count : 0);
        return sum + met;
      }, 0);
    });
    return sharesOf(counts);
  }

  #presentShare(end: number, other: number, bearers: readonly number[], gone: ReadonlySet<number>): number {
    if (gone.has(end)) return 0;
    const rows = this.#rowsOf(end);
    if (rows.length === 0) return 1;
    const isNamed = rows.map((row) => bearers.includes(this.members[row]?.node as number));
    const recorded = sharesOf(
      isNamed.includes(true) ? isNamed.map(Number) : rows.map((row) => this.#weights[row] as number),
    );
    return this.#shareThere(rows, [recorded, this.#contactShares(rows, other)], gone);
  }

  /** The mean over the given kinds of shares of what those who are there hold. */
  #shareThere(
    rows: readonly number[],
    shares: readonly (readonly number[] | null)[],
    gone: ReadonlySet<number>,
  ): number {
    const sums = shares
      .filter((share) => share !== null)
      .map((share) =>
        share.reduce(
          (sum, part, at) => sum + (gone.has(this.members[rows[at] as number]?.node as number) ? 0 : part),
          0,
        ),
      );
    return sums.reduce((sum, one) => sum + one, 0) / sums.length;
  }

  /** The pass rate of each link after some nodes have left. */
  passRates(left: ReadonlySet<number> = new Set()): number[] {
    const gone = this.#goneWith(left);
    const hasLeft = (person: number): boolean => this.#of.kinds[person] !== nodeKind.person;
    return this.#of.links.map(({ from, to, loss = 5, documented = 0, bearers = [] }) => {
      const others = bearers.filter(
        (person) =>
          !hasLeft(person) &&
          person !== from &&
          person !== to &&
          !this.members.some(({ node, team }) => node === person && (team === from || team === to)),
      );
      const present =
        this.#presentShare(from, to, bearers, gone) *
        this.#presentShare(to, from, bearers, gone) *
        (others.length === 0 ? 1 : others.filter((person) => !gone.has(person)).length / others.length) *
        (bearers.length === 0 ? 1 : bearers.filter((person) => !hasLeft(person)).length / bearers.length);
      return (1 - loss / 100) * (documented + (1 - documented) * present);
    });
  }

  /** The people of a node who rely on what reaches it. */
  people(node: number): number {
    const { kinds, sizes } = this.#of;
    if (kinds[node] === nodeKind.left) return 0;
    if (kinds[node] !== nodeKind.team) return 1;
    const listed = this.#rowsOf(node).length;
    const size = sizes?.[node] ?? Number.NaN;
    return listed > 0 ? listed : size >= 1 ? size : 5;
  }

  /** How much a link is used: half without contacts between its ends or their members, fully with twelve. */
  #use(from: number, to: number): number {
    const isOf = (node: number, party: number): boolean =>
      node === party || this.members.some((member) => member.node === node && member.team === party);
    let met = 0;
    for (const contact of this.#of.contacts ?? [])
      for (const [one, other] of [
        [contact.from, contact.to],
        [contact.to, contact.from],
      ] as const)
        if (isOf(one, from) && isOf(other, to)) met += contact.count;
    return 0.5 + 0.5 * Math.min(1, met / 12);
  }

  /** What reaches each node for given pass rates; `isPlain` leaves out importance. */
  intakes(passRates: readonly number[] = this.passRates(), isPlain = false): number[] {
    const { kinds, links, importance } = this.#of;
    const carried = links.map(({ from, to }, link) => this.#use(from, to) * (passRates[link] as number));
    const direct = (a: number, b: number): number =>
      Math.max(
        0,
        ...links.flatMap(({ from, to }, link) =>
          (from === a && to === b) || (from === b && to === a) ? [carried[link] as number] : [],
        ),
      );
    const holds = (node: number): boolean => kinds[node] !== nodeKind.other;
    return [...kinds.keys()].map((receiver) =>
      [...kinds.keys()].reduce((sum, source) => {
        if (source === receiver || !holds(source)) return sum;
        const overOthers = [...kinds.keys()]
          .filter((middle) => middle !== source && middle !== receiver && holds(middle))
          .map((middle) => direct(receiver, middle) * direct(middle, source));
        const weights = links
          .filter(
            ({ from, to }) => (from === source && to === receiver) || (from === receiver && to === source),
          )
          .map((link) => link.importance ?? 1);
        const pair = weights.length > 0 ? Math.max(...weights) : 1;
        const best = Math.max(direct(receiver, source), ...overOthers);
        return sum + (isPlain ? 1 : Math.sqrt(importance?.[source] ?? 1) * pair) * best;
      }, 0),
    );
  }

  /** The people of a node who rely on what reaches it, times the square root of its importance. */
  demand(node: number): number {
    return this.people(node) * Math.sqrt(this.#of.importance?.[node] ?? 1);
  }

  /** All that people rely on. */
  total(passRates = this.passRates()): number {
    const { kinds, areas = [] } = this.#of;
    const intakes = this.intakes(passRates);
    let total = new Set(areas.filter((_, node) => kinds[node] === nodeKind.person).flat()).size;
    for (const node of kinds.keys()) {
      if ((intakes[node] as number) > 0) total += this.people(node);
      const listed = this.#rowsOf(node).length;
      if (kinds[node] === nodeKind.team && listed > 1) total += listed;
    }
    return total;
  }

  /** What a departure costs, as a share of all that people rely on. */
  departure(left: readonly number[]): number {
    const { kinds, importance, areas = [] } = this.#of;
    const gone = this.#goneWith(new Set(left));
    let lost = this.#lostOverLinks(this.passRates(gone), gone);
    for (const team of kinds.keys()) {
      const rows = this.#rowsOf(team);
      if (rows.length === 0) continue;
      const shares = [
        sharesOf(rows.map((row) => this.#weights[row] as number)),
        this.#contactShares(rows, team),
      ];
      const staying = rows.filter((row) => !gone.has(this.members[row]?.node as number)).length;
      lost += (importance?.[team] ?? 1) * staying * (1 - this.#shareThere(rows, shares, gone));
    }
    const holdersOf = (area: number): number[] =>
      [...kinds.keys()].filter((node) => kinds[node] === nodeKind.person && areas[node]?.includes(area));
    for (const area of new Set(areas.flat())) {
      const holders = holdersOf(area);
      if (holders.length > 0) lost += holders.filter((node) => gone.has(node)).length / holders.length;
    }
    const total = this.total();
    return total === 0 ? 0 : Math.min(1, lost / total);
  }

  #lostOverLinks(passRates: readonly number[], gone: ReadonlySet<number>): number {
    const { kinds, importance } = this.#of;
    const [before, after] = [this.intakes(), this.intakes(passRates)];
    const plain = this.intakes(this.passRates(), true);
    let lost = 0;
    for (const node of kinds.keys()) {
      const intake = before[node] as number;
      if (intake === 0 || gone.has(node) || kinds[node] === nodeKind.left) continue;
      const rows = this.#rowsOf(node);
      const staying = rows.filter((row) => !gone.has(this.members[row]?.node as number)).length;
      const people = rows.length > 0 && kinds[node] === nodeKind.team ? staying : this.people(node);
      const weight = Math.sqrt(importance?.[node] ?? 1);
      lost += (people * weight * (intake - (after[node] as number))) / (plain[node] as number);
    }
    return lost;
  }
}

function sharesOf(values: readonly number[]): number[] | null {
  const sum = values.reduce((total, value) => total + value, 0);
  return sum === 0 ? null : values.map((value) => value / sum);
}
