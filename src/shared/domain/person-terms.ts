import { erasedText } from './erased.ts';
import type { Json, JsonObject } from './json.ts';

/** The longest first, so that a full name is replaced before a part of it. */
export const sortedTerms = (terms: Iterable<string>): string[] =>
  [...new Set(terms)].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));

/** Names and e-mail addresses in payloads of a person's record, past and present. A person is searched for by these. */
export function termsIn(payloads: Iterable<JsonObject>): string[] {
  const terms = new Set<string>();
  for (const payload of payloads) {
    if (typeof payload.name === 'string') for (const name of spellingsOf(payload.name)) terms.add(name);
    for (const address of addressesIn(payload)) terms.add(address);
  }
  terms.delete(erasedText);
  return sortedTerms(terms);
}

/** A name as written and as "Last, First". Names of one letter are skipped. */
function spellingsOf(name: string): string[] {
  const words = name.trim().split(/\s+/u);
  const plain = words.join(' ');
  if (plain.length < 2) return [];
  return words.length === 2 && !plain.includes(',') ? [plain, `${words[1]}, ${words[0]}`] : [plain];
}

/** The lookbehind avoids quadratic time on a long text without spaces. */
const address = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

function addressesIn(value: Json): string[] {
  if (typeof value === 'string') return value.match(address) ?? [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((part) => (part === undefined ? [] : addressesIn(part)));
}
