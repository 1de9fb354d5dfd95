import { isUtf8 } from 'node:buffer';
import type { SheetChoices } from '#shared/contract/sheets.ts';
import { asWindows1252 } from '../../files/read-file.ts';
import type { RowProblems } from './row.ts';
import type { Cell } from './table.ts';
import { plain } from '../../interchange/headings.ts';

/** Could begin what UTF-8 has beyond ASCII, read as windows-1252: without one there is nothing to look at. */
const lead = /[\u00c2-\u00f4]/;

/** Letters of the Latin alphabets of Europe, of Romanian and Vietnamese, and the signs that texts in them have. */
const latin = /[\u00a0-\u017f\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u1e00-\u1eff‐-›€№™−]/u;

/** Letters of another script, of which one alone among Latin ones is chance and no word. */
const greek = /[\u0370-\u03ff]/u;
const cyrillic = /[\u0400-\u045f\u0490-\u0491]/u;
const hebrew = /[\u05d0-\u05ea]/u;
const arabic = /[\u0620-\u064a\u0660-\u0669\u067e-\u06d3]/u;
const twoBytes = [greek, cyrillic, hebrew, arabic];

/** What three and more bytes say never comes by chance. */
const manyBytes = /[\p{L}\p{M}\p{Extended_Pictographic}\p{Sc}\p{So}]/u;

/** Signs that stand after a capital anyLetter in good texts too ("SPÄ’S", "Block Ä–B"), and those that end a word ("NESCAFÉ®"). */
const joins = /[‘’–—\u00a0]/u;
const ends = /[“”…®™»«·°]/u;

const letters = /\p{L}{2}/u;
const capital = /\p{Lu}/u;
const anyLetter = /\p{L}/u;
const small = /\p{Ll}/u;
/** Ã and Â, which begin most of what is garbled and end next to nothing that is not. */
const telling = /[\u00c2\u00c3]/;

/** One sign that stood as several. `chance`: what stands there may be meant as it is. */
interface Read {
  sign: string;
  chance: boolean;
}

/** Whether a pair may be a capital anyLetter and the sign after it: at the end of capitals, or by itself where no word goes on. */
function mayBeMeant(text: string, at: number): boolean {
  const [first = '', second = '', before = '', after = ''] = [
    text[at],
    text[at + 1],
    text[at - 1],
    text[at + 2],
  ];
  if (telling.test(first) || !(joins.test(second) || (ends.test(second) && !anyLetter.test(after))))
    return false;
  return capital.test(before) || (!anyLetter.test(before) && !small.test(after));
}

/** The signs beyond ASCII that a garbled text says; its letters before and after tell what may be meant as it is. */
function* readSigns(text: string, meant: string): Generator<Read> {
  let at = 0;
  for (const sign of meant) {
    const length = Buffer.byteLength(sign);
    if (length > 1) yield { sign, chance: length === 2 && mayBeMeant(text, at) };
    at += length;
  }
}

/**
 * What a text says whose UTF-8 was read as windows-1252 ("MÃ¼ller"), or null where that is not sure: every sign of it must fit, and
 * what comes out must be letters that stand in one text. Linear in the length of the text.
 */
export function ungarbled(text: string): string | null {
  if (!lead.test(text)) return null;
  const bytes = asWindows1252(text);
  if (bytes === null || !isUtf8(bytes)) return null;
  const meant = bytes.toString('utf8');
  const others = new Map<RegExp, number>();
  let [sure, found] = [0, 0];
  for (const { sign, chance } of readSigns(text, meant)) {
    const script = twoBytes.find((one) => one.test(sign));
    if (script) others.set(script, (others.get(script) ?? 0) + 1);
    else if (!latin.test(sign) && !(Buffer.byteLength(sign) > 2 && manyBytes.test(sign))) return null;
    found += 1;
    if (!chance) sure += 1;
  }
  if (found === 0 || (sure === 0 && found < 2)) return null;
  if ([...others.values()].some((count) => count < 2)) return null;
  return letters.test(meant) ? meant : null;
}

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
