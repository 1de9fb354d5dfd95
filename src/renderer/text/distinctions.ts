import { foldText } from '#shared/domain/fold.ts';
import type { Difference } from '#shared/contract/compare.ts';
import { displayTitle, typeName } from './names.ts';

type NamedRecord = Pick<Difference, 'type' | 'id' | 'title' | 'university'> &
  Partial<Pick<Difference, 'conflict'>>;

/** Texts that distinguish records of the same name, by `recordKey`. */
export type Distinctions = ReadonlyMap<string, string>;

/** With the type, because the compared states can use one id for records of different types. */
const recordKey = ({ type, id }: Pick<NamedRecord, 'type' | 'id'>): string => JSON.stringify([type, id]);

/** Names as people compare them: without case and surrounding blanks. */
const foldTitle = (title: string): string => foldText(title.trim());

function duplicateGroups(
  rows: readonly NamedRecord[],
  extraKey: (row: NamedRecord) => string | null,
): NamedRecord[][] {
  const groups = new Map<string, NamedRecord[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.type, foldTitle(row.title), extraKey(row)]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/**
 * Distinguishes records of the same type and name: by university, and by id if that is equal too. For possibly deleted records the
 * university is always given, because other records of the same name can be missing in `rows`.
 */
export function distinctionsOf(rows: readonly NamedRecord[]): Distinctions {
  const distinctions = new Map<string, string>();
  for (const row of rows)
    if (row.conflict === 'deleted' && row.university !== null)
      distinctions.set(recordKey(row), row.university);
  for (const row of duplicateGroups(rows, () => null).flat())
    distinctions.set(recordKey(row), row.university ?? row.id);
  for (const row of duplicateGroups(rows, ({ university }) => university).flat())
    distinctions.set(recordKey(row), row.university === null ? row.id : `${row.university} · ${row.id}`);
  return distinctions;
}

/** The distinction of a record, if others share its name. */
export const distinctionOf = (row: NamedRecord, distinctions: Distinctions): string | undefined =>
  distinctions.get(recordKey(row));

export function distinctName(row: NamedRecord, distinctions: Distinctions): string {
  const title = displayTitle(row.title, row.type);
  const distinction = distinctionOf(row, distinctions);
  return distinction === undefined ? title : `${title} (${distinction})`;
}

/** The distinction, else the university; null without both. */
export const distinctionOrUniversity = (row: NamedRecord, distinctions: Distinctions): string | null =>
  distinctionOf(row, distinctions) ?? row.university;

/** "Team · Summit": type and distinction. */
export function typeAndDistinction(row: NamedRecord, distinctions: Distinctions): string {
  const distinction = distinctionOrUniversity(row, distinctions);
  return distinction === null ? typeName(row.type) : `${typeName(row.type)} · ${distinction}`;
}

/** "Radio (Summit)": name and distinction. */
export function nameAndDistinction(row: NamedRecord, distinctions: Distinctions): string {
  const title = displayTitle(row.title, row.type);
  const distinction = distinctionOrUniversity(row, distinctions);
  return distinction === null ? title : `${title} (${distinction})`;
}
