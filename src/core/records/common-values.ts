import { fieldOf } from '#shared/domain/entities.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { titleOf } from '#shared/domain/title.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateRecord } from '../log/records/locate.ts';

const maxTextLength = 60;

/** The old and new value of one field in many records, if equal in all of them and short, so that labels can distinguish such changes. */
export class CommonValues {
  readonly #type: EntityType;
  readonly #field: string;
  #oldValue: Json | undefined;
  #newValue: Json | undefined;

  constructor(type: EntityType, field: string) {
    this.#type = type;
    this.#field = field;
  }

  add(before: JsonObject, after: JsonObject): void {
    this.#oldValue = mergeCommon(this.#oldValue, before[this.#field] ?? null);
    this.#newValue = mergeCommon(this.#newValue, after[this.#field] ?? null);
  }

  /** Parameters of a label: null is an empty value; different values are left out. References appear by name. */
  params(db: ReadHandle): { was?: Json; became?: Json } {
    const [was, became] = [this.#textOf(db, this.#oldValue), this.#textOf(db, this.#newValue)];
    return { ...(was === undefined ? {} : { was }), ...(became === undefined ? {} : { became }) };
  }

  /** The value as labels show it; undefined if the values differ or the text is too long. */
  #textOf(db: ReadHandle, value: Json | undefined): Json | undefined {
    if (value === null) return null;
    if (value === undefined || typeof value === 'object') return undefined;
    if (typeof value !== 'string') return value;
    let text = value;
    if (fieldOf(this.#type, this.#field)?.kind === 'reference') {
      const record = locateRecord(db, value);
      text = (record && titleOf(record.type, record.payload)) || '';
      if (text === '') return undefined;
    }
    return text.length > maxTextLength ? undefined : text;
  }
}

/** Marks that the values differ. A list is safe as a mark, because labels never show lists. */
const differentValues: Json = [];

function mergeCommon(current: Json | undefined, value: Json): Json {
  if (typeof value === 'object' && value !== null) return differentValues;
  return current === undefined || current === value ? value : differentValues;
}
