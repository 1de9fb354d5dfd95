import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { maxParties, readContacts, yearBefore } from '../network/contact-rows.ts';
import type { Contact } from '../network/contact-rows.ts';
import { expectContacts } from './chance.ts';
import type { PartyType } from './chance.ts';

/** The contacts between two teams or people. */
export interface PairEvidence {
  /** The ends, in the direction of most contacts. */
  from: string;
  to: string;
  contacts: number;
  /** Those of them with two people who met more than once. */
  repeated: number;
  /** The number of contacts that chance would give. */
  expected: number;
  /** Calendar months with a contact. */
  months: number;
  /** The days of the first and last contact. */
  first: string;
  last: string;
  /** Students of the two teams who took part, with their number of contacts. */
  people: ReadonlyMap<string, number>;
}

export interface Evidence {
  /** From the first to the last day with a contact, `months` in calendar months; null without dated contacts. */
  period: { from: string; to: string; months: number } | null;
  contacts: number;
  /** Contacts of the period that count for a pair. */
  used: number;
  undated: number;
  /** Later than today. */
  upcoming: number;
  pairs: readonly PairEvidence[];
}

const monthOf = (day: string): string => day.slice(0, 7);
const monthNumber = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));

interface Parties {
  /** The party that a participant represents: a student their team, others themselves; null for a student without a team. */
  partyOf: ReadonlyMap<string, string | null>;
  typeOf: ReadonlyMap<string, PartyType>;
  /** Students who left. Their contacts count for the link, but they cannot be its bearers. */
  formerStudents: ReadonlySet<string>;
}

function readParties(db: ReadHandle): Parties {
  const members = db.all<{ id: string; team: string | null; active: number | null }>(
    `SELECT id, team_id AS team, active FROM students WHERE ${visibleCondition()}`,
  );
  const others = db.all<{ id: string; type: PartyType }>(
    `SELECT id, 'team' AS type FROM teams WHERE ${visibleCondition()}
     UNION ALL SELECT id, 'faculty' AS type FROM faculty WHERE ${visibleCondition()}`,
  );
  return {
    partyOf: new Map([
      ...members.map(({ id, team }) => [id, team] as const),
      ...others.map(({ id }) => [id, id] as const),
    ]),
    typeOf: new Map(others.map(({ id, type }) => [id, type])),
    formerStudents: new Set(members.filter(({ active }) => active === 0).map(({ id }) => id)),
  };
}

interface Tally {
  ends: readonly [string, string];
  contacts: number;
  /** Contacts from the first end to the second. */
  forward: number;
  months: Set<string>;
  first: string;
  last: string;
  people: Map<string, number>;
  /** The first contact of each two people, one of each end, by number. */
  firstMeetings: Map<string, number>;
  /** Numbers of the contacts of two people who met more than once. */
  repeated: Set<number>;
}

/** Counts the contacts of each pair of parties from `since`, by default a year before the newest contact. Yields while it reads. */
export function* readEvidence(
  db: ReadHandle,
  { since, today }: { since?: string | undefined; today: string },
): Generator<number, Evidence, void> {
  const { datedContacts, undated } = yield* readContacts(db);
  const contacts = datedContacts.length + undated;
  const pastContacts = datedContacts.filter(({ day }) => day <= today);
  const upcoming = datedContacts.length - pastContacts.length;
  const newestDay = pastContacts.reduce((last, { day }) => (day > last ? day : last), '');
  if (newestDay === '') return { period: null, contacts, used: 0, undated, upcoming, pairs: [] };
  const startDay = since ?? yearBefore(newestDay);
  const periodContacts = pastContacts.filter(({ day }) => day >= startDay);
  const firstDay = periodContacts.reduce((first, { day }) => (day < first ? day : first), newestDay);
  const parties = readParties(db);
  const tallies = new Map<string, Tally>();
  let used = 0;
  for (const [index, contact] of periodContacts.entries()) {
    if (addContact(tallies, parties, { ...contact, index })) used += 1;
    if (index % 100 === 0) yield contacts + index;
  }
  const expectedOf = expectContacts([...tallies.values()], parties.typeOf);
  return {
    period: { from: firstDay, to: newestDay, months: monthNumber(newestDay) - monthNumber(firstDay) + 1 },
    contacts,
    used,
    undated,
    upcoming,
    pairs: [...tallies.values()].map((tally) => pairOf(tally, expectedOf(tally))),
  };
}

/** Adds a contact to the tallies of its pairs. Returns whether there are any. */
function addContact(
  tallies: Map<string, Tally>,
  parties: Parties,
  { day, who, with: others, index }: Contact & { index: number },
): boolean {
  const partiesOf = (ids: readonly string[]): string[] => [
    ...new Set(ids.map((id) => parties.partyOf.get(id) ?? null).filter((party) => party !== null)),
  ];
  const [whoParties, withParties] = [partiesOf(who), partiesOf(others)];
  if (new Set([...whoParties, ...withParties]).size > maxParties) return false;
  // Without a named counterpart, all participants met each other.
  const directedPairs: [string, string][] =
    others.length === 0
      ? whoParties.flatMap((one, index) =>
          whoParties.slice(index + 1).map((other): [string, string] => [one, other]),
        )
      : whoParties.flatMap((one) => withParties.map((other): [string, string] => [one, other]));
  const pairs = new Map(
    directedPairs
      .filter(([one, other]) => one !== other)
      .map((pair) => [JSON.stringify(pair.toSorted()), pair] as const),
  );
  for (const [key, [one, other]] of pairs) {
    const ends = [one, other].toSorted() as [string, string];
    const existing = tallies.get(key);
    const tally = existing ?? {
      ends,
      contacts: 0,
      forward: 0,
      months: new Set<string>(),
      first: day,
      last: day,
      people: new Map<string, number>(),
      firstMeetings: new Map<string, number>(),
      repeated: new Set<number>(),
    };
    if (!existing) tallies.set(key, tally);
    tally.contacts += 1;
    if (one === ends[0]) tally.forward += 1;
    tally.months.add(monthOf(day));
    if (day < tally.first) tally.first = day;
    if (day > tally.last) tally.last = day;
    const participants = [...new Set([...who, ...others])];
    addMeetings(tally, parties, { participants, index });
    for (const id of participants) {
      const party = parties.partyOf.get(id);
      if (party !== id && !parties.formerStudents.has(id) && ends.some((end) => end === party))
        tally.people.set(id, (tally.people.get(id) ?? 0) + 1);
    }
  }
  return pairs.size > 0;
}

/** Notes who met whom, and whether they had met before. */
function addMeetings(
  { ends, firstMeetings, repeated }: Tally,
  { partyOf }: Parties,
  { participants, index }: { participants: readonly string[]; index: number },
): void {
  const [ofFirst, ofSecond] = ends.map((end) => participants.filter((id) => partyOf.get(id) === end));
  for (const one of ofFirst ?? [])
    for (const other of ofSecond ?? []) {
      const key = JSON.stringify([one, other]);
      const earlier = firstMeetings.get(key);
      if (earlier === undefined) firstMeetings.set(key, index);
      else repeated.add(earlier).add(index);
    }
}

function pairOf(tally: Tally, expected: number): PairEvidence {
  const { ends, contacts, forward, months, repeated, first, last, people } = tally;
  const [from, to] = 2 * forward >= contacts ? ends : [ends[1], ends[0]];
  return {
    from,
    to,
    contacts,
    repeated: repeated.size,
    expected,
    months: months.size,
    first,
    last,
    people,
  };
}
