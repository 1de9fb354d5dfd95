import { foldText } from '#shared/domain/fold.ts';
import { parseNumberText } from '#shared/domain/number-text.ts';
import type { NumberText } from '#shared/domain/number-text.ts';
import type { Lexicon, Meaning } from './lexicon.ts';
import { maxPhraseWords } from './find-names.ts';

/** A phrase of a question with all its possible meanings; none if no rule knows it. */
export interface Segment {
  words: string;
  meanings: readonly Meaning[];
  number: NumberText | null;
}

/** The words of a question in lexicon form. Numbers keep their separators: "1.200,5", "12 000". */
export const wordsOf = (question: string): string[] =>
  foldText(question)
    .replaceAll('%', ' percent ')
    .match(
      /(?:\d+(?:[.,]\d+)+|[1-9]\d{0,2}(?:[\s']\d{3})+(?:[.,]\d+)?)(?![\p{L}\p{N}])|[\p{L}\p{M}\p{N}]+/gu,
    ) ?? [];

function asNumber(word: string): NumberText | null {
  const number = /^\d/.test(word) ? parseNumberText(word) : null;
  return number?.isExact === true ? number : null;
}

/** Divides words into phrases, longest first. For the same words, other meanings come before names. */
export function divideIntoSegments(words: readonly string[], lexicon: Lexicon, names: Lexicon): Segment[] {
  const segments: Segment[] = [];
  for (let index = 0; index < words.length;) {
    let length = Math.min(maxPhraseWords, words.length - index);
    let meanings: readonly Meaning[] = [];
    for (; length > 0; length -= 1) {
      const phrase = words.slice(index, index + length).join(' ');
      meanings = [...(lexicon.get(phrase) ?? []), ...(names.get(phrase) ?? [])];
      if (meanings.length > 0) break;
    }
    length = Math.max(1, length);
    const phrase = words.slice(index, index + length).join(' ');
    segments.push({ words: phrase, meanings, number: length === 1 ? asNumber(phrase) : null });
    index += length;
  }
  return segments;
}
