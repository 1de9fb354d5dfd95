import { erasedText } from './erased.ts';
import type { Json, JsonObject } from './json.ts';
import { nameWithoutTitles } from './person-name.ts';

/** Longest first, so that a full name is replaced before a part of it. */
export const sortTerms = (terms: Iterable<string>): string[] =>
  [...new Set(terms)].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));

/** Names and e-mail addresses in past and present payloads of a person's record: the terms to search for. */
export function termsIn(payloads: Iterable<JsonObject>): string[] {
  const terms = new Set<string>();
  for (const payload of payloads) {
    if (typeof payload.name === 'string') for (const name of spellingsOf(payload.name)) terms.add(name);
    for (const address of addressesIn(payload)) terms.add(address);
  }
  terms.delete(erasedText);
  return sortTerms(terms);
}

/** Spellings of a name: as written, without titles, and as "Last, First" or the reverse. Skips one-letter names. */
function spellingsOf(name: string): string[] {
  const trimmedName = name.trim().split(/\s+/u).join(' ');
  const untitledName = nameWithoutTitles(trimmedName);
  const words = untitledName.split(' ');
  // "Prof. Lind" leaves only "Lind", which is also the name of others.
  if (words.length < 2) return trimmedName.length < 2 ? [] : [trimmedName];
  if (words.length > 2) return [trimmedName, untitledName];
  const [first = '', second] = words;
  return [
    trimmedName,
    untitledName,
    first.endsWith(',') ? `${second} ${first.slice(0, -1)}` : `${second}, ${first}`,
  ];
}

/** The lookbehind avoids quadratic time on a long text without spaces. */
const emailPattern = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

function addressesIn(value: Json): string[] {
  if (typeof value === 'string') return value.match(emailPattern) ?? [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((part) => (part === undefined ? [] : addressesIn(part)));
}
