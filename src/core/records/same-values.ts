import { fieldOf } from '#shared/domain/entities.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { titleOf } from '#shared/domain/title.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locate } from '../log/records/locate.ts';

const longest = 60;

/**
 * What one field was and became in many records, so that a label can tell one such change from another: as far as it was the same in
 * all of them, and can be told in a line.
 */
export class SameValues {
  readonly #type: EntityType;
  readonly #field: string;
  #was: Json | undefined;
  #became: Json | undefined;

  constructor(type: EntityType, field: string) {
    this.#type = type;
    this.#field = field;
  }

  add(before: JsonObject, after: JsonObject): void {
    this.#was = joined(this.#was, before[this.#field] ?? null);
    this.#became = joined(this.#became, after[this.#field] ?? null);
  }

  /** For the parameters of a label; what differed is left out, null is nothing. What a reference names goes by its name. */
  params(db: ReadHandle): { was?: Json; became?: Json } {
    const [was, became] = [this.#told(db, this.#was), this.#told(db, this.#became)];
    return { ...(was === undefined ? {} : { was }), ...(became === undefined ? {} : { became }) };
  }

  #told(db: ReadHandle, value: Json | undefined): Json | undefined {
    if (value === undefined || value === null || typeof value === 'object')
      return value === null ? null : undefined;
    if (typeof value !== 'string') return value;
    let text = value;
    if (fieldOf(this.#type, this.#field)?.kind === 'reference') {
      const found = locate(db, value);
      text = (found && titleOf(found.type, found.payload)) || '';
      if (text === '') return undefined;
    }
    return text.length > longest ? undefined : text;
  }
}

/** Stands for values that differ: no line tells of a list. */
const differing: Json = [];

function joined(known: Json | undefined, value: Json): Json {
  if (typeof value === 'object' && value !== null) return differing;
  return known === undefined || known === value ? value : differing;
}
