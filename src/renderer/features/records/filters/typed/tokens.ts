import { foldText } from '#shared/domain/fold.ts';
export function foldWord(text: string): string {
  return foldText(text).trim();
}

/** A name as one hyphenated word: `Terms left` → `terms-left`. */
export function slugOf(name: string): string {
  return foldWord(name)
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
}

const signs = [':', '>=', '<=', '!=', '=', '~', '>', '<'] as const;
type Sign = (typeof signs)[number];

export interface TokenValue {
  text: string;
  isQuoted: boolean;
  from: number;
  to: number;
}

/** A word, or a field with operator and values. Quotes protect blanks, commas and operators. */
export interface Token {
  from: number;
  to: number;
  raw: string;
  /** A leading "-": negated. */
  negated: boolean;
  /** Null, like the sign, for a word. */
  name: string | null;
  isNameQuoted: boolean;
  sign: Sign | null;
  values: readonly TokenValue[];
  /** Whether the last value has no open quote. */
  isClosed: boolean;
}

/** An optional minus, a bare or quoted name, and a sign. */
const conditionStart =
  /(-?)(?:([\p{L}_][\p{L}\p{M}\p{N}_-]*)|"((?:[^"]|"")+)")(:|>=|<=|!=|≥|≤|≠|=|~|>|<)\s*/uy;
const asciiSigns: Readonly<Record<string, Sign>> = { '≥': '>=', '≤': '<=', '≠': '!=' };
const isBlank = (char: string | undefined): boolean => char === undefined || /\s/.test(char);

function readValue(
  text: string,
  start: number,
  endsAtComma: boolean,
): { value: TokenValue; isClosed: boolean } {
  let end = start;
  if (text[start] !== '"') {
    const endPattern = endsAtComma ? /[\s,]|$/g : /\s|$/g;
    endPattern.lastIndex = start;
    end = endPattern.exec(text)?.index ?? text.length;
    return { value: { text: text.slice(start, end), isQuoted: false, from: start, to: end }, isClosed: true };
  }
  let content = '';
  for (end = start + 1; end < text.length; end += 1) {
    if (text[end] !== '"') content += text[end];
    else if (text[end + 1] === '"') {
      content += '"';
      end += 1;
    } else return { value: { text: content, isQuoted: true, from: start, to: end + 1 }, isClosed: true };
  }
  return { value: { text: content, isQuoted: true, from: start, to: end }, isClosed: false };
}

function readToken(text: string, start: number): Token {
  conditionStart.lastIndex = start;
  const match = conditionStart.exec(text);
  const [, minus = '', bareName = null, quotedName = null, sign = null] = match ?? [];
  const values: TokenValue[] = [];
  let isClosed = true;
  let end = match ? conditionStart.lastIndex : start;
  for (;;) {
    const result = readValue(text, end, match !== null);
    values.push(result.value);
    isClosed = result.isClosed;
    end = result.value.to;
    if (match === null || text[end] !== ',') break;
    end += 1;
  }
  return {
    from: start,
    to: end,
    raw: text.slice(start, end),
    negated: minus !== '',
    name: bareName ?? quotedName?.replaceAll('""', '"') ?? null,
    isNameQuoted: quotedName !== null,
    sign: sign === null ? null : (asciiSigns[sign] ?? (sign as Sign)),
    values,
    isClosed,
  };
}

/** The words and conditions of a typed text, in order. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < text.length;) {
    if (isBlank(text[index])) index += 1;
    else {
      const token = readToken(text, index);
      tokens.push(token);
      // Text right after a closing quote starts a new token.
      index = Math.max(token.to, index + 1);
    }
  }
  return tokens;
}

/** The text in quotes, so that it is parsed literally: `"Lead email"`. */
export function inQuotes(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A value in a form that parses back to itself. */
export function quoteToken(text: string): string {
  return text === '' || /[\s,"]|\.\./.test(text) ? inQuotes(text) : text;
}
