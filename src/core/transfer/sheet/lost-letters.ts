import { isUtf8 } from 'node:buffer';
import type { SheetChoices } from '#shared/contract/sheets.ts';
import type { Cell } from './table.ts';
import { asWindows1252 } from './decode.ts';
import type { RowProblems } from './row-problems.ts';
import { plain } from './words.ts';

/** What a program writes for bytes that are no letter. */
const replaced = '\ufffd';

/**
 * A question mark where a letter stood: at the beginning of a word, or between letters of one. In "Who?What" and "A?B" it is one, and
 * an end of a word cannot be told from a question.
 */
const inWord = /^[(„“"]?\?+\p{Ll}|[-–'’]\?+\p{Ll}|\p{L}\?+\p{Ll}|\p{Lu}{2}\?\p{Lu}|\p{Lu}\?\p{Lu}{2}/u;

/** Names of which no letter is left. */
const nothingLeft = /^\?{2,}(?:\s+\?{2,})+$/;

/** Signs of addresses, formulas and figures: there a question mark is what it is. */
const noWord = /[:/=&@#%<>\p{N}]|\p{L}{2}\.\p{L}/u;

/** Words that a name has at most. */
const mostWords = 8;

/**
 * Whether letters of a text were most likely lost before it came here: a program that does not have them writes "?" in names, or "�"
 * anywhere. `asName`: it may be a name.
 */
export function hasLostLetters(text: string, asName: boolean): boolean {
  if (text.includes(replaced)) return true;
  if (!asName || !text.includes('?')) return false;
  const words = text.trim().split(/\s+/, mostWords + 1);
  if (words.length > mostWords) return false;
  return nothingLeft.test(text.trim()) || words.some((word) => inWord.test(word) && !noWord.test(word));
}

/** Letters, and other signs beyond ASCII that a text in letters has. */
const ofText = /^[\p{L}\p{M}–—‘’“”„…·\u00a0]*\p{L}[\p{L}\p{M}–—‘’“”„…·\u00a0]*$/u;

/** What a text says whose UTF-8 was read as windows-1252 ("MÃ¼ller"), or null where that is not sure: every sign must fit. */
export function ungarbled(text: string): string | null {
  if (!/[\u00c3-\u00ec][^\p{Lu}\s]/u.test(text)) return null;
  const bytes = asWindows1252(text);
  if (bytes === null || !isUtf8(bytes)) return null;
  const meant = bytes.toString('utf8');
  return ofText.test(meant.replaceAll(/\p{ASCII}/gu, '')) ? meant : null;
}

/** What is said of a cell whose letters were lost; undefined where nothing is odd. */
export function lettersLost(
  cell: Cell,
  asName: boolean,
): { code: 'lost_letters'; action: 'kept' } | undefined {
  if (typeof cell !== 'string') return undefined;
  const lost = hasLostLetters(cell, asName) || ungarbled(cell) !== null;
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
    if (lettersLost(value, true) && !right.has(`${column} ${plain(value)}`))
      Object.assign(problem, { code: 'lost_letters' });
  }
}
