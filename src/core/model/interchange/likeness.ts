import { plainHeading } from './headings.ts';

/** Words that many names share, in English and German, so that they do not distinguish names. */
const commonWords = new Set(
  [
    'university universities universitat univ uni college institute institut institution school hochschule fachhochschule academy akademie',
    'polytechnic polytechnical polytechnikum technical technische technischer tech technology technologies applied angewandte',
    'science sciences wissenschaften engineering engineers state national federal department faculty campus center centre zentrum',
    'team teams group groups gruppe project projects projekt mission programme program lab labs laboratory club society',
    'of the for at and in on und der die das fur am im',
  ].flatMap((line) => line.split(' ')),
);

/** The word for "team" or "group" that ends a name without blanks: "構造班" is "構造". */
export const joinedTeamWord =
  /(?<=[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}]{2})(?:班|組|组|隊|队|部|チーム|グループ|团队|小组|팀|조|그룹|반)$/u;

/** A plain name without common words; unchanged if it has no other words. */
export function distinctivePart(name: string): string {
  const words = name
    .split(' ')
    .filter((word) => !commonWords.has(word))
    .map((word) => word.replace(joinedTeamWord, ''));
  return words.length === 0 ? name : words.join(' ');
}

interface NameUnit {
  letter: string;
  /** The whole word; undefined for a letter of an acronym. */
  word?: string;
}

const linkingWords: ReadonlySet<string> = new Set(
  'of the for at and in on und der die das fur am im de la le des du y e'.split(' '),
);

/** The words of a name by their first letters; each letter of an acronym ("TU") separately. */
function unitsOf(name: string): NameUnit[] {
  const words = name.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
  return words.flatMap((word): NameUnit[] => {
    const folded = plainHeading(word);
    if (/^\p{Lu}{2,6}$/u.test(word)) return Array.from(folded, (letter) => ({ letter }));
    return linkingWords.has(folded) ? [] : [{ letter: folded.charAt(0), word: folded }];
  });
}

const hasAcronym = (name: string): boolean => /(?<!\p{L})\p{Lu}{2,6}(?!\p{L})/u.test(name);

/** The first letters of a name: TUM for "TU München" and for "Technische Universität München". */
export const initialsOf = (name: string): string =>
  unitsOf(name)
    .map(({ letter }) => letter)
    .join('');

/** Whether one name has acronyms for words of the other: "TUM", "TU München", "Technische Universität München". */
export function shareAcronym(first: string, second: string): boolean {
  if (!hasAcronym(first) && !hasAcronym(second)) return false;
  const [units, secondUnits] = [unitsOf(first), unitsOf(second)];
  if (units.length < 2 || units.length !== secondUnits.length) return false;
  const pairs = units.map((unit, index) => [unit, secondUnits[index] as NameUnit] as const);
  return (
    pairs.every(
      ([a, b]) =>
        a.letter === b.letter && (a.word === undefined || b.word === undefined || a.word === b.word),
    ) && pairs.some(([a, b]) => (a.word === undefined) !== (b.word === undefined))
  );
}

/** Similarity of two plain texts, 0 to 1: by edit distance, and word by word. */
export function textLikeness(first: string, second: string): number {
  if (first === '' || second === '') return 0;
  if (first === second) return 1;
  const shorter = first.length < second.length ? first : second;
  const longer = shorter === first ? second : first;
  if (shorter.length >= 3 && longer.startsWith(shorter)) return 0.9;
  if (longer.length > 60) return 0;
  const words = shorter.split(' ');
  const longerWords = longer.split(' ');
  // "Elec Eng" is "electrical engineering": each word is the beginning of another, or nearly one.
  const wordScores = words.map((word) =>
    Math.max(...longerWords.map((longerWord) => wordLikeness(word, longerWord))),
  );
  const wordScore = (wordScores.reduce((sum, score) => sum + score, 0) / words.length) * 0.9;
  return Math.max(editSimilarity(shorter, longer), wordScore);
}

export function editSimilarity(first: string, second: string): number {
  const maxLength = Math.max(first.length, second.length);
  return maxLength === 0 || maxLength > 60 ? 0 : 1 - editDistance(first, second) / maxLength;
}

/** Similarity of two plain names, 0 to 1. Shared words raise the score only if there are more of them than of other words. */
export function nameLikeness(first: string, second: string): number {
  const [left, right] = [distinctivePart(first), distinctivePart(second)];
  const score = textLikeness(left, right);
  if (score < 0.5) return score;
  const [words, otherWords] = [left.split(' '), right.split(' ')];
  const [unshared, otherUnshared] = [wordsNotIn(words, otherWords), wordsNotIn(otherWords, words)];
  const sharedCount = words.length - unshared.length;
  const maxUnshared = Math.max(unshared.length, otherUnshared.length);
  if (sharedCount === 0 || sharedCount > maxUnshared || unshared.length * otherUnshared.length === 0)
    return score;
  return Math.min(score, textLikeness(unshared.join(' '), otherUnshared.join(' ')));
}

/** Names with a higher likeness can be spellings of one name: a letter or two differ, or an ending. */
export const minLikeness = 0.7;

/** Whether two names can be spellings of one: similar, or one with an acronym for words of the other. */
export const areNamesSimilar = (first: string, second: string): boolean =>
  nameLikeness(plainHeading(first), plainHeading(second)) > minLikeness ||
  shareAcronym(first, second) ||
  isShortForm(plainHeading(first), plainHeading(second)) ||
  isShortForm(plainHeading(second), plainHeading(first));

/** Whether one plain name consists of words of the other: "vale sereno" of "universidade de vale sereno". */
function isShortForm(short: string, long: string): boolean {
  const [words, longWords] = [short.split(' '), long.split(' ')];
  return (
    words.length < longWords.length &&
    words.some((word) => word.length > 3) &&
    words.every((word) => longWords.includes(word))
  );
}

function wordsNotIn(words: readonly string[], otherWords: readonly string[]): string[] {
  return words.filter((word) => !otherWords.includes(word));
}

function wordLikeness(first: string, second: string): number {
  const [shorter, longer] = first.length < second.length ? [first, second] : [second, first];
  if (shorter.length >= 3 && longer.startsWith(shorter)) return 0.95;
  return 1 - editDistance(shorter, longer) / longer.length;
}

export function editDistance(first: string, second: string): number {
  let row = Array.from({ length: second.length + 1 }, (_, index) => index);
  for (let firstIndex = 1; firstIndex <= first.length; firstIndex++) {
    const next = [firstIndex];
    for (let secondIndex = 1; secondIndex <= second.length; secondIndex++) {
      const cost = first[firstIndex - 1] === second[secondIndex - 1] ? 0 : 1;
      next.push(
        Math.min(
          (row[secondIndex] ?? 0) + 1,
          (next[secondIndex - 1] ?? 0) + 1,
          (row[secondIndex - 1] ?? 0) + cost,
        ),
      );
    }
    row = next;
  }
  return row[second.length] ?? 0;
}
