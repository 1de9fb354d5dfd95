import type { Field } from '#shared/domain/entities.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import type { Cells, Mapping } from './choices.ts';
import { cellText } from './table.ts';
import type { Line } from './table.ts';

/** Characters that no name has, and those that a name may have. */
const sure = /\s*[;|\n]\s*/;
const maybe = /\s*[,/&+]\s*|\s+(?:and|und|et|y)\s+/i;

/** Links that a row may become. */
const mostLinks = 1000;

/** The names in a text; empty if it can only be one. `isKnown` tells known names. */
export function severalNames(text: string, isKnown: (name: string) => boolean): string[] {
  const parts = (by: RegExp): string[] =>
    text
      .split(by)
      .map((part) => part.trim())
      // A separator at an end belongs to no name.
      .filter((part) => plainHeading(part) !== '' && plainHeading(part) !== plainHeading(text));
  const separated = parts(sure);
  if (separated.length > 1 && separated.some(isKnown)) return separated;
  const names = parts(maybe);
  return names.length > 1 && names.some(isKnown) ? names : [];
}

/** The ids in a list as FRAMES stores it; else null. */
export function idsInJson(text: string): string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((id) => typeof id === 'string') ? list : null;
  } catch {
    return null;
  }
}

/** Whole cells of a field's columns. */
export function namesIn(
  rows: readonly Line[],
  { fields }: Mapping,
): (field: string, name: string) => boolean {
  const names = new Map<string, Set<string>>();
  for (const { column, field } of fields) {
    if (field.kind !== 'reference') continue;
    const known = names.get(field.key) ?? new Set<string>();
    for (const { cells } of rows) known.add(plainHeading(cellText(cells[column])));
    names.set(field.key, known);
  }
  return (field, name) => names.get(field)?.has(plainHeading(name)) ?? false;
}

/**
 * Expands rows of links whose cells name several known records into a row for each pair. `recordsOf` gives the ids of a name. `expanded`
 * has the original cells by line. Rows with too many links stay.
 */
export function expandLinks(
  rows: readonly Line[],
  { fields }: Mapping,
  cells: Cells,
  recordsOf: (field: Field, name: string) => readonly string[],
): { rows: Line[]; expanded: Map<number, { column: number; field: string; value: string; links: number }> } {
  const expanded = new Map<number, { column: number; field: string; value: string; links: number }>();
  const leads = (field: Field, name: string): boolean => recordsOf(field, name).length > 0;
  const ends = fields.filter(({ field }) => field.to === 'any');
  const result = rows.flatMap((row): Line[] => {
    let made = [row];
    for (const { column, field } of ends) {
      const { cell, rule } = cells.look(row, column);
      const value = cellText(cell);
      if (rule || value === '' || cellText(row.cells[column]) !== value || leads(field, value)) continue;
      const named = severalNames(value, (name) => leads(field, name));
      // A record named twice is linked once.
      const names = new Map(named.map((name) => [recordsOf(field, name).join(' '), name]));
      if (names.size === 0 || names.has('')) continue;
      if (made.length * names.size > mostLinks) {
        expanded.delete(row.line);
        return [row];
      }
      made = made.flatMap((line) =>
        [...names.values()].map((name) => ({ ...line, cells: line.cells.with(column, name) })),
      );
      if (names.size > 1) expanded.set(row.line, { column, field: field.key, value, links: made.length });
    }
    return made;
  });
  return { rows: result, expanded };
}
