import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { Vocabulary } from '#shared/domain/vocabulary.ts';
import { plain } from '../../model/interchange/headings.ts';

/** Other words for values of the open lists, in English and German, as people write them into tables. */
export const otherWords: Partial<Record<Vocabulary, Readonly<Record<string, string>>>> = {
  discipline: {
    elektrik: 'electrical',
    missionsbetrieb: 'mission-ops',
    systeme: 'systems',
    bodensegment: 'ground',
    fachubergreifend: 'interdisciplinary',
    anderes: 'other',
    'electrical engineering': 'electrical',
    elektrotechnik: 'electrical',
    elektronik: 'electrical',
    electronics: 'electrical',
    'software engineering': 'software',
    informatik: 'software',
    'computer science': 'software',
    'mechanical engineering': 'mechanical',
    maschinenbau: 'mechanical',
    mechanik: 'mechanical',
    'mission operations': 'mission-ops',
    operations: 'mission-ops',
    'systems engineering': 'systems',
    system: 'systems',
    systemtechnik: 'systems',
    comms: 'communications',
    communication: 'communications',
    kommunikation: 'communications',
    nutzlast: 'payload',
    'ground segment': 'ground',
    'ground station': 'ground',
    bodenstation: 'ground',
    interdisziplinar: 'interdisciplinary',
    sonstige: 'other',
    andere: 'other',
  },
  lifecycle: {
    scheidend: 'outgoing',
    new: 'incoming',
    neu: 'incoming',
    joining: 'incoming',
    active: 'established',
    etabliert: 'established',
    leaving: 'outgoing',
    graduating: 'outgoing',
    ausscheidend: 'outgoing',
  },
  faculty_role: {
    betreuung: 'faculty-advisor',
    personal: 'staff',
    anderes: 'other',
    'mentoring industrie': 'industry-mentor',
    'mentoring jpl': 'jpl-mentor',
    advisor: 'faculty-advisor',
    adviser: 'faculty-advisor',
    betreuer: 'faculty-advisor',
    'principal investigator': 'pi',
    'co principal investigator': 'co-pi',
    mitarbeiter: 'staff',
    mentor: 'industry-mentor',
  },
  bond_type: {
    'kodifiziert stark': 'codified-strong',
    'kodifiziert mittel': 'codified-moderate',
    'institutionell schwach': 'institutional-weak',
    'fragil befristet': 'fragile-temporary',
    stark: 'codified-strong',
    schwach: 'institutional-weak',
    fragil: 'fragile-temporary',
    strong: 'codified-strong',
    moderate: 'codified-moderate',
    weak: 'institutional-weak',
    fragile: 'fragile-temporary',
    temporary: 'fragile-temporary',
  },
  project_type: {
    'mehrere universitaten': 'multiversity',
    'jpl vertrag': 'jpl-contract',
    vertragsanbahnung: 'contract-pursuit',
    forschung: 'research',
    wettbewerb: 'competition',
    intern: 'internal',
    anderes: 'other',
  },
  interface_type: {
    'team lehrperson': 'team-to-faculty',
    'team projekt': 'team-to-project',
    'lehrperson lehrperson': 'faculty-to-faculty',
  },
  outcome_type: {
    missionserfolg: 'mission_success',
    programmerfolg: 'program_success',
    mission: 'mission_success',
    programme: 'program_success',
    program: 'program_success',
    'programme success': 'program_success',
  },
};

const tables = new Map(
  (Object.keys(vocabulary) as Vocabulary[]).map((list) => {
    const table = new Map<string, string>();
    for (const [word, value] of Object.entries(otherWords[list] ?? {})) table.set(word, value);
    for (const value of vocabulary[list]) {
      table.set(plain(value), value);
      // Kinds of links are shown as "team – team".
      table.set(plain(value.replace('-to-', ' ')), value);
    }
    return [list, table] as const;
  }),
);

/** The value of an open list that a text means, by the value itself, how it is shown, or another word for it; null when none. */
export function knownValue(list: Vocabulary, text: string): string | null {
  return tables.get(list)?.get(plain(text)) ?? null;
}

/** The values of a list that a text may have meant, the likeliest first, at most three. */
export function nearestValues(list: Vocabulary, text: string): string[] {
  const wanted = telling(plain(text));
  const apart = everyFieldFirst.test(wanted);
  const scores = new Map<string, number>();
  for (const [word, value] of tables.get(list) ?? []) {
    const score = apart ? closeness(wanted, word) : likeness(wanted, telling(word));
    // A third of the letters may be wrong: with more, "testing" would be "leaving".
    if (score > (scores.get(value) ?? 0.65)) scores.set(value, score);
  }
  return [...scores]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([value]) => value);
}

/** Words that stand behind any field of work: two fields are not alike because both are engineering. */
const everyField = /(?: (?:engineering|engineer|engr?|sciences?|studies|technology|technik))+$/;
/** "Science communication" is no communications: what such a word begins is a field of its own. */
const everyFieldFirst = /^(?:engineering|sciences?|technology) /;

/** A plain text without such words; as it is when it has no others. */
function telling(text: string): string {
  return text.replace(everyField, '');
}

/** Words that many names have, in English and German, so that they tell nothing apart. */
const common = new Set(
  [
    'university universities universitat univ uni college institute institut institution school hochschule fachhochschule academy akademie',
    'polytechnic polytechnical polytechnikum technical technische technischer tech technology technologies applied angewandte',
    'science sciences wissenschaften engineering engineers state national federal department faculty campus center centre zentrum',
    'team teams group groups gruppe project projects projekt mission programme program lab labs laboratory club society',
    'of the for at and in on und der die das fur am im',
  ].flatMap((line) => line.split(' ')),
);

/** A plain name without the words that many have; as it is when it has no others. */
export function distinctive(name: string): string {
  const words = name.split(' ').filter((word) => !common.has(word));
  return words.length === 0 ? name : words.join(' ');
}

/** How alike two plain texts are, from 0 to 1: by what must be changed in one to get the other, and word by word. */
export function likeness(one: string, other: string): number {
  if (one === '' || other === '') return 0;
  if (one === other) return 1;
  const short = one.length < other.length ? one : other;
  const long = short === one ? other : one;
  if (short.length >= 3 && long.startsWith(short)) return 0.9;
  if (long.length > 60) return 0;
  const words = short.split(' ');
  const ofLong = long.split(' ');
  // "Elec Eng" is "electrical engineering": each word is the beginning of another, or nearly one.
  const best = words.map((word) => Math.max(...ofLong.map((whole) => wordLikeness(word, whole))));
  const byWord = (best.reduce((sum, score) => sum + score, 0) / words.length) * 0.9;
  return Math.max(closeness(short, long), byWord);
}

/** How alike two texts are by what must be changed in one to get the other, from 0 to 1. */
export function closeness(one: string, other: string): number {
  const most = Math.max(one.length, other.length);
  return most === 0 || most > 60 ? 0 : 1 - distance(one, other) / most;
}

/**
 * How alike two plain names are, from 0 to 1. Words that many names have do not count, and a word that both have counts only where it is
 * most of them: "Flight software" and "Ground software" are two things.
 */
export function nameLikeness(one: string, other: string): number {
  const [left, right] = [distinctive(one), distinctive(other)];
  const score = likeness(left, right);
  if (score < 0.5) return score;
  const [words, others] = [left.split(' '), right.split(' ')];
  const [rest, otherRest] = [without(words, others), without(others, words)];
  const shared = words.length - rest.length;
  const most = Math.max(rest.length, otherRest.length);
  if (shared === 0 || shared > most || rest.length * otherRest.length === 0) return score;
  return Math.min(score, likeness(rest.join(' '), otherRest.join(' ')));
}

/** The words that the others have not. */
function without(words: readonly string[], others: readonly string[]): string[] {
  return words.filter((word) => !others.includes(word));
}

function wordLikeness(one: string, other: string): number {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length >= 3 && long.startsWith(short)) return 0.95;
  return 1 - distance(short, long) / long.length;
}

function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const same = one[at - 1] === other[to - 1] ? 0 : 1;
      next.push(Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, (row[to - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
