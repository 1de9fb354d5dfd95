import { foldText } from '#shared/domain/fold.ts';
import { compareNames } from '#shared/domain/sort-key.ts';
import type { EntityType } from '#shared/domain/types.ts';

export interface IndexedName {
  id: string;
  type: EntityType;
  title: string;
  foldedTitle: string;
  university_id: string | null;
  deleted: boolean;
}

export interface SearchedNames {
  names: Iterable<IndexedName>;
  /** The folded title of a record; undefined if the id is unknown. */
  foldedTitle: (id: string) => string | undefined;
}

interface NameQuery {
  types: ReadonlySet<EntityType>;
  text: string;
  limit: number;
  deleted: boolean;
}

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

/** The typing errors allowed in a word: wrong, missing, additional or exchanged letters. */
export const allowedTypos = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** Whether a word begins with `prefix`, allowing `maxTypos` typing errors (optimal string alignment, Damerau 1964). */
export function beginsWithTypos(word: string, prefix: string, maxTypos: number): boolean {
  if (word.length + maxTypos < prefix.length) return false;
  const width = Math.min(word.length, prefix.length + maxTypos);
  let [secondLastRow, lastRow] = [[] as number[], Array.from({ length: width + 1 }, (_, index) => index)];
  for (let prefixIndex = 1; prefixIndex <= prefix.length; prefixIndex++) {
    const row = [prefixIndex];
    for (let wordIndex = 1; wordIndex <= width; wordIndex++) {
      const isSame = prefix[prefixIndex - 1] === word[wordIndex - 1];
      let cost = Math.min(
        (lastRow[wordIndex - 1] as number) + Number(!isSame),
        (lastRow[wordIndex] as number) + 1,
        (row[wordIndex - 1] as number) + 1,
      );
      if (
        prefixIndex > 1 &&
        wordIndex > 1 &&
        prefix[prefixIndex - 1] === word[wordIndex - 2] &&
        prefix[prefixIndex - 2] === word[wordIndex - 1]
      )
        cost = Math.min(cost, (secondLastRow[wordIndex - 2] as number) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > maxTypos) return false;
    [secondLastRow, lastRow] = [lastRow, row];
  }
  return Math.min(...lastRow) <= maxTypos;
}

type WordTest = (text: string, word: string) => boolean;

/** Creates a test of whether a typed word begins a word of the text, allowing typing errors. Compares each pair of words once. */
function createTypoTest(): WordTest {
  const resultByPair = new Map<string, boolean>();
  return (text, word) =>
    text.split(' ').some((textWord) => {
      const pair = `${word} ${textWord}`;
      const cached = resultByPair.get(pair);
      if (cached !== undefined) return cached;
      const isPrefix = beginsWithTypos(textWord, word, allowedTypos(word));
      resultByPair.set(pair, isPrefix);
      return isPrefix;
    });
}

/** Records in this order: the title begins with the text, contains it, has each word (or its university's title has), or similar words. */
export function searchNames(
  { names, foldedTitle }: SearchedNames,
  { types, text, limit, deleted }: NameQuery,
): IndexedName[] {
  if (limit <= 0) return [];
  const foldedQuery = foldText(text);
  const ranks: IndexedName[][] = [[], []];
  const unranked: IndexedName[] = [];
  for (const name of names) {
    if (name.deleted !== deleted || !types.has(name.type)) continue;
    const position = name.foldedTitle.indexOf(foldedQuery);
    if (position === -1) unranked.push(name);
    else ranks[position === 0 ? 0 : 1]?.push(name);
  }
  const words = wordsOf(foldedQuery);
  const countRanked = (): number => ranks.reduce((sum, rank) => sum + rank.length, 0);
  const addMatches = (isIn: WordTest): void => {
    const matchesByUniversity = new Map<string | null, boolean[]>([[null, words.map(() => false)]]);
    const universityMatches = (id: string | null): boolean[] => {
      const matches =
        matchesByUniversity.get(id) ?? words.map((word) => isIn(foldedTitle(id as string) ?? '', word));
      matchesByUniversity.set(id, matches);
      return matches;
    };
    const hasAllWords = ({ foldedTitle: title, university_id: id }: IndexedName): boolean => {
      const titleMatches = words.map((word) => isIn(title, word));
      return (
        titleMatches.includes(true) &&
        titleMatches.every((isMatch, index) => isMatch || universityMatches(id)[index])
      );
    };
    const { whole: wholeTitles = [], part: partTitles = [] } = Object.groupBy(
      words.length > 0 ? unranked.filter(hasAllWords) : [],
      (name) => (wordsOf(name.foldedTitle).every((word) => words.includes(word)) ? 'whole' : 'part'),
    );
    ranks.push(wholeTitles, partTitles);
  };
  if (words.length > 1 && countRanked() < limit) addMatches((text, word) => text.includes(word));
  if (countRanked() === 0) addMatches(createTypoTest());
  const compare = (a: IndexedName, b: IndexedName): number =>
    compareNames(a.title, b.title) || (a.id < b.id ? -1 : 1);
  const results: IndexedName[] = [];
  for (const rank of ranks) if (results.length < limit) results.push(...rank.sort(compare));
  return results.slice(0, limit);
}
