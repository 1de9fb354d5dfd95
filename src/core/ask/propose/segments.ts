import { foldText } from '#shared/domain/fold.ts';
import type { Lexicon, Meaning } from './lexicon.ts';
import { maxPhraseWords } from './find-names.ts';

/** A phrase of a question with all its possible meanings; none if no rule knows it. */
export interface Segment {
  words: string;
  meanings: readonly Meaning[];
  number: number | null;
}

/** The words of a question in lexicon form. Numbers keep their fraction. */
export const wordsOf = (question: string): string[] =>
  foldText(question)
    .replaceAll('%', ' percent ')
    .match(/\d+[.,]\d+(?![\p{L}\p{N}])|[\p{L}\p{M}\p{N}]+/gu) ?? [];

const asNumber = (word: string): number | null =>
  /^\d{1,15}(?:[.,]\d{1,10})?$/.test(word) ? Number(word.replace(',', '.')) : null;

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
