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
  const { data } = useQuery({
    queryKey: [...keys.list(query), 'picked'],
    queryFn: ({ signal }) => api.entities.list({ ...query, limit: ids.length }, { signal }),
    enabled: ids.length > 0 && ids.length <= most,
  });
  useEffect(() => {
    if (!data) return;
    const there = new Set(data.rows.map(({ id }) => id));
    const gone = [...grid.getState().picked.keys()].filter((id) => !there.has(id));
    // What was picked since was not asked about.
    if (gone.length > 0 && data.rows.length + gone.length === grid.getState().picked.size)
      dropPicks(grid, new Set(gone));
  }, [data, grid]);
}
