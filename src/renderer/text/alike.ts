import { fold } from '#shared/domain/fold.ts';
import type { Difference } from '#shared/contract/compare.ts';
import { titleOr, typeName } from './names.ts';

type Named = Pick<Difference, 'type' | 'id' | 'title' | 'university'> & Partial<Pick<Difference, 'conflict'>>;

/** What tells records of one name apart, by what `keyOf` says of each. */
export type Distinctions = ReadonlyMap<string, string>;

/** An id may be that of two records, where two sides gave it to records of different types. */
const keyOf = ({ type, id }: Pick<Named, 'type' | 'id'>): string => JSON.stringify([type, id]);

/** As people compare names: without case, and without blanks around them. */
const asRead = (title: string): string => fold(title.trim());

function grouped(rows: readonly Named[], by: (row: Named) => string | null): Named[][] {
  const groups = new Map<string, Named[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.type, asRead(row.title), by(row)]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/**
 * What tells records apart that are of one type and called the same: the university, and the id where that is the same too. Of what may be
 * deleted the university is always said: others of its name may be the same on both sides, and so not among `rows`.
 */
export function distinctionsOf(rows: readonly Named[]): Distinctions {
  const whose = new Map<string, string>();
  for (const row of rows)
    if (row.conflict === 'deleted' && row.university !== null) whose.set(keyOf(row), row.university);
  for (const row of grouped(rows, () => null).flat()) whose.set(keyOf(row), row.university ?? row.id);
  for (const row of grouped(rows, ({ university }) => university).flat())
    whose.set(keyOf(row), row.university === null ? row.id : `${row.university} · ${row.id}`);
  return whose;
}

/** What tells a record apart from others of its name, where there are such. */
export const distinctionOf = (row: Named, apart: Distinctions): string | undefined => apart.get(keyOf(row));

/** What a record is called, with what tells it apart. */
export function distinctName(row: Named, apart: Distinctions): string {
  const title = titleOr(row.title, row.type);
  const whose = distinctionOf(row, apart);
  return whose === undefined ? title : `${title} (${whose})`;
}

/** What tells a record apart, also from others of its name that are not at hand: its university at least; null where it has none. */
export const distinctionOrUniversity = (row: Named, apart: Distinctions): string | null =>
  distinctionOf(row, apart) ?? row.university;

/** "Team · Summit": what kind of record it is, and whose. */
export function kindAndDistinction(row: Named, apart: Distinctions): string {
  const whose = distinctionOrUniversity(row, apart);
  return whose === null ? typeName(row.type) : `${typeName(row.type)} · ${whose}`;
}

/** "Radio (Summit)": what a record is called, and whose it is. */
export function nameAndDistinction(row: Named, apart: Distinctions): string {
  const title = titleOr(row.title, row.type);
  const whose = distinctionOrUniversity(row, apart);
  return whose === null ? title : `${title} (${whose})`;
}
