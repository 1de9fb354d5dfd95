import { foldText } from '#shared/domain/fold.ts';
import { numericFormat, unambiguousDay } from '#shared/domain/days.ts';
import { ColumnValues, looksLikePerson, particles } from './column-values.ts';
import { hasLostLetters } from '../rows/doubtful-names.ts';
import { isGivenName } from './given-names.ts';

const marks = /[:：!！？¡¿]|\?(?=$|[\s"”»)])/u;
const year = /(?<![\p{L}\d])(?:19|20)\d{2}(?![\p{L}\d])/u;
const date = /(?<!\d)\d{1,4}([./-])\s?\d{1,2}\1\s?\d{1,4}(?!\d)/;
/** "34 fő", "42 osób", "4名", "2025. október" */
const numberWithUnit = /(?<![\p{L}\d])\d[\d.,\s]*(?:[\p{Ll}\p{Lo}%]|\p{Lu}\p{Ll}+(?=$|[\s)]))/u;
/** "3. Anna", "3) Anna" */
const numberedName = /^\d+[.)]?\s+\p{Lu}/u;

const isLowerCase = (word: string): boolean => /^\p{Ll}/u.test(word);

/** Whether a text has words of a sentence; if `hasLowerCaseNames`, names have them as well. */
function isSentence(text: string, hasLowerCaseNames: boolean): boolean {
  const words = text.split(/\s+/).map((word) => word.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, ''));
  const plainWords = words.filter(
    (word) => isLowerCase(word) && !particles.has(foldText(word)) && !isGivenName(word),
  );
  return !hasLowerCaseNames && words.length > 2 && plainWords.length > 1;
}

/**
 * Whether a text alone in a row of a list of people is no person's name: a count, a date, a remark or a sentence. `names`: the names of
 * the other rows.
 */
export function isNoteText(text: string, names: readonly string[]): boolean {
  const name = text.replace(/[?*]+$/, '');
  if (isName(name) || hasLostLetters(text, true)) return false;
  if (marks.test(text)) return true;
  if (unambiguousDay(text) !== null || numericFormat(text) !== null) return true;
  if (date.test(text) || year.test(text)) return true;
  if (!hasLetters(text)) return /\d/.test(text) && names.filter(hasLetters).length > names.length * 0.8;
  if (numberWithUnit.test(text) && !numberedName.test(text)) return true;
  const lowerCaseNames = names.filter((one) => one.split(/\s+/).every(isLowerCase)).length;
  return isSentence(text, lowerCaseNames > names.length * 0.2);
}

const hasLetters = (text: string): boolean => /\p{L}/u.test(text);

const isName = (text: string): boolean =>
  looksLikePerson(text) || new ColumnValues([text]).share('name_like') === 1;
