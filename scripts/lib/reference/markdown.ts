/** Text of a table cell: a pipe would end the cell, a line break the row, and `<word>` would be HTML. */
export const cell = (text: string): string =>
  text
    .replaceAll('|', String.raw`\|`)
    .replaceAll('<', '&lt;')
    .replaceAll(/\s*\n\s*/g, ' ');

/** Text in a code span of a table cell, where GitHub still reads a pipe as the end of the cell. */
export const code = (text: string): string => `\`${text.replaceAll('|', String.raw`\|`)}\``;

/** A Markdown table, as lines. Cells are Markdown already. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${'---|'.repeat(head.length)}`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
];

/** The anchor that GitHub gives a heading. */
export const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');

export const linkTo = (heading: string, text = heading): string => `[${text}](#${anchorOf(heading)})`;

/** Says that a page is generated, and by what. */
export const generated = (from: string): string =>
  `This page is generated from ${from}. Do not edit it: run \`npm run reference\`.`;

/** Blocks of lines as a file: a blank line between two blocks, a line break at the end. */
export const page = (blocks: readonly (readonly string[])[]): string =>
  `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
