import { isDay } from './days.ts';
import { fieldOf } from './entities.ts';
import type { Field } from './entities.ts';
import type { Json } from './json.ts';
import { compareNames } from './sort-key.ts';
import type { EntityType } from './types.ts';

/** What stands before the name of an own field where fields are named: `own:Lead email` in lists, filters, views and exports. */
const mark = 'own:';

/** The longest name of an own field, and of any field as lists name it, in UTF-16 units. */
export const longestOwnName = 200;
export const longestFieldName = mark.length + longestOwnName;

/**
 * What all values of an own field are; `text` when they are of several kinds, `json` as soon as one is a list or an object. A date is a
 * text that is a day in ISO 8601.
 */
export const ownKinds = ['text', 'number', 'boolean', 'date', 'json'] as const;
export type OwnKind = (typeof ownKinds)[number];

/** A field that records of a type hold although FRAMES has none of that name: what a file brought along, or a person added. */
export interface OwnField {
  name: string;
  kind: OwnKind;
}

/** Keys of a payload that mean something already, whether their type declares them or not. */
export const reservedKeys: ReadonlySet<string> = new Set([
  'id',
  '__proto__',
  'created_at',
  'updated_at',
  'deleted_at',
  'university_id',
  'imported_values',
  'frames_verbatim',
]);

/** Whether a key of a payload can be an own field of the type. */
export function isOwnName(type: EntityType, name: string): boolean {
  if (name.trim() === '' || name.length > longestOwnName || name.includes('\0')) return false;
  // Every object answers to these: a record that has no `constructor` seems to have one.
  if (name in {}) return false;
  return name.isWellFormed() && !reservedKeys.has(name) && fieldOf(type, name) === undefined;
}

/** A name as it is written for a new own field: a letter that Unicode can write in two ways makes no second field. */
export function asOwnName(text: string): string {
  return text.trim().normalize('NFC');
}

/** The own field of that name as lists, filters, views and exports name it. */
export function ownFieldKey(name: string): string {
  return mark + name;
}

/** The name of the own field that a list's field stands for, or null when it is none. */
export function ownNameOf(field: string): string | null {
  return field.startsWith(mark) && field.length > mark.length ? field.slice(mark.length) : null;
}

/** An own field as forms and grids see declared ones: its key is that of the payload. */
export function fieldOfOwn({ name, kind }: OwnField): Field {
  return { key: name, kind, own: true };
}

/** A figure as programs write it. What begins with 0 or +, or has more digits than a number keeps, is a code or a telephone. */
const figure = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const mostDigits = 15;

/** The number that a text is, when it is nothing else: tables in text files know no numbers. */
export function plainNumber(text: string): number | null {
  return figure.test(text) && text.replaceAll(/\D/g, '').length <= mostDigits
    ? // Nought has no sign.
      Number(text) + 0
    : null;
}

/** What kind of value an own field holds in one record; null for nothing. */
export function kindOfOwn(value: Json | undefined): OwnKind | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'object') return 'json';
  if (typeof value === 'string')
    return plainNumber(value) !== null ? 'number' : isDay(value) ? 'date' : 'text';
  return typeof value === 'boolean' ? 'boolean' : 'number';
}

/** What an own field is sorted, grouped and compared by: numbers as numbers, yes and no as 1 and 0, lists and objects as JSON text. */
export function ownValue(value: Json | undefined): string | number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? (plainNumber(value) ?? value) : JSON.stringify(value);
}

/** The order of own fields wherever they are listed: as names are ordered. */
export function compareOwnNames(a: string, b: string): number {
  return compareNames(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
