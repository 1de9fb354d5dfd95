import { foldText } from '#shared/domain/fold.ts';
export function foldWord(text: string): string {
  return foldText(text).trim();
}

/** A name as one word: `Terms left` → `terms-left`. */
export function oneWord(name: string): string {
  return foldWord(name)
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
}

const signs = [':', '>=', '<=', '!=', '=', '~', '>', '<'] as const;
type Sign = (typeof signs)[number];

export interface Value {
  text: string;
  quoted: boolean;
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
  name: string | null;
  exact: boolean;
  sign: Sign | null;
  values: readonly Value[];
  closed: boolean;
}

const head = /(-?)(?:([\p{L}_][\p{L}\p{M}\p{N}_-]*)|"((?:[^"]|"")+)")(:|>=|<=|!=|≥|≤|≠|=|~|>|<)\s*/uy;
const sameSign: Readonly<Record<string, Sign>> = { '≥': '>=', '≤': '<=', '≠': '!=' };
const isBlank = (sign: string | undefined): boolean => sign === undefined || /\s/.test(sign);

function readValue(text: string, at: number, commas: boolean): { value: Value; closed: boolean } {
  let end = at;
  if (text[at] !== '"') {
    const ends = commas ? /[\s,]|$/g : /\s|$/g;
    ends.lastIndex = at;
    end = ends.exec(text)?.index ?? text.length;
    return { value: { text: text.slice(at, end), quoted: false, from: at, to: end }, closed: true };
  }
  let inside = '';
  for (end = at + 1; end < text.length; end += 1) {
    if (text[end] !== '"') inside += text[end];
    else if (text[end + 1] === '"') {
      inside += '"';
      end += 1;
    } else return { value: { text: inside, quoted: true, from: at, to: end + 1 }, closed: true };
  }
  return { value: { text: inside, quoted: true, from: at, to: end }, closed: false };
}

function readToken(text: string, at: number): Token {
  head.lastIndex = at;
  const match = head.exec(text);
  const [, minus = '', word = null, inQuotes = null, sign = null] = match ?? [];
  const values: Value[] = [];
  let closed = true;
  let end = match ? head.lastIndex : at;
  for (;;) {
    const read = readValue(text, end, match !== null);
    values.push(read.value);
    closed = read.closed;
    end = read.value.to;
    if (match === null || text[end] !== ',') break;
    end += 1;
  }
  return {
    from: at,
    to: end,
    raw: text.slice(at, end),
    negated: minus !== '',
    name: word ?? inQuotes?.replaceAll('""', '"') ?? null,
    exact: inQuotes !== null,
    sign: sign === null ? null : (sameSign[sign] ?? (sign as Sign)),
    values,
    closed,
  };
}

/** The words and conditions of a typed text, in order. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    if (isBlank(text[at])) at += 1;
    else {
      const token = readToken(text, at);
      tokens.push(token);
      // A quote that ends within a word starts a new word.
      at = Math.max(token.to, at + 1);
    }
  }
  return tokens;
}

/** Quoted, so that it is read literally: `"Lead email"`. */
export function inQuotes(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A value in a form that parses back to itself. */
export function quoteToken(text: string): string {
  return text === '' || /[\s,"]|\.\./.test(text) ? inQuotes(text) : text;
}
