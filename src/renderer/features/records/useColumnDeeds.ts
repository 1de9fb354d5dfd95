import { useMemo } from 'react';
import type { ListView } from '#shared/address/view.ts';
import { defaultSort } from '#shared/domain/order.ts';
import { adjustList } from '../../stores/address.ts';
import type { ColumnDeeds } from './grid/column-deeds.ts';
import { fitWidth } from './grid/fit.ts';
import { nextSort } from './grid/GridHeader.tsx';
import type { Columns } from './grid/useColumns.ts';
import { groupFields } from './grouping.ts';
import { useOwnFields } from './own/useOwnFields.ts';
import { summaryOf } from './summaries.ts';

/** What can be done with the columns of a list. The same until the list or its columns change. */
export function useColumnDeeds(view: ListView, columns: Columns): ColumnDeeds {
  const { type, sort, filters, group, deleted } = view;
  const own = useOwnFields(type);
  return useMemo(() => {
    const order = sort.length > 0 ? sort : defaultSort(type);
    const column = (key: string) => columns.placed.find((one) => one.key === key);
    return {
      sort: (key, add) => adjustList({ sort: nextSort(order, key, add) }),
      order: (key, direction) => adjustList({ sort: [{ field: key, direction }] }),
      filter: (added) => adjustList({ filters: [...filters, ...added] }),
      grouped: group,
      canGroup: (key) => deleted !== 'only' && groupFields(type, own).some((field) => field.key === key),
      group: (key) => adjustList({ group: key }),
      resize: columns.resize,
      fit: (within, key, index) => {
        const grid = within?.closest('.grid');
        if (grid) columns.resize(key, fitWidth(grid, key, index));
      },
      move: columns.move,
      place: (key, target) => {
        // What is dropped among the pinned stays in sight like them.
        const pinned = column(target)?.pin !== null;
        if ((column(key)?.pin !== null) !== pinned) columns.pin(key, pinned);
        columns.place(key, target);
      },
      pin: columns.pin,
      hide: columns.toggle,
      summaryOf: (key) => {
        const found = column(key);
        return found ? summaryOf(found, columns.layout) : 'none';
      },
      summarize: columns.summarize,
    };
  }, [type, sort, filters, group, deleted, columns, own]);
}
