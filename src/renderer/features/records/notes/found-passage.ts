import { create } from 'zustand';
import type { Excerpt, SearchHit } from '#shared/contract/search.ts';
import { fileField, wordsOf } from '#shared/domain/field-texts.ts';
import { fold } from '#shared/domain/fold.ts';

/** The passage of a document's file that a search found, and the words to mark in its text. */
export interface FoundPassage {
  id: string;
  page: number | null;
  excerpt: Excerpt;
  /** Folded. */
  words: readonly string[];
  /** Whether a word is marked only where it begins one. */
  atStart: boolean;
}

/** The document that was opened from a hit last. */
export const useFoundPassage = create<{ found: FoundPassage | null }>(() => ({ found: null }));

type Hit = Pick<SearchHit, 'id' | 'type' | 'field' | 'page' | 'excerpt'> & Partial<Pick<SearchHit, 'found'>>;

/** The passage of a hit in a document's file; null for other hits. `text` is what was searched for. */
function passageOf({ id, type, field, page, excerpt, found }: Hit, text: string): FoundPassage | null {
  if (type !== 'document' || field !== fileField) return null;
  // With typing errors, what was found is spelled otherwise than what was searched for.
  const marked = excerpt.marks.map(([start, end]) => excerpt.text.slice(start, end));
  const words = wordsOf(fold([text, ...marked].join(' ')));
  return { id, page, excerpt, words, atStart: found !== 'inside' };
}

/** Called when a hit is opened, so that a document shows why it was found. */
export const rememberPassage = (hit: Hit, text: string): void =>
  useFoundPassage.setState({ found: passageOf(hit, text) });

export const forgetPassage = (): void => useFoundPassage.setState({ found: null });
