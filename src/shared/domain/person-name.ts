import { foldText } from './fold.ts';
import type { EntityType } from './types.ts';

export const isPerson = (type: EntityType): boolean => type === 'student' || type === 'faculty';

const titles: ReadonlySet<string> = new Set(
  [
    'dr prof professor professorin mr mrs ms miss mx sir herr frau hr fr ing dipl mag msc bsc ba ma phd md mba jr sr pd priv doz habil',
    'rer nat med phil univ hc h c dott dottssa dr-ing dipl-ing eng m sc b a e',
    'doc inz mgr hab bc csc drsc dsc rndr mudr judr phdr paeddr',
  ].flatMap((line) => line.split(' ')),
);

/** Abbreviations that are a title only next to another part of a title: "B. Sc.", "Dr. h. c.". */
const titleParts: ReadonlySet<string> = new Set([
  'h',
  'c',
  'm',
  'sc',
  'b',
  'a',
  'e',
  'rer',
  'nat',
  'med',
  'phil',
  'fr',
  'hr',
  'ma',
  'ba',
  'eng',
]);

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{M}\p{N}']+/u).filter((word) => word !== '');

const isFullTitle = (word: string): boolean => titles.has(word) && !titleParts.has(word);

function nameBounds(words: readonly string[]): [number, number] {
  let [start, end] = [0, words.length];
  while (
    start < end - 1 &&
    (isFullTitle(words[start] as string) || (start > 0 && titleParts.has(words[start] as string)))
  )
    start += 1;
  while (end > start + 1 && isFullTitle(words[end - 1] as string)) end -= 1;
  return [start, end];
}

const withoutTitles = (words: readonly string[]): string[] => words.slice(...nameBounds(words));

const plainWord = (word: string): string => foldText(word).replaceAll(/[^\p{L}\p{M}\p{N}'-]/gu, '');

/** Whether a word of a name is a title: "Dr.", "prof.". */
export const isTitleWord = (word: string): boolean => isFullTitle(plainWord(word));

/** A name without titles before and after it: "Dr. Ada Novak" and "Ada Novak, PhD" are both "Ada Novak". */
export function nameWithoutTitles(name: string): string {
  const words = name.trim().split(/\s+/u);
  const [start, end] = nameBounds(words.map(plainWord));
  return words.slice(start, end).join(' ').replace(/,$/u, '');
}

/** Pronouns and a name at birth: "(she/her)", "(née Krog)", "geb. Krog". */
const remark =
  /\((?:she|he|they|ze|xe|sie|er|dey|elle|il|iel|ella|el|elu|hen|hon|han)(?:\s*[/,|]\s*\p{L}+)*\)|\(?\b(?:nee|born|geb\.?|geborene?r?|roz\.?|z domu)\s+\p{L}[\p{L}'-]*\)?/gu;

/**
 * Normalised words of a person's name in spoken order. "Novak, Ada", "Dr. Ada Novak", "Ada Novak, PhD" and "Ada Novak (she/her)" all give
 * `ada novak`.
 */
export function personWords(name: string): string[] {
  const [last = [], ...others] = foldText(name)
    .replaceAll(remark, ' ')
    .replaceAll("'", '')
    .split(',')
    .map(wordsOf)
    .filter((words) => words.some((word) => !titles.has(word)));
  const [first = []] = others;
  const words = withoutTitles([...withoutTitles(first), ...withoutTitles(last)]);
  return words.length > 0 ? words : wordsOf(foldText(name));
}

/** "Dr. Ida Falk" for "Falk, Dr. Ida"; null for a name without a single comma between two parts. */
export function givenNameFirst(name: string): string | null {
  const [family = '', given = '', ...more] = name.split(',').map((part) => part.trim());
  const isTitle = wordsOf(foldText(given)).every((word) => titles.has(word));
  return family === '' || given === '' || more.length > 0 || isTitle ? null : `${given} ${family}`;
}

export const personKey = (name: string): string => personWords(name).join(' ');

/** Whether two names can belong to one person if some words are initials: "A. Novak" and "Ada Novak". */
export function canBeSamePerson(words: readonly string[], otherWords: readonly string[]): boolean {
  if (words.length !== otherWords.length || words.length < 2) return false;
  let [initials, wholeWords] = [0, 0];
  for (const [index, word] of words.entries()) {
    const otherWord = otherWords[index] as string;
    if (word === otherWord) wholeWords += Number(word.length > 1);
    else if (
      (word.length === 1 && otherWord.startsWith(word)) ||
      (otherWord.length === 1 && word.startsWith(otherWord))
    )
      initials += 1;
    else return false;
  }
  return initials > 0 && wholeWords > 0;
}
