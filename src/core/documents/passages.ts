import type { DocumentText } from './text/extract-text.ts';

/** A part of a document's text. `page` counts from 1; null for a format without pages. */
export interface DocumentPassage {
  page: number | null;
  text: string;
}

/** The maximum length of a passage in characters: a few paragraphs, so that the words of one hit are close together. */
const maxLength = 1200;
/** A passage is not cut before this length. */
const minLength = 700;

/** Where to cut, best first: after a paragraph, a line, a sentence, a word. */
const cutPatterns = [/\n\s*\n/g, /\n/g, /[.!?]\s/g, /\s/g];

export function* documentPassages({
  pages,
  page_count,
}: DocumentText): Generator<DocumentPassage, void, void> {
  for (const [index, page] of pages.entries())
    for (const text of splitPage(page)) yield { page: page_count === null ? null : index + 1, text };
}

function* splitPage(page: string): Generator<string, void, void> {
  for (let start = 0; start < page.length;) {
    const end = findCut(page, start);
    const text = page.slice(start, end).trim();
    if (text !== '') yield text.toWellFormed();
    start = end;
  }
}

function findCut(page: string, start: number): number {
  if (page.length - start <= maxLength) return page.length;
  const tail = page.slice(start + minLength, start + maxLength);
  for (const pattern of cutPatterns) {
    const lastMatch = [...tail.matchAll(pattern)].at(-1);
    if (lastMatch) return start + minLength + lastMatch.index + lastMatch[0].length;
  }
  return start + maxLength;
}
