import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Rows } from '../data/rows.ts';
import type { Cursor } from './keys.ts';
import { useGridStore } from './state.ts';

interface Followed {
  rows: Rows;
  cursor: Cursor;
  virtual: Virtualizer<HTMLDivElement, Element>;
}

/** How far around the cursor a record is looked for that has moved. */
const reach = 200;

/**
 * Keeps the cursor in sight when it moves, and on its record when rows come or go around it: what one looks at does not change
 * because somebody else added a record above.
 */
export function useFollow({ rows, cursor, virtual }: Followed): void {
  const grid = useGridStore();
  const held = useRef<{ row: number; id: string | undefined }>({ row: -1, id: undefined });
  const { row, column } = cursor;
  const id = rows.at(row)?.id;
  useEffect(() => {
    const before = held.current;
    // What a list showed before it was ordered or narrowed anew says nothing of where its rows are now.
    held.current = { row, id: rows.stale ? undefined : id };
    if (before.row !== row || before.id === undefined || id === before.id || rows.stale) {
      if (before.row !== row && before.row !== -1) virtual.scrollToIndex(row, { align: 'auto' });
      return;
    }
    for (let step = 1; step <= reach; step += 1) {
      const found = [row - step, row + step].find((candidate) => rows.at(candidate)?.id === before.id);
      if (found === undefined) continue;
      held.current = { row: found, id: before.id };
      const { range } = virtual;
      // Who has scrolled elsewhere goes on looking there; who had it in sight keeps it there, wherever a new name puts it.
      if (range && range.startIndex <= row && row <= range.endIndex)
        virtual.scrollToIndex(found, { align: 'auto' });
      grid.setState({ cursor: { row: found, column } });
      return;
    }
  }, [row, column, id, rows, virtual, grid]);
}
