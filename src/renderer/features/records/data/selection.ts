import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { BulkScope } from '#shared/contract/bulk.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { ListView } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import { pickedCount, dropPicks, useGrid, useGridStore } from '../grid/state.ts';
import type { GridState } from '../grid/state.ts';
import type { Rows } from './rows.ts';
import { queryFor } from '../../../stores/queries.ts';
import { whyNot } from './permissions.ts';
import { whyNothing } from '../../../stores/profile.ts';
import { countedRecords, titleQuoted } from '../../../text/names.ts';
import { reportLocked, reportCountLocked } from '../../../ui/locked.ts';

/** The subject of commands: the selection, else the row of the cursor. */
export interface Selection {
  count: number;
  records: readonly EntityRecord[] | null;
  which: BulkScope;
}

type Picking = Pick<GridState, 'picked' | 'allBut' | 'cursor' | 'away'>;

/** The selection of a list; null if there is none. */
export function selectionOf(
  state: Picking,
  rows: Rows,
  { filters, search }: Pick<ListView, 'filters' | 'search'>,
): Selection | null {
  if (state.allBut) {
    const count = pickedCount(state, rows.matched);
    const except = [...state.allBut];
    const which: BulkScope = { kind: 'matching', filters: [...filters], search, except };
    return count === 0 ? null : { count, records: null, which };
  }
  const under = state.away ? undefined : rows.at(state.cursor.row);
  const records = state.picked.size > 0 ? [...state.picked.values()] : under ? [under] : [];
  if (records.length === 0) return null;
  return { count: records.length, records, which: { kind: 'ids', ids: records.map(({ id }) => id) } };
}

export function useSelection(rows: Rows, view: ListView): Selection | null {
  const picked = useGrid((state) => state.picked);
  const allBut = useGrid((state) => state.allBut);
  const cursor = useGrid((state) => state.cursor);
  const away = useGrid((state) => state.away);
  return useMemo(
    () => selectionOf({ picked, allBut, cursor, away }, rows, view),
    [picked, allBut, cursor, away, rows, view],
  );
}

const most = 500;

/** Removes records from the selection that were deleted, restored or undone meanwhile. */
export function usePickedThere({ type, deleted }: Pick<ListView, 'type' | 'deleted'>): void {
  const grid = useGridStore();
  const picked = useGrid((state) => state.picked);
  const ids = [...picked.keys()];
  const query = { type, deleted, search: '', filters: [{ field: 'id', op: 'in' as const, value: ids }] };
  const { data, isFetching } = useQuery({
    ...queryFor('entities.list', { ...query, limit: ids.length }),
    enabled: ids.length > 0 && ids.length <= most,
    // The answer would become stale while unobserved, so it is not cached.
    gcTime: 0,
  });
  useEffect(() => {
    // The answer may be about an earlier selection.
    if (!data || isFetching || grid.getState().picked !== picked) return;
    const there = new Set(data.rows.map(({ id }) => id));
    const missing = [...picked.keys()].filter((id) => !there.has(id));
    if (missing.length > 0) dropPicks(grid, new Set(missing));
  }, [data, isFetching, picked, grid]);
}

/** The subject of a list's commands and what the actor may do with it. */
export interface SelectionState {
  selection: Selection | null;
  records: readonly EntityRecord[] | null;
  count: number;
  one: EntityRecord | undefined;
  what: string;
  /** Why none of it may be changed, as a sentence; null if some may. */
  locked: string | null;
  /** Why some of it may not be deleted or restored; null if all may. */
  fixed: string | null;
}

export function describeSelection(
  selection: Selection | null,
  type: EntityType,
  me: Actor | undefined,
): SelectionState {
  const records = selection?.records ?? null;
  const count = selection?.count ?? 0;
  const one = records?.length === 1 ? records[0] : undefined;
  const refusals = records?.map((record) => whyNot(me, record)) ?? [whyNothing(me)];
  const removals = records?.map((record) => whyNot(me, record, true)) ?? [whyNothing(me)];
  return {
    selection,
    records,
    count,
    one,
    what: count > 1 ? countedRecords(type, count) : one ? titleQuoted(one.title, type) : '',
    locked: refusals.includes(null) ? null : (refusals[0] ?? null),
    fixed: removals.find((why) => why !== null) ?? null,
  };
}

/** Reports why some of the selection cannot be deleted by the actor. Returns whether that is so, as far as the window knows. */
export function reportUndeletable(
  me: Profile | undefined,
  type: EntityType,
  { records, count }: Selection,
): boolean {
  const refused = (records ?? []).filter((record) => whyNot(me, record, true) !== null);
  const [first] = refused;
  const why = first ? whyNot(me, first, true) : whyNothing(me);
  if (why === null) return false;
  if (first) reportLocked(type, refused, why);
  else reportCountLocked(type, count, why);
  return true;
}
