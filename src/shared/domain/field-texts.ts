import { fieldOf } from './entities.ts';
import type { Json, JsonObject } from './json.ts';
import { nameField } from './title.ts';
import type { EntityType } from './types.ts';

/** Only this many characters of a field are indexed. */
const maxFieldLength = 100_000;

export const fileField = 'file';

/** References have a searchable record of their own, and list values are covered by filters. */
function isSearchable(type: EntityType, key: string): boolean {
  if (key === fileField || (type === 'interface' && (key === 'from' || key === 'to'))) return false;
  const kind = fieldOf(type, key)?.kind;
  return kind !== 'reference' && kind !== 'references' && kind !== 'choice';
}

export interface FieldText {
  field: string;
  text: string;
  isTitle: boolean;
}

/** The searchable texts of a record without a document's file: one per field, nested texts joined. */
export const fieldTexts = (type: EntityType, payload: JsonObject): FieldText[] =>
  Object.entries(payload).flatMap(([field, value]) => {
    if (!isSearchable(type, field)) return [];
    const text = [...textsIn(value)].join(' · ').slice(0, maxFieldLength).toWellFormed();
    return text.trim() === '' ? [] : [{ field, text, isTitle: field === nameField(type) }];
  });

function* textsIn(value: Json | undefined): Generator<string, void, void> {
  if (typeof value === 'string') yield value;
  else if (value !== null && typeof value === 'object')
    for (const part of Object.values(value)) yield* textsIn(part);
}

/** The distinct words of a folded text, split as the search index does. */
export const wordsOf = (folded: string): string[] => [
  ...new Set(folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')),
];
