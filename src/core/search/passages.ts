import { fieldOf } from '#shared/domain/entities.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { nameField } from '#shared/domain/title.ts';
import type { EntityType } from '#shared/domain/types.ts';

/** The text of one field of a record. */
export interface Passage {
  field: string;
  text: string;
  isTitle: boolean;
}

/** Characters of a field that are indexed. */
const longest = 100_000;

/** A reference leads to a record with a name of its own, and values of a list are for filters. */
function isSearched(type: EntityType, key: string): boolean {
  if (type === 'interface' && (key === 'from' || key === 'to')) return false;
  const kind = fieldOf(type, key)?.kind;
  return kind !== 'reference' && kind !== 'references' && kind !== 'choice';
}

/** The searchable texts of a payload, one for each field. Texts nested in a field are joined. */
export function passagesOf(type: EntityType, payload: JsonObject): Passage[] {
  return Object.entries(payload).flatMap(([field, value]): Passage[] => {
    if (!isSearched(type, field)) return [];
    const text = [...textsIn(value)].join(' · ').slice(0, longest).toWellFormed();
    return text.trim() === '' ? [] : [{ field, text, isTitle: field === nameField(type) }];
  });
}

function* textsIn(value: Json | undefined): Generator<string, void, void> {
  if (typeof value === 'string') yield value;
  else if (value !== null && typeof value === 'object')
    for (const one of Object.values(value)) yield* textsIn(one);
}
