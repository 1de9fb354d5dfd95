import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { RecordSelection } from '#shared/contract/bulk.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { ListView } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import { pickedCount, dropPicks, useGrid, useGridStore } from '../grid/state.ts';
import type { GridState } from '../grid/state.ts';
import type { Rows } from './rows.ts';
import { queryFor } from '../../../stores/queries.ts';
import { changeRefusal } from './permissions.ts';
import { writeRefusal } from '../../../stores/profile.ts';
import { countedRecords, quotedTitle } from '../../../text/names.ts';
import { reportLocked, reportCountLocked } from '../../../ui/locked.ts';

/** The subject of commands: the selection, else the row of the cursor. */
export interface Selection {
  count: number;
  /** Null if all records of the list are selected, because not all have been read. */
  records: readonly EntityRecord[] | null;
  which: RecordSelection;
}

type PickState = Pick<GridState, 'picked' | 'allExcept' | 'cursor' | 'isAway'>;

/** The selection of a list; null if there is none. */
export function selectionOf(
  state: PickState,
  rows: Rows,
  { filters, search }: Pick<ListView, 'filters' | 'search'>,
): Selection | null {
  if (state.allExcept) {
    const count = pickedCount(state, rows.matched);
    const excludedIds = [...state.allExcept];
    const which: RecordSelection = { kind: 'matching', filters: [...filters], search, except: excludedIds };
    return count === 0 ? null : { count, records: null, which };
  }
  const cursorRecord = state.isAway ? undefined : rows.recordAt(state.cursor.row);
  const records = state.picked.size > 0 ? [...state.picked.values()] : cursorRecord ? [cursorRecord] : [];
  if (records.length === 0) return null;
  return { count: records.length, records, which: { kind: 'ids', ids: records.map(({ id }) => id) } };
}

export function useSelection(rows: Rows, view: ListView): Selection | null {
  const picked = useGrid((state) => state.picked);
  const allExcept = useGrid((state) => state.allExcept);
  const cursor = useGrid((state) => state.cursor);
  const isAway = useGrid((state) => state.isAway);
  return useMemo(
    () => selectionOf({ picked, allExcept, cursor, isAway }, rows, view),
    [picked, allExcept, cursor, isAway, rows, view],
  );
}

const maxCheckedPicks = 500;

/** Drops selected records that were deleted, restored or undone meanwhile, if at most `maxCheckedPicks` are selected. */
export function useDropMissingPicks({ type, deleted }: Pick<ListView, 'type' | 'deleted'>): void {
  const grid = useGridStore();
  const picked = useGrid((state) => state.picked);
  const ids = [...picked.keys()];
  const query = { type, deleted, search: '', filters: [{ field: 'id', op: 'in' as const, value: ids }] };
  const { data, isFetching } = useQuery({
    ...queryFor('entities.list', { ...query, limit: ids.length }),
    enabled: ids.length > 0 && ids.length <= maxCheckedPicks,
    // The answer would become stale while unobserved, so it is not cached.
    gcTime: 0,
  });
  useEffect(() => {
    // The answer can belong to an earlier selection.
    if (!data || isFetching || grid.getState().picked !== picked) return;
    const foundIds = new Set(data.rows.map(({ id }) => id));
    const missingIds = [...picked.keys()].filter((id) => !foundIds.has(id));
    if (missingIds.length > 0) dropPicks(grid, new Set(missingIds));
  }, [data, isFetching, picked, grid]);
}

/** The subject of a list's commands, and what the actor can do with it. */
export interface SelectionState {
  selection: Selection | null;
  records: readonly EntityRecord[] | null;
  count: number;
  single: EntityRecord | undefined;
  /** The selection in words: a count or a name; '' for none. */
  what: string;
  /** Why the actor can change none of the records, as a sentence; null if some can be changed. */
  editRefusal: string | null;
  /** Why the actor cannot delete or restore some of the records; null if all can be deleted or restored. */
  removalRefusal: string | null;
}

export function describeSelection(
  selection: Selection | null,
  type: EntityType,
  me: Actor | undefined,
): SelectionState {
  const records = selection?.records ?? null;
  const count = selection?.count ?? 0;
  const single = records?.length === 1 ? records[0] : undefined;
  const refusals = records?.map((record) => changeRefusal(me, record)) ?? [writeRefusal(me)];
  const removalRefusals = records?.map((record) => changeRefusal(me, record, true)) ?? [writeRefusal(me)];
  return {
    selection,
    records,
    count,
    single,
    what: count > 1 ? countedRecords(type, count) : single ? quotedTitle(single.title, type) : '',
    editRefusal: refusals.includes(null) ? null : (refusals[0] ?? null),
    removalRefusal: removalRefusals.find((refusal) => refusal !== null) ?? null,
  };
}

/** Reports why the actor cannot delete some of the selected records. Returns true if the window knows such a reason. */
export function reportUndeletable(
  me: Profile | undefined,
  type: EntityType,
  { records, count }: Selection,
): boolean {
  const refusedRecords = (records ?? []).filter((record) => changeRefusal(me, record, true) !== null);
  const [firstRefused] = refusedRecords;
  const refusal = firstRefused ? changeRefusal(me, firstRefused, true) : writeRefusal(me);
  if (refusal === null) return false;
  if (firstRefused) reportLocked(type, refusedRecords, refusal);
  else reportCountLocked(type, count, refusal);
  return true;
}
