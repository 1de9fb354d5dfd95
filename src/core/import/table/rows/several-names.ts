import type { Field } from '#shared/domain/entities.ts';
import { plainHeading } from '../../../model/interchange/headings.ts';
import type { Cells, Mapping } from '../choices.ts';
import { cellText } from '../cell.ts';
import type { Line } from '../cell.ts';

/** Separators that no name contains, and those that a name can contain. */
const certainSeparator = /\s*[;|\n]\s*/;
const possibleSeparator = /\s*[,/&+]\s*|\s+(?:and|und|et|y)\s+/i;

/** Limit of links that one row can become. */
const maxLinksPerRow = 1000;

/** The names in a text that has several of which one is known; empty for other texts. */
export function severalNames(text: string, isKnown: (name: string) => boolean): string[] {
  const splitBy = (separator: RegExp): string[] =>
    text
      .split(separator)
      .map((part) => part.trim())
      // A separator at an end belongs to no name.
      .filter((part) => plainHeading(part) !== '' && plainHeading(part) !== plainHeading(text));
  const certainParts = splitBy(certainSeparator);
  if (certainParts.length > 1 && certainParts.some(isKnown)) return certainParts;
  const names = splitBy(possibleSeparator);
  return names.length > 1 && names.some(isKnown) ? names : [];
}

/** The ids in a list in the form in which FRAMES stores it; else null. */
export function idsInJson(text: string): string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((id) => typeof id === 'string') ? list : null;
  } catch {
    return null;
  }
}

/** Returns a test of whether a whole cell of the field's columns holds a name. */
export function createColumnTest(
  rows: readonly Line[],
  { fields }: Mapping,
): (field: string, name: string) => boolean {
  const names = new Map<string, Set<string>>();
  for (const { column, field } of fields) {
    if (field.kind !== 'reference') continue;
    const fieldNames = names.get(field.key) ?? new Set<string>();
    for (const { cells } of rows) fieldNames.add(plainHeading(cellText(cells[column])));
    names.set(field.key, fieldNames);
  }
  return (field, name) => names.get(field)?.has(plainHeading(name)) ?? false;
}

/**
 * Expands rows of links whose cells name several known records into a row for each pair; rows with too many links stay. `recordsOf` gives
 * the ids of a name. `expandedCells` has, by line, the last cell that was expanded and the number of links.
 */
export function expandLinks(
  rows: readonly Line[],
  { fields }: Mapping,
  cells: Cells,
  recordsOf: (field: Field, name: string) => readonly string[],
): {
  rows: Line[];
  expandedCells: Map<number, { column: number; field: string; value: string; links: number }>;
} {
  const expandedCells = new Map<number, { column: number; field: string; value: string; links: number }>();
  const isKnown = (field: Field, name: string): boolean => recordsOf(field, name).length > 0;
  const ends = fields.filter(({ field }) => field.to === 'any');
  const expandedRows = rows.flatMap((row): Line[] => {
    let rowsOfPairs = [row];
    for (const { column, field } of ends) {
      const { cell, rule } = cells.peekAt(row, column);
      const value = cellText(cell);
      if (rule || value === '' || cellText(row.cells[column]) !== value || isKnown(field, value)) continue;
      const nameList = severalNames(value, (name) => isKnown(field, name));
      // A record named twice is linked once.
      const names = new Map(nameList.map((name) => [recordsOf(field, name).join(' '), name]));
      if (names.size === 0 || names.has('')) continue;
      if (rowsOfPairs.length * names.size > maxLinksPerRow) {
        expandedCells.delete(row.line);
        return [row];
      }
      rowsOfPairs = rowsOfPairs.flatMap((line) =>
        [...names.values()].map((name) => ({ ...line, cells: line.cells.with(column, name) })),
      );
      if (names.size > 1)
        expandedCells.set(row.line, { column, field: field.key, value, links: rowsOfPairs.length });
    }
    return rowsOfPairs;
  });
  return { rows: expandedRows, expandedCells };
}
