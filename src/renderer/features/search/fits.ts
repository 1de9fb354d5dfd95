/** What begins with it makes a search one for commands only. */
export const commandSign = '>';

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Every word typed begins a word of the text. Nothing typed fits everything. */
export function fits(text: string, query: string): boolean {
  const words = wordsOf(text);
  return wordsOf(query).every((part) => words.some((word) => word.startsWith(part)));
}

/** What was typed, without the sign for commands, and whether that stood there. */
export function readQuery(typed: string): { text: string; onlyCommands: boolean } {
  const text = typed.trimStart();
  const onlyCommands = text.startsWith(commandSign);
  return { text: (onlyCommands ? text.slice(commandSign.length) : text).trim(), onlyCommands };
}
