import { isDay } from './days.ts';
import { fieldOf } from './entities.ts';
import type { Field } from './entities.ts';
import type { Json } from './json.ts';
import { compareNames, compareText } from './sort-key.ts';
import type { EntityType } from './types.ts';

/** Prefix of custom fields in lists, filters, views and exports: `own:Lead email`. */
const customPrefix = 'own:';

/** Maximum length of a custom field's name, and of any field name in lists, in UTF-16 units. */
export const maxCustomNameLength = 200;
export const maxFieldNameLength = customPrefix.length + maxCustomNameLength;

/**
 * Kind of all values of a custom field: `text` if they are mixed, `json` if any is a list or object. A date is a text that is an ISO 8601
 * day.
 */
export const customKinds = ['text', 'number', 'boolean', 'date', 'json'] as const;
export type CustomKind = (typeof customKinds)[number];

/** A custom field: an import or a person added it, and the type does not declare it. */
export interface CustomField {
  name: string;
  kind: CustomKind;
}

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

export function isCustomName(type: EntityType, name: string): boolean {
  if (name.trim() === '' || name.length > maxCustomNameLength || name.includes('\0')) return false;
  // Every object inherits some names, such as `constructor`: a lookup would find them in any record.
  if (name in {}) return false;
  return name.isWellFormed() && !reservedKeys.has(name) && fieldOf(type, name) === undefined;
}

/** Normalises the name of a new custom field, so that Unicode variants of a letter do not make a second field. */
export function toCustomName(text: string): string {
  return text.trim().normalize('NFC');
}

export function customFieldKey(name: string): string {
  return customPrefix + name;
}

/** The custom field's name for a list's field, or null if it is not a custom field. */
export function customNameOf(field: string): string | null {
  return field.startsWith(customPrefix) && field.length > customPrefix.length
    ? field.slice(customPrefix.length)
    : null;
}

/** Describes a custom field like a declared field; `key` is the field's key in the payload. */
export function describeCustomField({ name, kind }: CustomField): Field {
  return { key: name, kind, own: true };
}

/** A number in plain notation. Texts with a leading 0 or +, or with too many digits, are codes or phone numbers. */
const numberPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const maxDigits = 15;

/** Parses a text that is only a number; null otherwise. Cells of text tables have no types. */
export function parsePlainNumber(text: string): number | null {
  return numberPattern.test(text) && text.replaceAll(/\D/g, '').length <= maxDigits
    ? // Avoids -0.
      Number(text) + 0
    : null;
}

/** The kind of a custom field's value in one record; null if it has none. */
export function customKindOf(value: Json | undefined): CustomKind | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'object') return 'json';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number' || parsePlainNumber(value) !== null) return 'number';
  return isDay(value) ? 'date' : 'text';
}

/** The sort, group and comparison value of a custom field: booleans as 1 and 0, texts of numbers as numbers, lists and objects as JSON. */
export function customSortValue(value: Json | undefined): string | number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? (parsePlainNumber(value) ?? value) : JSON.stringify(value);
}

export function compareCustomNames(a: string, b: string): number {
  return compareNames(a, b) || compareText(a, b);
}
