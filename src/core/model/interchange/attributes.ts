import { fieldOf } from '#shared/domain/entities.ts';
import { isDeeperThan, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { maxDepth } from '#shared/domain/limits.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { exactNumberIn } from './exact-number.ts';
import { keyTables, verbatimKey } from './keys.ts';

/** Where the file holds a record: as a node or edge of a graph, or as a row of its type's sheet. */
export type Container = 'node' | 'edge' | 'sheet';

/** Names that the file uses itself, so that no field can have them. */
const reservedNames: Readonly<Record<Container, ReadonlySet<string>>> = {
  node: new Set(['id', 'label', 'type', verbatimKey]),
  edge: new Set(['id', 'label', 'type', 'key', 'source', 'target', 'from', 'to', verbatimKey]),
  sheet: new Set(['id', verbatimKey]),
};

/** Nodes use `type` for the record type, so the field `type` of a project has another name there. */
const projectTypeName = 'project_type';

/** The attribute name of a record's field in a graph; null if no attribute can have it, so that it goes into `frames_verbatim`. */
export function attributeOf(type: EntityType, field: string, container: Container): string | null {
  const isProjectNode = container === 'node' && type === 'project';
  if (isProjectNode && field === 'type') return projectTypeName;
  if (isProjectNode && field === projectTypeName) return null;
  const isValidName = field.trim() === field && field !== '' && withoutXmlControls(field) === field;
  return !isValidName || reservedNames[container].has(field) || keyTables[type].reserved.has(field)
    ? null
    : field;
}

export function fieldOfAttribute(type: EntityType, name: string, container: Container): string {
  return container === 'node' && type === 'project' && name === projectTypeName ? 'type' : name;
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

export function commonKind(kindA: AttributeKind, kindB: AttributeKind): AttributeKind {
  if (kindA === kindB) return kindA;
  const numbers: readonly AttributeKind[] = ['long', 'double'];
  return numbers.includes(kindA) && numbers.includes(kindB) ? 'double' : 'string';
}

export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The value of an attribute's text; undefined for an empty text of kind `any`. */
export function parseAttribute(
  text: string,
  kind: AttributeKind,
  type: EntityType,
  field: string,
): Json | undefined {
  if (kind === 'any' && text.trim() === '') return undefined;
  if (kind === 'long' || kind === 'double') return exactNumberIn(text) ?? text;
  if (kind === 'boolean') return booleanByText.get(text.trim().toLowerCase()) ?? text;
  const declaredKind = fieldOf(type, field)?.kind;
  if (declaredKind === 'json' || declaredKind === 'references' || field === verbatimKey)
    return jsonIn(text) ?? text;
  if (declaredKind === 'number') return exactNumberIn(text) ?? text;
  if (declaredKind === 'boolean') return booleanByText.get(text.toLowerCase()) ?? text;
  if (declaredKind !== undefined) return text;
  const scalar = kind === 'any' ? (canonicalNumber(text) ?? booleanByText.get(text)) : undefined;
  return scalar ?? (/^[[{]/.test(text) ? canonicalJson(text) : undefined) ?? text;
}

const booleanByText: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** Only numbers in JavaScript's own form: 0171 and 1.0 are codes. */
function canonicalNumber(text: string): number | undefined {
  const number = exactNumberIn(text);
  return number !== undefined && String(number) === text ? number : undefined;
}

function jsonIn(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isDeeperThan(value, maxDepth) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Only JSON in our own form, so that no character of another program's text is lost. */
function canonicalJson(text: string): Json | undefined {
  const value = jsonIn(text);
  return value !== undefined && JSON.stringify(value) === text ? value : undefined;
}

/** Shortens a text to the part that a format can hold. */
export type FitText = (text: string) => string;

/** The text without characters that XML 1.0 cannot hold, not even as a reference. */
export function withoutXmlControls(text: string): string {
  const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
  return (
    text
      // oxlint-disable-next-line no-control-regex -- this removes control characters
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
      .replaceAll(loneSurrogate, '')
  );
}

export type AttributeKinds = ReadonlyMap<string, AttributeKind>;

export interface AttributeValues {
  values: ReadonlyMap<string, Json>;
  /** Number of values that the format cannot hold whole. */
  cutCount: number;
}

/** The attributes of a record. Values that would not be read back identically are also in `frames_verbatim`, as JSON. */
export function attributesOf(
  record: { type: EntityType; payload: JsonObject },
  container: Container,
  kindByName: AttributeKinds,
  fitText: FitText,
): AttributeValues {
  const { type, payload } = record;
  const values = new Map<string, Json>();
  const verbatimFields: [string, Json][] = [];
  let cutCount = 0;
  for (const [field, value] of Object.entries(payload)) {
    if (container === 'edge' && (field === 'from' || field === 'to')) continue;
    const name = attributeOf(type, field, container);
    const kind = name === null ? undefined : kindByName.get(name);
    if (name === null || kind === undefined || value === null) {
      verbatimFields.push([field, value]);
      continue;
    }
    const original = textOf(value);
    const text = fitText(original);
    if (text !== original) cutCount += 1;
    values.set(name, typeof value === 'number' ? value : text);
    if (!jsonEqual(parseAttribute(text, kind, type, field), value)) verbatimFields.push([field, value]);
  }
  if (verbatimFields.length === 0) return { values, cutCount };
  const text = JSON.stringify(Object.fromEntries(verbatimFields)).replaceAll(
    /[\uFFFE\uFFFF]/g,
    escapeCharacter,
  );
  if (fitText(text) === text) values.set(verbatimKey, text);
  else cutCount += 1;
  return { values, cutCount };
}

const escapeCharacter = (character: string): string => `\\u${character.charCodeAt(0).toString(16)}`;
