import type { Which } from '#shared/contract/bulk.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { ListView } from '#shared/address/view.ts';
import { pickedCount } from '../grid/state.ts';
import type { GridState } from '../grid/state.ts';
import type { Rows } from './rows.ts';

/** What a command acts on: what is picked, else what the cursor is on. */
export interface Subjects {
  count: number;
  /** The records themselves; null when every one of the list is meant, read or not. */
  records: readonly EntityRecord[] | null;
  which: Which;
}

type Picking = Pick<GridState, 'picked' | 'allBut' | 'cursor' | 'away'>;

/** What is meant in a list; null when nothing is. */
export function subjectsOf(
  state: Picking,
  rows: Rows,
  { filters, search }: Pick<ListView, 'filters' | 'search'>,
): Subjects | null {
  if (state.allBut) {
    const count = pickedCount(state, rows.matched);
    const except = [...state.allBut];
    const which: Which = { kind: 'matching', filters: [...filters], search, except };
    return count === 0 ? null : { count, records: null, which };
  }
  const under = state.away ? undefined : rows.at(state.cursor.row);
  const records = state.picked.size > 0 ? [...state.picked.values()] : under ? [under] : [];
  if (records.length === 0) return null;
  return { count: records.length, records, which: { kind: 'ids', ids: records.map(({ id }) => id) } };
}
