import { anchorOf } from '#scripts/lib/reference/markdown.ts';

/** A Markdown file: its path in the repository, with slashes, and its text. */
export interface Page {
  path: string;
  text: string;
}

const fence = /^( *)(```+|~~~+)[^\n]*\n([\s\S]*?)^\1\2 *$/gm;
const span = /(`+)([\s\S]*?[^`])\1(?!`)/g;

/** The text without code: what remains is prose with its links and headings. */
export const proseOf = (text: string): string =>
  text.replaceAll(fence, '').replaceAll(span, (whole) => (whole.includes('\n\n') ? whole : '`'));

/** Lines of the code blocks, fenced or indented. A line that ends in a backslash goes on. */
export const blockLines = (text: string): string[] => [
  ...[...text.matchAll(fence)].flatMap(([, , , body = '']) => body.replaceAll(/\\\n\s*/g, ' ').split('\n')),
  ...[...text.replaceAll(fence, '').matchAll(/^ {4}(\S.*)$/gm)].map(([, line = '']) => line),
];

/** The code spans of each line of prose. A cell of a table writes a pipe with a backslash. */
export const spanLines = (text: string): string[][] =>
  text
    .replaceAll(fence, '')
    .split(/\n(?=[|\n\-#]|\d)/)
    .map((line) =>
      [...line.matchAll(span)].map(([, , body = '']) =>
        body
          .replaceAll(String.raw`\|`, '|')
          .replaceAll(/\s+/g, ' ')
          .trim(),
      ),
    );

export const linksOf = (text: string): string[] => [
  ...[...proseOf(text).matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)].map(([, target = '']) => target),
  ...[...proseOf(text).matchAll(/\b(?:src|href)="([^"]+)"/g)].map(([, target = '']) => target),
];

/** Every anchor of a page: GitHub numbers headings that are alike. */
export function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = [...text.replaceAll(fence, '').matchAll(/^#{1,6} +(.+?) *#*$/gm)];
  const anchors = headings.map(([, heading = '']) => {
    const anchor = anchorOf(heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
  return new Set([...anchors, ...[...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id = '']) => id)]);
}
