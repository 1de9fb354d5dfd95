/** Lists of names in one table cell. Names are separated by semicolons or line breaks, and quoted if they contain either. */

const needsQuotes = /[;|\r\n]|^["[]|^\s|\s$/;

export const joinNames = (names: readonly string[]): string =>
  names.map((name) => (needsQuotes.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join('; ');

const quoted = /\s*"((?:[^"]|"")*)"\s*(?:[;|\n]|$)/y;
const plain = /([^;|\n]*)(?:[;|\n]|$)/y;

/** The names in a text, without blank ones. */
export function splitNames(text: string): string[] {
  const names: string[] = [];
  let at = 0;
  while (at < text.length) {
    quoted.lastIndex = at;
    plain.lastIndex = at;
    const inQuotes = quoted.exec(text);
    const match = inQuotes ?? plain.exec(text);
    if (!match) break;
    at += match[0].length;
    const name = match[1] ?? '';
    names.push(inQuotes ? name.replaceAll('""', '"') : name.trim());
  }
  return names.filter((name) => name.trim() !== '');
}
