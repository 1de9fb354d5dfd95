/** The kinds of token of jsonc-parser's scanner: its own names are a const enum, which stripped types cannot import. */
export const token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  space: 15,
  unknown: 16,
  end: 17,
} as const;

/** What can be wrong with a token itself. */
export const tokenFault = {
  openComment: 1,
  openString: 2,
  openNumber: 3,
  badUnicode: 4,
  badEscape: 5,
  badCharacter: 6,
} as const;
