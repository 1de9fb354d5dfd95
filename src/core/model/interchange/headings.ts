import { foldText } from '#shared/domain/fold.ts';
import type { SheetType } from '#shared/contract/sheets.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { withoutControls } from '#shared/domain/limits.ts';
import { toCustomName } from '#shared/domain/custom-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { headingsByField } from './heading-words.ts';

/** The beginning of a text, at most `maxUnits` UTF-16 units, without cutting a character. */
export function cutTo(text: string, maxUnits: number): string {
  if (text.length <= maxUnits) return text;
  const lastUnit = text.charCodeAt(maxUnits - 1);
  return text.slice(0, lastUnit >= 0xd800 && lastUnit <= 0xdbff ? maxUnits - 1 : maxUnits);
}

/** The folded text with single blanks between words. Hangul and Japanese voiced letters are composed, as lists of words have them. */
export function plainHeading(text: string): string {
  return foldText(text)
    .replaceAll(/[^\p{L}\p{M}\p{N}%#]+/gu, ' ')
    .trim()
    .normalize('NFC');
}

/** A heading as it is read from a table: no control characters, NFC, at most 150 units. */
export function headingText(text: string): string {
  return cutTo(withoutControls(text).normalize('NFC'), 150);
}

export function columnLetters(index: number): string {
  const higherDigits = Math.floor(index / 26);
  return (higherDigits > 0 ? columnLetters(higherDigits - 1) : '') + String.fromCharCode(65 + (index % 26));
}

/** Headings that could mean other fields too: they count only if one of the values fits. */
export const vagueHeadings: ReadonlySet<string> = new Set(['stage', 'phase', 'status', 'maturity']);

export type CustomNamesOf = (type: SheetType) => readonly string[];

export const declaredMarks = ['FRAMES field', 'FRAMES-Feld'] as const;

/** The mark behind the heading of a custom field named like a FRAMES field, in each language of the window; “own field” is in older exports. */
export const customMarks = ['custom field', 'eigenes Feld', 'own field'] as const;

const markPattern = (marks: readonly string[]): RegExp =>
  new RegExp(`^(.+?)\\s*\\((?:${marks.join('|')})\\)$`);
const [declaredPattern, customPattern] = [markPattern(declaredMarks), markPattern(customMarks)];

/** The heading of a declared field without its mark; null if it has none. */
export function stripDeclaredMark(heading: string): string | null {
  return declaredPattern.exec(heading)?.[1] ?? null;
}

/** The heading of a custom field without its mark; null if it has none. */
export function stripCustomMark(heading: string): string | null {
  return customPattern.exec(heading)?.[1] ?? null;
}

/** The field with this heading in our lists, in English or German, or with this key; null for none. */
export function fieldByHeading(type: EntityType, heading: string): string | null {
  const name = plainHeading(heading);
  const field = fieldsOf(type).find(
    ({ key }) => plainHeading(key) === name || (headingsByField[key] ?? []).slice(0, 2).includes(name),
  );
  return field?.key ?? null;
}

interface MarkOptions {
  type: EntityType;
  names: readonly string[];
  /** `ours` marks a declared field, `own` a custom one. */
  marks: { ours: string; own: string };
}

/** Headings of an exported list. A declared field is marked if a custom one has its heading or another of its words. A key needs no mark. */
export function markHeadings(
  columns: readonly { key: string; heading: string; own: boolean }[],
  { type, names, marks }: MarkOptions,
): string[] {
  const customHeadings = new Set(names.map(headingText));
  const claimedKeys = new Set(names.map((name) => fieldByHeading(type, name)));
  const shownKeys = new Set(columns.map(({ key }) => key));
  return columns.map(({ key, heading, own: isCustom }) => {
    const isShared = customHeadings.has(headingText(heading)) || (claimedKeys.has(key) && heading !== key);
    if (!isCustom) return isShared ? `${heading} (${marks.ours})` : heading;
    const declaredKey = fieldByHeading(type, heading);
    return declaredKey !== null && !shownKeys.has(declaredKey) ? `${heading} (${marks.own})` : heading;
  });
}

export function nameByHeading(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [headingText(name), name]));
}

/** The custom field that stores a column of this name: the existing one, whatever its Unicode form, otherwise a new one. */
export function storedFieldName(name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  const requestedName = toCustomName(name);
  return names.find((existing) => toCustomName(existing) === requestedName) ?? requestedName;
}
