import type { SheetChoices } from '#shared/contract/sheets.ts';
import type { Cell } from './table.ts';
import { ungarbled } from './garbled.ts';
import type { RowProblems } from './row-problems.ts';
import { plain } from './words.ts';

/** What a program writes for bytes that are no letter. */
const replaced = '\ufffd';

/**
 * A question mark where a letter stood: at the beginning of a word, or between letters of one. In "Who?What" and "A?B" it is one, and
 * an end of a word cannot be told from a question.
 */
const inWord = /^[(„“"]?\?+\p{Ll}|[-–'’]\?+\p{Ll}|\p{L}\?+\p{Ll}|\p{Lu}{2}\?\p{Lu}|\p{Lu}\?\p{Lu}{2}/u;

/** Words with a question mark between them, all small or all in capitals: a name begins with a capital and goes on small. */
const twoWords = /^(?:\p{Ll}{2,}(?:\?\p{Ll}{2,})+|\p{Lu}{2,}(?:\?\p{Lu}{2,})+)\??$/u;

/** In what is not called a name: a word that begins with the lost letter, or with a capital, and has lost one place. */
const asInNames = /^(?:\?+\p{Ll}{2,}|\p{Lu}\p{Ll}{0,2}\?+\p{Ll}+|\p{Lu}\p{Ll}+\?+\p{Ll}{1,2})[,;.)]?$/u;

/** Names of which no letter is left. */
const nothingLeft = /^\?{2,}(?:\s+\?{2,})+$/;

/** Signs of addresses, formulas and figures: there a question mark is what it is. */
const noWord = /[:/=&@#%<>\p{N}]|\p{L}{2}\.\p{L}/u;

/** Words that a name has at most. */
const mostWords = 8;

/** What a text may be: a name, a name among other things (a column that the workspace does not know), or no name. */
export type Wording = 'name' | 'any' | 'prose';

function lacks(word: string, wording: Wording): boolean {
  if (noWord.test(word) || !inWord.test(word) || twoWords.test(word)) return false;
  return wording === 'name' || asInNames.test(word);
}

/**
 * Whether letters of a text were most likely lost before it came here: a program that does not have them writes "?" in names, or "�"
 * anywhere.
 */
export function hasLostLetters(text: string, wording: Wording): boolean {
  if (text.includes(replaced)) return true;
  if (wording === 'prose' || !text.includes('?')) return false;
  const words = text.trim().split(/\s+/, mostWords + 1);
  if (words.length > mostWords) return false;
  return nothingLeft.test(text.trim()) || words.some((word) => lacks(word, wording));
}

/** What is said of a cell whose letters were lost; undefined where nothing is odd. */
export function lettersLost(
  cell: Cell,
  wording: Wording,
): { code: 'lost_letters'; action: 'kept' } | undefined {
  if (typeof cell !== 'string') return undefined;
  const lost = hasLostLetters(cell, wording) || ungarbled(cell) !== null;
  return lost ? { code: 'lost_letters', action: 'kept' } : undefined;
}

/** Problems looked at between two pauses. */
const piece = 500;

/**
 * Makes each name that is made along although letters of it were lost a thing to look at, unless the person said that it is right, or
 * that all that are missing are made. Yields problems done.
 */
export function* markLost(
  { values, missing }: Pick<SheetChoices, 'values' | 'missing'>,
  problems: RowProblems,
): Generator<number, void, void> {
  const right = new Set(
    values
      .filter(({ create, value, becomes }) => create && becomes === value)
      .map(({ column, value }) => `${column} ${plain(value)}`),
  );
  let done = 0;
  for (const problem of problems.all()) {
    if (++done % piece === 0) yield done;
    const { code, column, field, value } = problem;
    if (code !== 'reference_created' || missing[field ?? ''] === 'create') continue;
    if (lettersLost(value, 'name') && !right.has(`${column} ${plain(value)}`))
      Object.assign(problem, { code: 'lost_letters' });
  }
}
