import { foldText } from './fold.ts';

const asciiPattern = /^\p{ASCII}*$/u;

const lowerAscii = (text: string): string => text.replace(/[A-Z]+/g, (run) => run.toLowerCase());

/**
 * Digits that compare by value: no leading zeros, prefixed with their count. The count is a digit too (9, then three digits, from 9 on), so
 * that numbers keep their place between other characters.
 */
function numberKey(digits: string): string {
  const number = digits.replace(/^0+(?=\d)/, '');
  const { length } = number;
  return (length < 9 ? String(length) : `9${String(Math.min(length, 999)).padStart(3, '0')}`) + number;
}

/**
 * Sort key of a text, compared character by character. Numbers sort by value (Team 9 before Team 10), Ö and Ø as O, ß as ss, without case.
 * Texts that differ only in accents or leading zeros are ordered by the text itself.
 */
export function sortKey(text: string): string {
  const folded = foldText(text);
  const key = folded.replaceAll(/\d+/g, numberKey);
  return asciiPattern.test(text) && !/(?<!\d)0\d/.test(text) ? key : `${key}\0${lowerAscii(text)}`;
}

/** Compares texts by their UTF-16 units. */
export const compareText = (a: string, b: string): number => Number(a > b) - Number(a < b);

export function compareNames(a: string, b: string): number {
  return compareText(sortKey(a), sortKey(b));
}
