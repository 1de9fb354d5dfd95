import type { Bearing, Carriers } from '../bearer-model.ts';

/** People with their shares, which add up to 1. */
interface Shares {
  people: Uint32Array;
  shares: Float64Array;
}

/** One end of a link: its node, named bearers, and members by contacts; null if there are none. */
interface End {
  node: number;
  named: Shares | null;
  contacts: Shares | null;
}

interface LinkPeople {
  ends: readonly [End, End];
  outsiders: readonly number[];
  leftShare: number;
}

/** The share of each link's people who are there, for shares of teams and people that change. The model is that of `Bearing`. */
export class LinkPresence {
  readonly #links: readonly LinkPeople[];

  constructor(bearing: Bearing) {
    const { from, to, students } = bearing.organisation;
    const sharesOf = ({ rows }: Carriers, shares: readonly number[]): Shares => ({
      people: Uint32Array.from(rows, (row) => students[row] as number),
      shares: Float64Array.from(shares),
    });
    const endOf = (node: number, carriers: Carriers): End => ({
      node,
      named: carriers.areNamed ? sharesOf(carriers, carriers.shares) : null,
      contacts: carriers.contactShares ? sharesOf(carriers, carriers.contactShares) : null,
    });
    this.#links = Array.from(from, (source, link): LinkPeople => {
      const [fromCarriers, toCarriers] = bearing.carriersOf(link);
      return {
        ends: [endOf(source, fromCarriers), endOf(to[link] as number, toCarriers)],
        ...bearing.otherBearersOf(link),
      };
    });
  }

  /** The share of a link's people who are there. `presentShares` has the share of each node, 0 to 1. */
  shareOf(link: number, presentShares: Float64Array): number {
    const { ends, outsiders, leftShare } = this.#links[link] as LinkPeople;
    let share = (1 - leftShare) * endShare(ends[0], presentShares) * endShare(ends[1], presentShares);
    if (outsiders.length > 0)
      share *=
        outsiders.reduce((sum, person) => sum + (presentShares[person] as number), 0) / outsiders.length;
    return share;
  }
}

function endShare({ node, named, contacts }: End, presentShares: Float64Array): number {
  const share = named ? weightedShare(named, presentShares) : (presentShares[node] as number);
  return contacts ? (share + weightedShare(contacts, presentShares)) / 2 : share;
}

function weightedShare({ people, shares }: Shares, presentShares: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < people.length; index++)
    sum += (shares[index] as number) * (presentShares[people[index] as number] as number);
  return sum;
}
