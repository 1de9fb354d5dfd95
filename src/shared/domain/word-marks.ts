import { foldText } from './fold.ts';

/** A folded text with the source position of each of its characters. */
function foldWithPlaces(text: string): { folded: string; places: number[] } {
  const whole = foldText(text);
  if (whole.length === text.length)
    return { folded: whole, places: Array.from({ length: whole.length }, (_, at) => at) };
  const places: number[] = [];
  let folded = '';
  let at = 0;
  for (const letter of text) {
    const one = foldText(letter);
    for (let part = 0; part < one.length; part++) places.push(at);
    folded += one;
    at += letter.length;
  }
  return { folded, places };
}

const isLetter = (letter: string | undefined): boolean =>
  letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

/** Ranges of words in a folded text as [start, end), without overlaps. `atStart`: only at the start of a word. */
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

/** Ranges of folded words in a text as [start, end) in UTF-16 units, without overlaps. `atStart`: only at the start of a word. */
export function marksOf(text: string, words: readonly string[], atStart: boolean): [number, number][] {
  const { folded, places } = foldWithPlaces(text);
  return rangesOf(folded, words, atStart).map(([start, end]) => [
    places[start] ?? 0,
    places[end] ?? text.length,
  ]);
}
