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
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import { whyNot } from './permissions.ts';
import { whyNothing } from '../../../stores/profile.ts';
import { counted, titleQuoted } from '../../../text/names.ts';
import { reportLocked, reportCountLocked } from '../../../ui/locked.ts';

/** What a command acts on: what is picked, else what the cursor is on. */
export interface Selection {
  count: number;
  /** The records themselves; null when every one of the list is meant, read or not. */
  records: readonly EntityRecord[] | null;
  which: BulkScope;
}

type Picking = Pick<GridState, 'picked' | 'allBut' | 'cursor' | 'away'>;

/** What is meant in a list; null when nothing is. */
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

/** Lets go of what is picked and is gone meanwhile: deleted here or elsewhere, restored, or taken back by an undo or a redo. */
export function usePickedThere({ type, deleted }: Pick<ListView, 'type' | 'deleted'>): void {
  const grid = useGridStore();
  const picked = useGrid((state) => state.picked);
  const ids = [...picked.keys()];
  const query = { type, deleted, search: '', filters: [{ field: 'id', op: 'in' as const, value: ids }] };
  const { data, isFetching } = useQuery({
    queryKey: [...keys.list(query), 'picked'],
    queryFn: ({ signal }) => api.entities.list({ ...query, limit: ids.length }, { signal }),
    enabled: ids.length > 0 && ids.length <= most,
    // Nobody keeps an answer up to date that is not looked at: the same ones picked again are asked for again.
    gcTime: 0,
  });
  useEffect(() => {
    // What was picked since was not asked about, and what is being asked anew is not known.
    if (!data || isFetching || grid.getState().picked !== picked) return;
    const there = new Set(data.rows.map(({ id }) => id));
    const gone = [...picked.keys()].filter((id) => !there.has(id));
    if (gone.length > 0) dropPicks(grid, new Set(gone));
  }, [data, isFetching, picked, grid]);
}

/** What the commands of a list are about, and what whoever acts may do with it. */
export interface SelectionState {
  selection: Selection | null;
  /** The records themselves; null when nothing is meant, or every one of the list, read or not. */
  records: readonly EntityRecord[] | null;
  count: number;
  one: EntityRecord | undefined;
  /** What it is called: by name, or counted; '' for nothing. */
  what: string;
  /** Why nothing of it may be changed, as a sentence; null when something may. */
  locked: string | null;
  /** Why something of it may not be deleted or brought back; null when all may. */
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
    what: count > 1 ? counted(type, count) : one ? titleQuoted(one.title, type) : '',
    locked: refusals.includes(null) ? null : (refusals[0] ?? null),
    fixed: removals.find((why) => why !== null) ?? null,
  };
}

/** Says why some of what is meant cannot be deleted by who acts. True when that is so, as far as the window knows. */
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
