/** Teams mostly meet teams, so that contacts with teams say nothing about how many to expect with a member of faculty. */
export type PartyType = 'team' | 'faculty';

interface PairContacts {
  ends: readonly [string, string];
  contacts: number;
}

/**
 * How many contacts of a pair chance would give: each end's other contacts with records of the same type as the counterpart, spread evenly
 * over all of these records. The smaller of both counts, because a busy end meets everybody often. It depends on no contact that neither end
 * takes part in, so such contacts never make a pair stand out.
 */
export function expectContacts(
  pairs: readonly PairContacts[],
  typeOf: ReadonlyMap<string, PartyType>,
): (pair: PairContacts) => number {
  const recordCounts = { team: 0, faculty: 0 };
  for (const type of typeOf.values()) recordCounts[type] += 1;
  const contactsWith = { team: new Map<string, number>(), faculty: new Map<string, number>() };
  const typeOfEnd = (end: string): PartyType => typeOf.get(end) ?? 'team';
  for (const { ends, contacts } of pairs) {
    for (const [one, other] of [ends, ends.toReversed()] as [string, string][]) {
      const sums = contactsWith[typeOfEnd(other)];
      sums.set(one, (sums.get(one) ?? 0) + contacts);
    }
  }
  const expectedFrom = (one: string, other: string, contacts: number): number => {
    const type = typeOfEnd(other);
    const others = recordCounts[type] - (typeOfEnd(one) === type ? 2 : 1);
    const contactsWithOthers = (contactsWith[type].get(one) ?? 0) - contacts;
    return others > 0 ? contactsWithOthers / others : 0;
  };
  return ({ ends: [one, other], contacts }) =>
    Math.min(expectedFrom(one, other, contacts), expectedFrom(other, one, contacts));
}
