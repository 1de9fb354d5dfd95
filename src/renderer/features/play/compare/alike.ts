import type { Difference } from '#shared/contract/compare.ts';
import { titleOr } from '../../../text/names.ts';
import { keyOf } from './choices.ts';

type Named = Pick<Difference, 'type' | 'id' | 'title' | 'university' | 'conflict'>;

/** As people compare names: without case, and without blanks around them. */
const asRead = (title: string): string => title.trim().toLocaleLowerCase();

/** Rows by what one cannot tell them apart by. */
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
 * What tells records apart that are of one type and called the same, by `keyOf`: the university, and the id where that is the same too. Of what
 * may be deleted the university is always said: others of its name may be the same on both sides, and so not among `rows`.
 */
export function toldApart(rows: readonly Named[]): ReadonlyMap<string, string> {
  const whose = new Map<string, string>();
  for (const row of rows)
    if (row.conflict === 'deleted' && row.university !== null) whose.set(keyOf(row), row.university);
  for (const row of grouped(rows, () => null).flat()) whose.set(keyOf(row), row.university ?? row.id);
  for (const row of grouped(rows, ({ university }) => university).flat())
    whose.set(keyOf(row), row.university === null ? row.id : `${row.university} · ${row.id}`);
  return whose;
}

/** What a record is called, with what tells it apart. */
export function nameApart(row: Named, apart: ReadonlyMap<string, string>): string {
  const title = titleOr(row.title, row.type);
  const whose = apart.get(keyOf(row));
  return whose === undefined ? title : `${title} (${whose})`;
}
