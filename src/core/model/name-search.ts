import { foldText } from '#shared/domain/fold.ts';
import { compareNames } from '#shared/domain/sort-key.ts';
import type { EntityType } from '#shared/domain/types.ts';

export interface IndexedName {
  id: string;
  type: EntityType;
  title: string;
  foldedTitle: string;
  university_id: string | null;
  /** The main team of a student; null for other types. */
  team_id: string | null;
  deleted: boolean;
}

export interface SearchedNames {
  names: Iterable<IndexedName>;
  /** The folded title of a record; undefined if the id is unknown. */
  foldedTitle: (id: string) => string | undefined;
}

export interface NameQuery {
  types: ReadonlySet<EntityType>;
  text: string;
  limit: number;
  deleted: boolean;
  /** Ids of people, teams and universities: they and their members precede all others, in this order. */
  near?: readonly string[];
  /** Adds records of which only the team or university matches, last. */
  byPlace?: boolean;
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

/** Tests the words of a query in titles of records and in those of their team and university. */
function createWordMatcher(
  words: readonly string[],
  foldedTitle: SearchedNames['foldedTitle'],
  isIn: WordTest,
) {
  const matchesById = new Map<string, boolean[]>();
  const matchesOf = (id: string | null): readonly boolean[] => {
    if (id === null) return [];
    const matches = matchesById.get(id) ?? words.map((word) => isIn(foldedTitle(id) ?? '', word));
    matchesById.set(id, matches);
    return matches;
  };
  return ({ foldedTitle: title, university_id, team_id }: IndexedName): { own: boolean; all: boolean } => {
    const own = words.map((word) => isIn(title, word));
    const [university, team] = [matchesOf(university_id), matchesOf(team_id)];
    return {
      own: own.includes(true),
      all: own.every((isMatch, index) => isMatch || university[index] || team[index]),
    };
  };
}

const isWordStart = (text: string, position: number): boolean =>
  !/[\p{L}\p{N}]/u.test(text[position - 1] ?? ' ');

const compareIndexed = (a: IndexedName, b: IndexedName): number =>
  compareNames(a.title, b.title) || (a.id < b.id ? -1 : 1);

/** The first `limit` names in order. Sorts few at a time, because comparing names is slow. */
function firstNames(names: readonly IndexedName[], limit: number): IndexedName[] {
  const first: IndexedName[] = [];
  let last: IndexedName | undefined;
  for (const name of names) {
    if (last && compareIndexed(name, last) > 0) continue;
    first.push(name);
    if (first.length < 2 * limit) continue;
    first.sort(compareIndexed).length = limit;
    last = first[limit - 1];
  }
  return first.sort(compareIndexed).slice(0, limit);
}

/**
 * Records in this order: the title begins with the text, a word of it does, it contains the text, it has each word (or its university's or
 * team's title has), or similar words. Without a text, by the order of the types.
 */
export function searchNames(
  { names, foldedTitle }: SearchedNames,
  { types, text, limit, deleted, near = [], byPlace = false }: NameQuery,
): IndexedName[] {
  if (limit <= 0) return [];
  const foldedQuery = foldText(text);
  const words = wordsOf(foldedQuery);
  const typeOrder = [...types];
  const ranks: IndexedName[][] = Array.from({ length: Math.max(3, typeOrder.length) }, () => []);
  const unranked: IndexedName[] = [];
  for (const name of names) {
    if (name.deleted !== deleted || !types.has(name.type)) continue;
    const position = name.foldedTitle.indexOf(foldedQuery);
    if (foldedQuery === '') ranks[typeOrder.indexOf(name.type)]?.push(name);
    else if (position === -1) unranked.push(name);
    else ranks[position === 0 ? 0 : isWordStart(name.foldedTitle, position) ? 1 : 2]?.push(name);
  }
  const countRanked = (): number => ranks.reduce((sum, rank) => sum + rank.length, 0);
  const addMatches = (isIn: WordTest): void => {
    const matchWords = createWordMatcher(words, foldedTitle, isIn);
    const [whole, beginning, part, place]: IndexedName[][] = [[], [], [], []];
    for (const name of words.length > 0 ? unranked : []) {
      const { own, all } = matchWords(name);
      if (!all) continue;
      if (!own) place?.push(name);
      else if (wordsOf(name.foldedTitle).every((word) => words.includes(word))) whole?.push(name);
      else if (words.some((word) => name.foldedTitle.startsWith(word))) beginning?.push(name);
      else part?.push(name);
    }
    ranks.push(whole ?? [], beginning ?? [], part ?? [], byPlace ? (place ?? []) : []);
  };
  if ((words.length > 1 || byPlace) && countRanked() < limit)
    addMatches((title, word) => title.includes(word));
  if (countRanked() === 0) addMatches(createTypoTest());
  const distanceById = new Map(near.map((id, index) => [id, index]));
  const distance = ({ id, team_id, university_id }: IndexedName): number =>
    Math.min(...[id, team_id, university_id].map((place) => distanceById.get(place ?? '') ?? near.length));
  const isNear = (name: IndexedName): boolean => near.length > 0 && distance(name) < near.length;
  const results = ranks
    .flatMap((rank) => rank.filter(isNear).sort(compareIndexed))
    .sort((a, b) => distance(a) - distance(b));
  for (const rank of ranks) {
    const missing = limit - results.length;
    if (missing > 0)
      results.push(...firstNames(near.length > 0 ? rank.filter((name) => !isNear(name)) : rank, missing));
  }
  return results.slice(0, limit);
}
