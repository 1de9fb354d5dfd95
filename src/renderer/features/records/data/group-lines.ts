import type { Filter } from '#shared/contract/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import type { ListQuery } from '../../../stores/queries.ts';
import { pageSize, pagesOf } from './rows.ts';

/** Where a row of a grouped list is: the line of a group, or the `place`th record in it. */
export interface Spot {
  group: number;
  /** -1 is the group's own line. */
  place: number;
}

/** The first row of each group, and at the end how many rows there are. A closed group is one row. */
export function startsOf(groups: readonly { count: number; closed: boolean }[]): readonly number[] {
  const starts = [0];
  for (const { count, closed } of groups) starts.push((starts.at(-1) ?? 0) + 1 + (closed ? 0 : count));
  return starts;
}

/** What a row is, by the rows at which groups start; null beyond the last. */
export function spotOf(starts: readonly number[], row: number): Spot | null {
  const end = starts.at(-1) ?? 0;
  if (row < 0 || row >= end) return null;
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return { group: low, place: row - (starts[low] ?? 0) - 1 };
}

/** The pages of groups that the rows `first` to `last` lie on, as [group, page]. */
export function groupPages(
  starts: readonly number[],
  first: number,
  last: number,
): readonly (readonly [number, number])[] {
  const from = spotOf(starts, Math.max(0, first));
  const end = (starts.at(-1) ?? 0) - 1;
  const to = spotOf(starts, Math.min(last, end));
  if (!from || !to) return [];
  const pages: [number, number][] = [];
  for (let group = from.group; group <= to.group; group += 1) {
    const count = (starts[group + 1] ?? 0) - (starts[group] ?? 0) - 1;
    if (count <= 0) continue;
    const low = group === from.group ? Math.max(0, from.place) : 0;
    const high = group === to.group ? Math.max(0, to.place) : count - 1;
    const most = Math.floor((count - 1) / pageSize);
    for (const page of pagesOf(low, high)) if (page <= most) pages.push([group, page]);
  }
  return pages;
}

/** The list of one group: the same, and the field has the group's value. */
export function inGroup(query: ListQuery, field: string, value: Json): ListQuery {
  const filter: Filter = { field, op: 'is', value };
  return { ...query, filters: [...(query.filters ?? []), filter] };
}

/** Groups in the order of a list that is sorted by what groups it: the other way round where that is downwards, what is empty last. */
export function inOrder<Group extends { value: Json }>(
  groups: readonly Group[],
  { sort = [] }: ListQuery,
  by: string,
): readonly Group[] {
  const [first] = sort;
  if (first?.field !== by || first.direction === 'asc') return groups;
  const isEmpty = ({ value }: Group): boolean => value === null || value === '';
  return [...groups.filter((group) => !isEmpty(group)).toReversed(), ...groups.filter(isEmpty)];
}
