import { isDay } from '#shared/domain/days.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';

/** The contacts between two teams or people. */
export interface PairEvidence {
  /** The ends, in the direction of most contacts. */
  from: string;
  to: string;
  contacts: number;
  /** Calendar months with a contact. */
  months: number;
  first: string;
  last: string;
  /** Students of the two teams who took part, with their number of contacts. */
  people: ReadonlyMap<string, number>;
}

export interface Evidence {
  period: { from: string; to: string; months: number } | null;
  contacts: number;
  used: number;
  undated: number;
  /** Later than today. */
  upcoming: number;
  pairs: readonly PairEvidence[];
}

interface Contact {
  day: string;
  who: readonly string[];
  with: readonly string[];
}

const page = 2000;
/** A larger meeting says little about any two of its participants. */
const mostPlaces = 8;
const contactsSql = `SELECT rowid AS row, payload FROM contacts WHERE ${visibleCondition()} AND rowid > ? ORDER BY rowid LIMIT ${page}`;

function* readContacts(db: ReadHandle): Generator<number, { dated: Contact[]; undated: number }, void> {
  const dated: Contact[] = [];
  let undated = 0;
  for (let after = -1, done = 0; ;) {
    const rows = db.all<{ row: number; payload: string }>(contactsSql, [after]);
    for (const { payload } of rows) {
      const contact = JSON.parse(payload) as JsonObject;
      const day = dayOf(contact['date']);
      if (day === null) undated += 1;
      else dated.push({ day, who: referencedIds(contact['who']), with: referencedIds(contact['with']) });
    }
    yield (done += rows.length);
    if (rows.length < page) return { dated, undated };
    after = rows.at(-1)?.row ?? after;
  }
}

/** The day of a date or a time; null without one. */
function dayOf(value: Json | undefined): string | null {
  const day = typeof value === 'string' ? value.slice(0, 10) : '';
  return isDay(day) ? day : null;
}

/** Twelve months before a day. */
function aYearBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() - 1);
  return date.toISOString().slice(0, 10);
}

const monthOf = (day: string): string => day.slice(0, 7);
const monthNumber = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));

interface Places {
  /** Whom a participant represents: a student their team, others themselves; null for a student without a team. */
  of: ReadonlyMap<string, string | null>;
  /** Students who left. Their contacts count for the link, but they cannot be its bearers. */
  left: ReadonlySet<string>;
}

function readPlaces(db: ReadHandle): Places {
  const members = db.all<{ id: string; team: string | null; active: number | null }>(
    `SELECT id, team_id AS team, active FROM students WHERE ${visibleCondition()}`,
  );
  const others = db.column<string>(
    `SELECT id FROM teams WHERE ${visibleCondition()} UNION ALL SELECT id FROM faculty WHERE ${visibleCondition()}`,
  );
  return {
    of: new Map([
      ...members.map(({ id, team }) => [id, team] as const),
      ...others.map((id) => [id, id] as const),
    ]),
    left: new Set(members.filter(({ active }) => active === 0).map(({ id }) => id)),
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
}

/**
 * Counts the contacts between each two places from `since` (by default twelve months before the newest contact) until today. Yields while
 * it reads.
 */
export function* readEvidence(
  db: ReadHandle,
  { since, today }: { since?: string | undefined; today: string },
): Generator<number, Evidence, void> {
  const { dated, undated } = yield* readContacts(db);
  const contacts = dated.length + undated;
  const held = dated.filter(({ day }) => day <= today);
  const upcoming = dated.length - held.length;
  const newest = held.reduce((last, { day }) => (day > last ? day : last), '');
  if (newest === '') return { period: null, contacts, used: 0, undated, upcoming, pairs: [] };
  const from = since ?? aYearBefore(newest);
  const inPeriod = held.filter(({ day }) => day >= from);
  const first = inPeriod.reduce((least, { day }) => (day < least ? day : least), newest);
  const places = readPlaces(db);
  const tallies = new Map<string, Tally>();
  let used = 0;
  for (const [index, contact] of inPeriod.entries()) {
    if (addContact(tallies, places, contact)) used += 1;
    if (index % 100 === 0) yield contacts + index;
  }
  return {
    period: { from: first, to: newest, months: monthNumber(newest) - monthNumber(first) + 1 },
    contacts,
    used,
    undated,
    upcoming,
    pairs: [...tallies.values()].map(pairOf),
  };
}

function addContact(
  tallies: Map<string, Tally>,
  places: Places,
  { day, who, with: others }: Contact,
): boolean {
  const placesOf = (ids: readonly string[]): string[] => [
    ...new Set(ids.map((id) => places.of.get(id) ?? null).filter((place) => place !== null)),
  ];
  const [ours, theirs] = [placesOf(who), placesOf(others)];
  if (new Set([...ours, ...theirs]).size > mostPlaces) return false;
  // Without a named counterpart, all participants met each other.
  const sides: [string, string][] =
    theirs.length === 0
      ? ours.flatMap((one, index) => ours.slice(index + 1).map((other): [string, string] => [one, other]))
      : ours.flatMap((one) => theirs.map((other): [string, string] => [one, other]));
  const pairs = new Map(
    sides
      .filter(([one, other]) => one !== other)
      .map((pair) => [JSON.stringify(pair.toSorted()), pair] as const),
  );
  for (const [key, [one, other]] of pairs) {
    const ends = [one, other].toSorted() as [string, string];
    const known = tallies.get(key);
    const tally = known ?? {
      ends,
      contacts: 0,
      forward: 0,
      months: new Set<string>(),
      first: day,
      last: day,
      people: new Map<string, number>(),
    };
    if (!known) tallies.set(key, tally);
    tally.contacts += 1;
    if (one === ends[0]) tally.forward += 1;
    tally.months.add(monthOf(day));
    if (day < tally.first) tally.first = day;
    if (day > tally.last) tally.last = day;
    for (const id of new Set([...who, ...others])) {
      const place = places.of.get(id);
      if (place !== id && !places.left.has(id) && ends.some((end) => end === place))
        tally.people.set(id, (tally.people.get(id) ?? 0) + 1);
    }
  }
  return pairs.size > 0;
}

function pairOf({ ends: [a, b], forward, months, ...rest }: Tally): PairEvidence {
  const isForward = 2 * forward >= rest.contacts;
  return { from: isForward ? a : b, to: isForward ? b : a, ...rest, months: months.size };
}
