import type { Excerpt } from '#shared/contract/search.ts';
import { fold } from '#shared/domain/fold.ts';

/** Characters shown before and after the first match. */
const before = 40;
const after = 100;

/** A folded text, and for each of its characters the place in the text that it comes from. */
function foldWithPlaces(text: string): { folded: string; places: number[] } {
  const whole = fold(text);
  if (whole.length === text.length) return { folded: whole, places: Array.from(whole, (_, at) => at) };
  const places: number[] = [];
  let folded = '';
  let at = 0;
  for (const letter of text) {
    const one = fold(letter);
    for (let part = 0; part < one.length; part++) places.push(at);
    folded += one;
    at += letter.length;
  }
  return { folded, places };
}

const isLetter = (letter: string | undefined): boolean =>
  letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

/** Where words are in a folded text, as [start, end), without overlaps. With `atStart` only at the beginning of a word. */
function rangesOf(folded: string, words: readonly string[], atStart: boolean): [number, number][] {
  const found: [number, number][] = [];
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1))
      if (!atStart || !isLetter(folded[at - 1])) found.push([at, at + word.length]);
  }
  found.sort(([a, aEnd], [b, bEnd]) => a - b || bEnd - aEnd);
  let last = 0;
  return found.filter(([start, end]) => {
    if (start < last) return false;
    last = end;
    return true;
  });
}

/** The text around the first of the folded words, with all of them marked. `atStart`: only words that begin so. */
export function excerptOf(text: string, words: readonly string[], atStart: boolean): Excerpt {
  const { folded, places } = foldWithPlaces(text);
  const ranges = rangesOf(folded, words, atStart).map(([start, end]): [number, number] => [
    places[start] ?? 0,
    places[end] ?? text.length,
  ]);
  const first = ranges[0]?.[0] ?? 0;
  const from = first <= before ? 0 : Math.max(0, text.indexOf(' ', first - before) + 1);
  const to = Math.min(text.length, first + after);
  const [head, tail] = [from > 0 ? '…' : '', to < text.length ? '…' : ''];
  const shift = head.length - from;
  return {
    text: `${head}${text.slice(from, to).toWellFormed()}${tail}`,
    marks: ranges
      .filter(([start]) => start >= from && start < to)
      .map(([start, end]) => [start + shift, Math.min(end, to) + shift]),
  };
}
