/** Lists of names in one table cell, separated by semicolons, pipes or line breaks. Names that contain a separator are quoted. */

const needsQuotes = /[;|\r\n]|^["[]|^\s|\s$/;

export const joinNames = (names: readonly string[]): string =>
  names.map((name) => (needsQuotes.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join('; ');

const quotedName = /\s*"((?:[^"]|"")*)"\s*(?:[;|\n]|$)/y;
const plainName = /([^;|\n]*)(?:[;|\n]|$)/y;

/** The names in a text, without blank ones. */
export function splitNames(text: string): string[] {
  const names: string[] = [];
  let position = 0;
  while (position < text.length) {
    quotedName.lastIndex = position;
    plainName.lastIndex = position;
    const quotedMatch = quotedName.exec(text);
    const match = quotedMatch ?? plainName.exec(text);
    if (!match) break;
    position += match[0].length;
    const name = match[1] ?? '';
    names.push(quotedMatch ? name.replaceAll('""', '"') : name.trim());
  }
  return names.filter((name) => name.trim() !== '');
}
