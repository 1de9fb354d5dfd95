import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ListView } from '#shared/address/view.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import { dropPicks, useGrid, useGridStore } from '../grid/state.ts';

/** So many picked records are looked after one by one. */
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
