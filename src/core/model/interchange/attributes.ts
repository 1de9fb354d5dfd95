import { fieldOf } from '#shared/domain/entities.ts';
import { deeperThan, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { maxDepth } from '#shared/domain/limits.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { keyTables, verbatimKey } from './keys.ts';

/** The place of a record in a file: a node or edge of a graph, or a row of its type's sheet. */
export type Place = 'node' | 'edge' | 'sheet';

/** Names that the file uses itself, so that no field can have them. */
const structural: Readonly<Record<Place, ReadonlySet<string>>> = {
  node: new Set(['id', 'label', 'type', verbatimKey]),
  edge: new Set(['id', 'label', 'type', 'key', 'source', 'target', 'from', 'to', verbatimKey]),
  sheet: new Set(['id', verbatimKey]),
};

/** Nodes use `type` for the record type, so the field `type` of a project has another name there. */
const projectType = 'project_type';

/** The attribute name of a record's field in a graph; null if no attribute can have it, so that it goes into `frames_verbatim`. */
export function attributeOf(type: EntityType, field: string, place: Place): string | null {
  if (place === 'node' && type === 'project' && (field === 'type' || field === projectType))
    return field === 'type' ? projectType : null;
  const isName = field.trim() === field && field !== '' && withoutXmlControls(field) === field;
  return !isName || structural[place].has(field) || keyTables[type].reserved.has(field) ? null : field;
}

export function fieldOfAttribute(type: EntityType, name: string, place: Place): string {
  return place === 'node' && type === 'project' && name === projectType ? 'type' : name;
}

/** The kind of an attribute as its format declares it; `any` if the file has only texts. */
export type AttributeKind = 'string' | 'long' | 'double' | 'boolean' | 'any';

/** The kind that holds a value; null for null, which has no attribute. */
export function kindOf(value: Json): AttributeKind | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'long' : 'double';
  return 'string';
}

export function commonKind(one: AttributeKind, other: AttributeKind): AttributeKind {
  if (one === other) return one;
  const numbers: readonly AttributeKind[] = ['long', 'double'];
  return numbers.includes(one) && numbers.includes(other) ? 'double' : 'string';
}

export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The value of an attribute's text; undefined if it has none. */
export function valueOf(
  text: string,
  kind: AttributeKind,
  type: EntityType,
  field: string,
): Json | undefined {
  if (kind === 'any' && text.trim() === '') return undefined;
  if (kind === 'long' || kind === 'double') return numberIn(text) ?? text;
  if (kind === 'boolean') return yesNo.get(text.trim().toLowerCase()) ?? text;
  const declared = fieldOf(type, field)?.kind;
  if (declared === 'json' || declared === 'references' || field === verbatimKey) return jsonIn(text) ?? text;
  if (declared === 'number') return numberIn(text) ?? text;
  if (declared === 'boolean') return yesNo.get(text.toLowerCase()) ?? text;
  if (declared !== undefined) return text;
  const scalar = kind === 'any' ? (canonicalNumber(text) ?? yesNo.get(text)) : undefined;
  return scalar ?? (/^[[{]/.test(text) ? canonicalJson(text) : undefined) ?? text;
}

const yesNo: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

function numberIn(text: string): number | undefined {
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number;
}

/** Only numbers in JavaScript's own form: 0171 and 1.0 are codes. */
function canonicalNumber(text: string): number | undefined {
  const number = numberIn(text);
  return number !== undefined && String(number) === text ? number : undefined;
}

function jsonIn(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return deeperThan(value, maxDepth) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Only JSON in our own form, so that no character of another program's text is lost. */
function canonicalJson(text: string): Json | undefined {
  const value = jsonIn(text);
  return value !== undefined && JSON.stringify(value) === text ? value : undefined;
}

/** Makes a text storable in a format that cannot hold all of it. */
export type Hold = (text: string) => string;

/** The text without characters that XML 1.0 cannot hold, not even as a reference. */
export function withoutXmlControls(text: string): string {
  const lone = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
  // oxlint-disable-next-line no-control-regex -- these are the ones
  return text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '').replaceAll(lone, '');
}

export type Attributes = ReadonlyMap<string, AttributeKind>;

export interface AttributeValues {
  values: ReadonlyMap<string, Json>;
  /** Number of values that the format cannot hold whole. */
  cut: number;
}

/** The attributes of a record. Values that would not be read back identically are also in `frames_verbatim`, as JSON. */
export function attributesOf(
  record: { type: EntityType; payload: JsonObject },
  place: Place,
  attributes: Attributes,
  hold: Hold,
): AttributeValues {
  const { type, payload } = record;
  const values = new Map<string, Json>();
  const verbatim: [string, Json][] = [];
  let cut = 0;
  for (const [field, value] of Object.entries(payload)) {
    if (place === 'edge' && (field === 'from' || field === 'to')) continue;
    const name = attributeOf(type, field, place);
    const kind = name === null ? undefined : attributes.get(name);
    if (name === null || kind === undefined || value === null) {
      verbatim.push([field, value]);
      continue;
    }
    const whole = textOf(value);
    const text = hold(whole);
    if (text !== whole) cut += 1;
    values.set(name, typeof value === 'number' ? value : text);
    if (!jsonEqual(valueOf(text, kind, type, field), value)) verbatim.push([field, value]);
  }
  if (verbatim.length === 0) return { values, cut };
  const text = JSON.stringify(Object.fromEntries(verbatim)).replaceAll(/[\uFFFE\uFFFF]/g, escaped);
  if (hold(text) === text) values.set(verbatimKey, text);
  else cut += 1;
  return { values, cut };
}

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16)}`;
