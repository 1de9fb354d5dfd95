import { ownNameOf } from '#shared/domain/own-fields.ts';
import type { Column } from './columns.ts';

/** As many columns of tables are shown unasked; the others are in the menu of columns. */
const most = 24;

const isOwn = (key: string): boolean => ownNameOf(key) !== null;

/**
 * The usual columns of a list after a table was imported: what names the record, the columns of the table in its order, and behind
 * them the other usual ones. Without any own field of the table (any more) they are as they were.
 */
export function usualWith(columns: readonly Column[], brought: readonly string[]): readonly Column[] {
  const usual = columns.filter((column) => column.usual);
  const known = brought.flatMap(
    (key) => columns.find((column) => column.key === key && !column.naming) ?? [],
  );
  if (!known.some(({ key }) => isOwn(key))) return usual;
  const first = known.slice(0, most);
  const keys = new Set(first.map(({ key }) => key));
  const [naming, others] = [true, false].map((wanted) =>
    usual.filter((column) => column.naming === wanted && !keys.has(column.key)),
  ) as [Column[], Column[]];
  return [...naming, ...first, ...others];
}

/** Of the columns of tables those that are shown unasked, also such as no record has at the moment. */
export function firstBrought(columns: readonly Column[], brought: readonly string[] = []): readonly string[] {
  return brought.filter((key) => !columns.some((one) => one.naming && one.key === key)).slice(0, most);
}

/** It says which record it is: its name, or the ends of a link. */
const leading = (column: Column | undefined): boolean =>
  column?.naming === true || column?.field?.to === 'any';

/** Chosen columns with the own ones of an imported table that are not among them: behind those that say which record it is. */
export function chosenWith(
  columns: readonly Column[],
  chosen: readonly string[],
  brought: readonly string[] = [],
): readonly string[] {
  const added = brought.filter((key) => isOwn(key) && !chosen.includes(key)).slice(0, most);
  const leads = chosen.findIndex((key) => !leading(columns.find((column) => column.key === key)));
  return chosen.toSpliced(leads < 0 ? chosen.length : leads, 0, ...added);
}

/** What is shown of a further table: its columns, then those of tables before it. */
export function broughtAnew(now: readonly string[] = [], next: readonly string[]): readonly string[] {
  return [...new Set([...next, ...now])];
}
