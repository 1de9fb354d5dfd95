import { foldText } from './fold.ts';

/** Folds a text, and returns the position in the text of each folded character. */
function foldWithPositions(text: string): { folded: string; positions: number[] } {
  const foldedText = foldText(text);
  if (foldedText.length === text.length)
    return { folded: foldedText, positions: Array.from({ length: foldedText.length }, (_, index) => index) };
  const positions: number[] = [];
  let folded = '';
  let position = 0;
  for (const letter of text) {
    const foldedLetter = foldText(letter);
    for (let part = 0; part < foldedLetter.length; part++) positions.push(position);
    folded += foldedLetter;
    position += letter.length;
  }
  return { folded, positions };
}

const isLetter = (letter: string | undefined): boolean =>
  letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

/** Ranges of words in a folded text as [start, end), without overlaps. `isPrefix`: only at the start of a word. */
function rangesOf(folded: string, words: readonly string[], isPrefix: boolean): [number, number][] {
  const ranges: [number, number][] = [];
  for (const word of words) {
    for (let start = folded.indexOf(word); start >= 0; start = folded.indexOf(word, start + 1))
      if (!isPrefix || !isLetter(folded[start - 1])) ranges.push([start, start + word.length]);
  }
  ranges.sort(([a, aEnd], [b, bEnd]) => a - b || bEnd - aEnd);
  let lastEnd = 0;
  return ranges.filter(([start, end]) => {
    if (start < lastEnd) return false;
    lastEnd = end;
    return true;
  });
}

/** Ranges of folded words in a text as [start, end) in UTF-16 units, without overlaps. `isPrefix`: only at the start of a word. */
export function marksOf(text: string, words: readonly string[], isPrefix: boolean): [number, number][] {
  const { folded, positions } = foldWithPositions(text);
  return rangesOf(folded, words, isPrefix).map(([start, end]) => [
    positions[start] ?? 0,
    positions[end] ?? text.length,
  ]);
}
