import type { Excerpt } from '#shared/contract/search.ts';
import { marksOf } from '#shared/domain/word-marks.ts';

const charsBefore = 40;
const charsAfter = 100;

/** The text around the first match of the folded words, with all matches marked. `atWordStart`: only matches that begin a word. */
export function excerptOf(text: string, words: readonly string[], atWordStart: boolean): Excerpt {
  const ranges = marksOf(text, words, atWordStart);
  const firstMatch = ranges[0]?.[0] ?? 0;
  const from = firstMatch <= charsBefore ? 0 : Math.max(0, text.indexOf(' ', firstMatch - charsBefore) + 1);
  const to = Math.min(text.length, firstMatch + charsAfter);
  const [head, tail] = [from > 0 ? '…' : '', to < text.length ? '…' : ''];
  const shift = head.length - from;
  return {
    text: `${head}${text.slice(from, to).toWellFormed()}${tail}`,
    marks: ranges
      .filter(([start]) => start >= from && start < to)
      .map(([start, end]) => [start + shift, Math.min(end, to) + shift]),
  };
}
