import { plainHeading } from './headings.ts';

/** Words that many names share, in English and German, so that they do not distinguish names. */
const common = new Set(
  [
    'university universities universitat univ uni college institute institut institution school hochschule fachhochschule academy akademie',
    'polytechnic polytechnical polytechnikum technical technische technischer tech technology technologies applied angewandte',
    'science sciences wissenschaften engineering engineers state national federal department faculty campus center centre zentrum',
    'team teams group groups gruppe project projects projekt mission programme program lab labs laboratory club society',
    'of the for at and in on und der die das fur am im',
  ].flatMap((line) => line.split(' ')),
);

/** A plain name without common words; unchanged if it has no other words. */
export function distinctivePart(name: string): string {
  const words = name.split(' ').filter((word) => !common.has(word));
  return words.length === 0 ? name : words.join(' ');
}

interface Unit {
  letter: string;
  /** The whole word; undefined for a letter of an acronym. */
  word?: string;
}

const links: ReadonlySet<string> = new Set(
  'of the for at and in on und der die das fur am im de la le des du y e'.split(' '),
);

/** The words of a name by their first letters; each letter of an acronym ("TU") separately. */
function unitsOf(name: string): Unit[] {
  const words = name.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
  return words.flatMap((word): Unit[] => {
    const folded = plainHeading(word);
    if (/^\p{Lu}{2,6}$/u.test(word)) return Array.from(folded, (letter) => ({ letter }));
    return links.has(folded) ? [] : [{ letter: folded.charAt(0), word: folded }];
  });
}

const hasAcronym = (name: string): boolean => /(?<!\p{L})\p{Lu}{2,6}(?!\p{L})/u.test(name);

/** The first letters of a name: TUM for "TU München" and for "Technische Universität München". */
export const initialsOf = (name: string): string =>
  unitsOf(name)
    .map(({ letter }) => letter)
    .join('');

/** Whether one name has acronyms for words of the other: "TUM", "TU München", "Technische Universität München". */
export function shareAcronym(one: string, other: string): boolean {
  if (!hasAcronym(one) && !hasAcronym(other)) return false;
  const [units, others] = [unitsOf(one), unitsOf(other)];
  if (units.length < 2 || units.length !== others.length) return false;
  const pairs = units.map((unit, at) => [unit, others[at] as Unit] as const);
  return (
    pairs.every(
      ([a, b]) =>
        a.letter === b.letter && (a.word === undefined || b.word === undefined || a.word === b.word),
    ) && pairs.some(([a, b]) => (a.word === undefined) !== (b.word === undefined))
  );
}

/** Similarity of two plain texts, 0 to 1: by edit distance, and word by word. */
export function textLikeness(one: string, other: string): number {
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
  return Math.max(textCloseness(short, long), byWord);
}

export function textCloseness(one: string, other: string): number {
  const most = Math.max(one.length, other.length);
  return most === 0 || most > 60 ? 0 : 1 - distance(one, other) / most;
}

/** Similarity of two plain names, 0 to 1. A shared word counts only if it is most of both names. */
export function nameLikeness(one: string, other: string): number {
  const [left, right] = [distinctivePart(one), distinctivePart(other)];
  const score = textLikeness(left, right);
  if (score < 0.5) return score;
  const [words, others] = [left.split(' '), right.split(' ')];
  const [rest, otherRest] = [without(words, others), without(others, words)];
  const shared = words.length - rest.length;
  const most = Math.max(rest.length, otherRest.length);
  if (shared === 0 || shared > most || rest.length * otherRest.length === 0) return score;
  return Math.min(score, textLikeness(rest.join(' '), otherRest.join(' ')));
}

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
