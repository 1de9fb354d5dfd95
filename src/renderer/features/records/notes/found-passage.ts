import type { Excerpt, SearchHit } from '#shared/contract/search.ts';
import { fileField, wordsOf } from '#shared/domain/field-texts.ts';
import { foldText } from '#shared/domain/fold.ts';
import { windowStore } from '../../../api/window-store.ts';

export interface FoundPassage {
  id: string;
  page: number | null;
  excerpt: Excerpt;
  /** The words to mark, folded (`foldText`). */
  words: readonly string[];
  /** Whether a word is marked only where a word of the text begins with it. */
  onlyAtWordStart: boolean;
}

/** The passage of the hit from which a document was last opened; null after other hits. */
export const useFoundPassage = windowStore<{ found: FoundPassage | null }>(() => ({ found: null }));

type Hit = Pick<SearchHit, 'id' | 'type' | 'field' | 'page' | 'excerpt'> & Partial<Pick<SearchHit, 'found'>>;

/** The passage of a hit in a document's file; null for other hits. `text` is the search. */
function passageOf({ id, type, field, page, excerpt, found }: Hit, text: string): FoundPassage | null {
  if (type !== 'document' || field !== fileField) return null;
  // With typing errors, the found words differ from the search.
  const markedTexts = excerpt.marks.map(([start, end]) => excerpt.text.slice(start, end));
  const words = wordsOf(foldText([text, ...markedTexts].join(' ')));
  return { id, page, excerpt, words, onlyAtWordStart: found !== 'inside' };
}

/** Called when a hit is opened, so that the document shows why it was found. */
export const rememberPassage = (hit: Hit, text: string): void =>
  useFoundPassage.setState({ found: passageOf(hit, text) });

export const clearPassage = (): void => useFoundPassage.setState({ found: null });
