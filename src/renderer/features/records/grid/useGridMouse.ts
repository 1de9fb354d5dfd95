import type { MouseEvent } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Rows } from '../data/useRows.ts';
import type { PlacedColumn } from '../layout.ts';
import type { Cursor } from './keys.ts';
import { beginEditing, extendTo, moveTo, togglePick, useGrid } from './state.ts';
import { recordsOf } from './useGridKeys.ts';

interface Grid {
  rows: Rows;
  columns: readonly PlacedColumn[];
  editable: boolean;
  open: (record: EntityRecord) => void;
}

interface Hit {
  cursor: Cursor;
  record: EntityRecord;
  check: boolean;
  opener: boolean;
}

/** Which cell an event happened in. One listener on the grid serves all rows. */
function hit(event: MouseEvent, rows: Rows): Hit | null {
  if (!(event.target instanceof Element)) return null;
  const row = Number(event.target.closest('[data-row]')?.getAttribute('data-row') ?? NaN);
  const column = event.target.closest('[data-column]')?.getAttribute('data-column') ?? '';
  const record = Number.isNaN(row) ? undefined : rows.at(row);
  if (!record) return null;
  const { cursor } = useGrid.getState();
  return {
    record,
    cursor: { row, column: column === 'check' || column === '' ? cursor.column : Number(column) },
    check: column === 'check',
    opener: event.target.closest('[data-open]') !== null,
  };
}

const inEditor = (event: MouseEvent): boolean =>
  event.target instanceof Element && event.target.closest('.cell-editor') !== null;

/** What the mouse does in the grid. */
export function gridMouse({ rows, columns, editable, open }: Grid) {
  return {
    onMouseDown: (event: MouseEvent): void => {
      const at = inEditor(event) ? null : hit(event, rows);
      if (!at) return;
      const again = event.button === 2 && useGrid.getState().picked.has(at.record.id);
      if (again) return;
      if (event.button === 0 && (at.check || event.ctrlKey || event.metaKey))
        togglePick(at.record, at.cursor);
      else if (event.button === 0 && event.shiftKey) {
        event.preventDefault();
        extendTo(at.cursor, (from, to) => recordsOf(rows, from, to));
      } else moveTo(at.cursor);
    },
    onClick: (event: MouseEvent): void => {
      const at = inEditor(event) ? null : hit(event, rows);
      if (at?.opener) open(at.record);
    },
    onDoubleClick: (event: MouseEvent): void => {
      const at = inEditor(event) ? null : hit(event, rows);
      if (!at || at.check || at.opener) return;
      if (editable && columns[at.cursor.column]?.field) beginEditing(null);
      else open(at.record);
    },
  };
}
