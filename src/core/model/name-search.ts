import { foldText } from '#shared/domain/fold.ts';
import { compareNames } from '#shared/domain/sort-key.ts';
import type { EntityType } from '#shared/domain/types.ts';

export interface IndexedName {
  id: string;
  type: EntityType;
  title: string;
  /** The folded title. */
  folded: string;
  university_id: string | null;
  deleted: boolean;
}

export interface SearchedNames {
  names: Iterable<IndexedName>;
  /** The folded title of a record; undefined if the id is unknown. */
  folded: (id: string) => string | undefined;
}

interface NameQuery {
  types: ReadonlySet<EntityType>;
  text: string;
  limit: number;
  deleted: boolean;
}

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

/** The typing errors allowed in a word: wrong, missing, additional or exchanged letters. */
export const mistakesIn = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** Whether a word begins with `typed`, allowing `most` typing errors (optimal string alignment, Damerau 1964). */
export function beginsAlike(word: string, typed: string, most: number): boolean {
  if (word.length + most < typed.length) return false;
  const width = Math.min(word.length, typed.length + most);
  let [before, last] = [[] as number[], Array.from({ length: width + 1 }, (_, at) => at)];
  for (let at = 1; at <= typed.length; at++) {
    const row = [at];
    for (let to = 1; to <= width; to++) {
      const same = typed[at - 1] === word[to - 1];
      let least = Math.min(
        (last[to - 1] as number) + Number(!same),
        (last[to] as number) + 1,
        (row[to - 1] as number) + 1,
      );
      if (at > 1 && to > 1 && typed[at - 1] === word[to - 2] && typed[at - 2] === word[to - 1])
        least = Math.min(least, (before[to - 2] as number) + 1);
      row.push(least);
    }
    if (Math.min(...row) > most) return false;
    [before, last] = [last, row];
  }
  return Math.min(...last) <= most;
}

type IsIn = (text: string, word: string) => boolean;

/** Whether a typed word begins a word of the text, allowing typing errors. Each pair of words is compared once. */
function alike(): IsIn {
  const known = new Map<string, boolean>();
  return (text, word) =>
    text.split(' ').some((one) => {
      const pair = `${word} ${one}`;
      const before = known.get(pair);
      if (before !== undefined) return before;
      const is = beginsAlike(one, word, mistakesIn(word));
      known.set(pair, is);
      return is;
    });
}

/** Records by title: beginning with the text, containing it, each word in the title or its university's, else similar words. */
export function searchNames(
  { names, folded }: SearchedNames,
  { types, text, limit, deleted }: NameQuery,
): IndexedName[] {
  if (limit <= 0) return [];
  const whole = foldText(text);
  const ranks: IndexedName[][] = [[], []];
  const rest: IndexedName[] = [];
  for (const name of names) {
    if (name.deleted !== deleted || !types.has(name.type)) continue;
    const at = name.folded.indexOf(whole);
    if (at === -1) rest.push(name);
    else ranks[at === 0 ? 0 : 1]?.push(name);
  }
  const words = wordsOf(whole);
  const countOf = (): number => ranks.reduce((sum, rank) => sum + rank.length, 0);
  const find = (isIn: IsIn): void => {
    const universities = new Map<string | null, boolean[]>([[null, words.map(() => false)]]);
    const inUniversity = (id: string | null): boolean[] => {
      const found = universities.get(id) ?? words.map((word) => isIn(folded(id as string) ?? '', word));
      universities.set(id, found);
      return found;
    };
    const fits = ({ folded: title, university_id: id }: IndexedName): boolean => {
      const inTitle = words.map((word) => isIn(title, word));
      return inTitle.includes(true) && inTitle.every((is, at) => is || inUniversity(id)[at]);
    };
    const { whole: first = [], part = [] } = Object.groupBy(
      words.length > 0 ? rest.filter(fits) : [],
      (name) => (wordsOf(name.folded).every((word) => words.includes(word)) ? 'whole' : 'part'),
    );
    ranks.push(first, part);
  };
  if (words.length > 1 && countOf() < limit) find((text, word) => text.includes(word));
  if (countOf() === 0) find(alike());
  const order = (a: IndexedName, b: IndexedName): number =>
    compareNames(a.title, b.title) || (a.id < b.id ? -1 : 1);
  const found: IndexedName[] = [];
  for (const rank of ranks) if (found.length < limit) found.push(...rank.sort(order));
  return found.slice(0, limit);
}
