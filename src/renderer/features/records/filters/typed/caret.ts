import type { FilterField } from '../model.ts';
import type { Lexicon } from './lexicon.ts';
import { tokensOf } from './tokens.ts';

/** What is being typed at the caret, and which part of the text a suggestion takes the place of. */
export type Caret =
  | { kind: 'field'; prefix: string; negated: boolean; from: number; to: number }
  /** `has:` or `no:`: the name of a field is wanted. */
  | { kind: 'presence'; prefix: string; from: number; to: number }
  | { kind: 'value'; field: FilterField; prefix: string; from: number; to: number }
  | null;

/** The place at the caret, an index into the text; null where nothing can be suggested: behind a blank, in plain words. */
export function caretAt(lexicon: Lexicon, text: string, caret: number): Caret {
  const token = tokensOf(text).find(({ from, to }) => from < caret && caret <= to);
  if (!token) return null;
  if (token.name === null || token.sign === null) {
    const [value] = token.values;
    if (value?.quoted) return null;
    const negated = token.raw.startsWith('-');
    const prefix = text.slice(token.from + (negated ? 1 : 0), caret);
    return { kind: 'field', prefix, negated, from: token.from, to: token.to };
  }
  const value = token.values.find(({ from, to }) => from <= caret && caret <= to) ?? token.values.at(-1);
  if (!value) return null;
  const place = { prefix: value.text, from: value.from, to: value.to };
  if (token.sign === ':' && !token.exact && (lexicon.isHas(token.name) || lexicon.isNo(token.name)))
    return { kind: 'presence', ...place };
  const field = lexicon.field(token.name, token.exact);
  return field ? { kind: 'value', field, ...place } : null;
}
