import { fieldOf } from './entities.ts';
import type { Json, JsonObject } from './json.ts';
import { nameField } from './title.ts';
import type { EntityType } from './types.ts';

/** Characters of a field that are indexed. */
const longest = 100_000;

/** The field of a document with its file. */
export const fileField = 'file';

/** A reference leads to a record with a name of its own, and values of a list are for filters. */
function isSearched(type: EntityType, key: string): boolean {
  if (key === fileField || (type === 'interface' && (key === 'from' || key === 'to'))) return false;
  const kind = fieldOf(type, key)?.kind;
  return kind !== 'reference' && kind !== 'references' && kind !== 'choice';
}

export interface FieldText {
  field: string;
  text: string;
  isTitle: boolean;
}

/** The searchable texts of a record without a document's file: one for each field, with texts nested in a field joined. */
export const fieldTexts = (type: EntityType, payload: JsonObject): FieldText[] =>
  Object.entries(payload).flatMap(([field, value]) => {
    if (!isSearched(type, field)) return [];
    const text = [...textsIn(value)].join(' · ').slice(0, longest).toWellFormed();
    return text.trim() === '' ? [] : [{ field, text, isTitle: field === nameField(type) }];
  });

function* textsIn(value: Json | undefined): Generator<string, void, void> {
  if (typeof value === 'string') yield value;
  else if (value !== null && typeof value === 'object')
    for (const one of Object.values(value)) yield* textsIn(one);
}

/** The words of a text as an index has them. */
export const wordsOf = (folded: string): string[] => [
  ...new Set(folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')),
];
