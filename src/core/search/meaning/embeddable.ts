import { hash } from 'node:crypto';
import type { EntityType } from '#shared/domain/types.ts';
import type { Passage } from '../passages.ts';

/** Characters of a text that reach the model, which reads the first 256 tokens. */
const longest = 2000;
/** The name of a person says nothing about a subject. */
const people: ReadonlySet<EntityType> = new Set(['student', 'faculty', 'contact']);
const word = /\p{L}{3}/u;

export const isNameOfPerson = (type: EntityType, { isTitle }: Passage): boolean =>
  isTitle && people.has(type);

/** The part of a text that is embedded. */
export const embeddedPart = (text: string): string => text.slice(0, longest).toWellFormed();

/** The text of a passage that is embedded; null for one without meaning, such as a name of a person, a date, an address or a single word in a field. */
export function embeddableText(type: EntityType, passage: Passage): string | null {
  if (isNameOfPerson(type, passage)) return null;
  const { isTitle, text } = passage;
  const start = embeddedPart(text);
  const words = start.split(/\s+/).filter((part) => word.test(part) && !/[@/]/.test(part)).length;
  return words >= (isTitle ? 1 : 2) ? start : null;
}

/** Passages with the same text share a vector, which has this key. */
export const textKey = (text: string): Buffer => hash('sha256', text, 'buffer').subarray(0, 16);
