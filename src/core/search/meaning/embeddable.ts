import { hash } from 'node:crypto';
import type { EntityType } from '#shared/domain/types.ts';
import type { Passage } from '../passages.ts';

/** The model reads the first 256 tokens, which is at most this many characters. */
const longest = 2000;
/** Names of people have no subject. */
const people: ReadonlySet<EntityType> = new Set(['student', 'faculty', 'contact']);
const word = /\p{L}{3}/u;

export const isNameOfPerson = (type: EntityType, { isTitle }: Passage): boolean =>
  isTitle && people.has(type);

export const embeddedPart = (text: string): string => text.slice(0, longest).toWellFormed();

/** The text of a passage to embed; null for one without meaning, such as a person's name, a date, an address or a single word. */
export function embeddableText(type: EntityType, passage: Passage): string | null {
  if (isNameOfPerson(type, passage)) return null;
  const { isTitle, text } = passage;
  const start = embeddedPart(text);
  const words = start.split(/\s+/).filter((part) => word.test(part) && !/[@/]/.test(part)).length;
  return words >= (isTitle ? 1 : 2) ? start : null;
}

/** The key of a text; passages with the same text share a vector. */
export const textKey = (text: string): Buffer => hash('sha256', text, 'buffer').subarray(0, 16);
