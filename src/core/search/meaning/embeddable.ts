import { hash } from 'node:crypto';
import type { EntityType } from '#shared/domain/types.ts';
import type { Passage } from '../passages.ts';

/** The model reads the first 256 tokens, which is at most this many characters. */
const maxCharacters = 2000;
/** Types whose titles name people, which says nothing about a subject. */
const personTypes: ReadonlySet<EntityType> = new Set(['student', 'faculty', 'contact']);
const wordPattern = /\p{L}{3}/u;

export const isNameOfPerson = (type: EntityType, { isTitle }: Passage): boolean =>
  isTitle && personTypes.has(type);

export const embeddablePart = (text: string): string => text.slice(0, maxCharacters).toWellFormed();

/** The text of a passage to embed; null for one without meaning, such as a person's name, a date, an address or a single word. */
export function embeddableText(type: EntityType, passage: Passage): string | null {
  if (isNameOfPerson(type, passage)) return null;
  const { isTitle, text } = passage;
  const start = embeddablePart(text);
  const words = start.split(/\s+/).filter((part) => wordPattern.test(part) && !/[@/]/.test(part)).length;
  return words >= (isTitle ? 1 : 2) ? start : null;
}

/** The key of a text; passages with the same text share a vector. */
export const textKey = (text: string): Buffer => hash('sha256', text, 'buffer').subarray(0, 16);
