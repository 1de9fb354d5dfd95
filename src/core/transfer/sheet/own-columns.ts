import type { SheetType } from '#shared/contract/sheets.ts';
import { headingText } from './header.ts';

/** The own fields that records of a type hold already, by name. */
export type OwnNames = (type: SheetType) => readonly string[];

/**
 * What stands behind the heading of a field of ours in an exported list where an own field is called the same, in each language of the
 * window: without it nobody could tell the two columns apart.
 */
export const oursMarks = ['FRAMES field', 'FRAMES-Feld'] as const;

const ours = new RegExp(`^(.+?)\\s*\\((?:${oursMarks.join('|')})\\)$`);

/** The heading of a field of ours that is so marked, without the mark; null for any other. */
export function unmarked(heading: string): string | null {
  return ours.exec(heading)?.[1] ?? null;
}

/** Headings for an exported list: those of our fields are marked where an own field, of which the list may have a column, is called so. */
export function marked(
  columns: readonly { heading: string; own: boolean }[],
  names: readonly string[],
  mark: string,
): string[] {
  const taken = new Set(names.map(headingText));
  return columns.map(({ heading, own }) =>
    own || !taken.has(headingText(heading)) ? heading : `${heading} (${mark})`,
  );
}

/** Own names by the headings that they have in a table. */
export function byHeading(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [headingText(name), name]));
}
