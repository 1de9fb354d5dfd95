import { sentenceText } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { lookUp } from './names.ts';

/** A sentence of core in the window's language. */
export const reasonText = (sentence: Sentence): string =>
  sentenceText(sentence, (code, values) => lookUp(`reasons:${code}`, values) ?? null);
