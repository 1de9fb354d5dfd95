import type { DocumentText } from './text/extract-text.ts';

/** A part of a document's text. `page` counts from 1; null for a format without pages. */
export interface DocumentPassage {
  page: number | null;
  text: string;
}

/** The target length of a passage in characters: some paragraphs, so that words found together belong together. */
const usualLength = 1200;
/** A passage is cut in its part after this length. */
const earliest = 700;

/** Where to cut, best first: after a paragraph, a line, a sentence, a word. */
const ends = [/\n\s*\n/g, /\n/g, /[.!?]\s/g, /\s/g];

export function* documentPassages({
  pages,
  page_count,
}: DocumentText): Generator<DocumentPassage, void, void> {
  for (const [at, page] of pages.entries())
    for (const text of split(page)) yield { page: page_count === null ? null : at + 1, text };
}

function* split(page: string): Generator<string, void, void> {
  for (let from = 0; from < page.length;) {
    const end = endOf(page, from);
    const text = page.slice(from, end).trim();
    if (text !== '') yield text.toWellFormed();
    from = end;
  }
}

function endOf(page: string, from: number): number {
  if (page.length - from <= usualLength) return page.length;
  const tail = page.slice(from + earliest, from + usualLength);
  for (const end of ends) {
    const last = [...tail.matchAll(end)].at(-1);
    if (last) return from + earliest + last.index + last[0].length;
  }
  return from + usualLength;
}
