import { fieldOf } from '#shared/domain/entities.ts';
import { deeperThan, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { deepest } from '#shared/domain/limits.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { keyTables, verbatimKey } from './keys.ts';

/** Where a record stands in a file: as a node or an edge of a graph, or as a row of the sheet of its type. */
export type Place = 'node' | 'edge' | 'sheet';

/** What a file has for itself, so that no field can be called so there. */
const structural: Readonly<Record<Place, ReadonlySet<string>>> = {
  node: new Set(['id', 'label', 'type', verbatimKey]),
  edge: new Set(['id', 'label', 'type', 'key', 'source', 'target', 'from', 'to', verbatimKey]),
  sheet: new Set(['id', verbatimKey]),
};

/** The type of a node is its `type`, so that a project's own field has another name there. */
const projectType = 'project_type';

/** How a graph calls a field of a record; null for one that no attribute can be called by, which goes into `frames_verbatim`. */
export function attributeOf(type: EntityType, field: string, place: Place): string | null {
  if (place === 'node' && type === 'project' && (field === 'type' || field === projectType))
    return field === 'type' ? projectType : null;
  const isName = field.trim() === field && field !== '' && withoutXmlControls(field) === field;
  return !isName || structural[place].has(field) || keyTables[type].reserved.has(field) ? null : field;
}

/** The field that an attribute of a node or an edge means. */
export function fieldOfAttribute(type: EntityType, name: string, place: Place): string {
  return place === 'node' && type === 'project' && name === projectType ? 'type' : name;
}

/** What an attribute holds: as its format declares it, or `any` where a file has nothing but texts. */
export type AttributeKind = 'string' | 'long' | 'double' | 'boolean' | 'any';

/** The kind that holds a value; null for null, which no attribute says. */
export function kindOf(value: Json): AttributeKind | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'long' : 'double';
  return 'string';
}

/** The kind that holds values of both kinds. */
export function commonKind(one: AttributeKind, other: AttributeKind): AttributeKind {
  if (one === other) return one;
  const numbers: readonly AttributeKind[] = ['long', 'double'];
  return numbers.includes(one) && numbers.includes(other) ? 'double' : 'string';
}

/** A value as the text of an attribute: what is no scalar is JSON. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The value that the text of an attribute says; undefined where it says none. */
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

/** Only what JavaScript would write so: 0171 and 1.0 are codes. */
function canonicalNumber(text: string): number | undefined {
  const number = numberIn(text);
  return number !== undefined && String(number) === text ? number : undefined;
}

function jsonIn(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return deeperThan(value, deepest) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Only what FRAMES writes so: of another program's text no sign may be lost. */
function canonicalJson(text: string): Json | undefined {
  const value = jsonIn(text);
  return value !== undefined && JSON.stringify(value) === text ? value : undefined;
}

/** What a format makes of a text that it cannot hold as it is. */
export type Hold = (text: string) => string;

/** A text without what XML 1.0 cannot hold, not even as a reference. */
export function withoutXmlControls(text: string): string {
  const lone = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
  // oxlint-disable-next-line no-control-regex -- these are the ones
  return text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '').replaceAll(lone, '');
}

/** The kinds of the attributes of one place, by name. */
export type Attributes = ReadonlyMap<string, AttributeKind>;

export interface AttributeValues {
  values: ReadonlyMap<string, Json>;
  /** Values that the format cannot hold whole. */
  cut: number;
}

/**
 * The attributes of a record, by name: a text as the format holds it, or a number. What would not be read back from them as it is,
 * null among it, is in `frames_verbatim` too, as JSON.
 */
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
