import type { SheetType } from '#shared/contract/sheets.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { asOwnName } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { headingText } from './header.ts';
import { headings } from './headings.ts';
import { plain } from './words.ts';

/** The own fields that records of a type hold already, by name. */
export type OwnNames = (type: SheetType) => readonly string[];

/**
 * What stands behind the heading of a field of ours in an exported list where an own field is called the same, in each language of the
 * window: without it nobody could tell the two columns apart.
 */
export const oursMarks = ['FRAMES field', 'FRAMES-Feld'] as const;

/** What stands behind the heading of an own field where it would be taken for a field of ours, in each language of the window. */
export const ownMarks = ['own field', 'eigenes Feld'] as const;

const markedWith = (marks: readonly string[]): RegExp =>
  new RegExp(`^(.+?)\\s*\\((?:${marks.join('|')})\\)$`);
const [ours, own] = [markedWith(oursMarks), markedWith(ownMarks)];

/** The heading of a field of ours that is so marked, without the mark; null for any other. */
export function unmarked(heading: string): string | null {
  return ours.exec(heading)?.[1] ?? null;
}

/** The same of an own field. */
export function ownUnmarked(heading: string): string | null {
  return own.exec(heading)?.[1] ?? null;
}

/** The field that our lists call so, in English or German, or that has this key: whoever writes it means that one. Null for none. */
export function oursCalled(type: EntityType, heading: string): string | null {
  const name = plain(heading);
  const found = fieldsOf(type).find(
    ({ key }) => plain(key) === name || (headings[key] ?? []).slice(0, 2).includes(name),
  );
  return found?.key ?? null;
}

interface Marking {
  type: EntityType;
  /** Own fields that the list may have columns of. */
  names: readonly string[];
  /** What stands behind a field of ours, and behind an own one. */
  marks: { ours: string; own: string };
}

/**
 * Headings for an exported list: those of our fields are marked where an own field is called so. Where the field of ours that an own one
 * is called as has no column, the own one is.
 */
export function marked(
  columns: readonly { key: string; heading: string; own: boolean }[],
  { type, names, marks }: Marking,
): string[] {
  const taken = new Set(names.map(headingText));
  const shown = new Set(columns.map(({ key }) => key));
  return columns.map(({ heading, own: isOwn }) => {
    if (!isOwn) return taken.has(headingText(heading)) ? `${heading} (${marks.ours})` : heading;
    const ourKey = oursCalled(type, heading);
    return ourKey !== null && !shown.has(ourKey) ? `${heading} (${marks.own})` : heading;
  });
}

/** Own names by the headings that they have in a table. */
export function byHeading(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [headingText(name), name]));
}

/** As which own field a column is kept that is to have a name: the one that is here, however its letters are stored, else a new one. */
export function asStored(name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  const wanted = asOwnName(name);
  return names.find((one) => asOwnName(one) === wanted) ?? wanted;
}
