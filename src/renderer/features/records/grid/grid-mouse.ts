import type { MouseEvent } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import { reportError } from '../../../ui/notices.tsx';
import type { Column } from '../columns.ts';
import type { Rows } from '../data/rows.ts';
import type { Cursor, GridStore } from './state.ts';
import {
  stretchTo,
  isWide,
  rangeOf,
  beginEditing,
  isPicked,
  moveTo,
  toggleGroup,
  togglePick,
} from './state.ts';
import type { PlacedColumn } from '../column-layout.ts';

function span(from: number, to: number): readonly number[] {
  const [low, high] = from < to ? [from, to] : [to, from];
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
}

/** Most rows that are read to select them one by one. */
export const mostRead = 10_000;

interface Stretched {
  grid: GridStore;
  rows: Rows;
  columns: readonly Pick<Column, 'naming'>[];
}

/**
 * Extends the selection to a cell. `names` over name cells alone selects records, over other cells only cells; `rows` selects records,
 * `cells` none. Unread rows in between are read, up to a limit, unless the person has moved on meanwhile.
 */
export function dragSelection(
  { grid, rows, columns }: Stretched,
  to: Cursor,
  over: 'names' | 'rows' | 'cells',
): void {
  const { anchor, cursor } = grid.getState();
  const begun = anchor ?? cursor;
  const from = begun.row;
  const cells = over !== 'rows';
  const named = [begun.column, to.column].every((column) => columns[column]?.naming === true);
  const pick = over === 'rows' || (over === 'names' && named);
  const last = to.row > from ? Math.min(to.row, from + mostRead - 1) : Math.max(to.row, from - mostRead + 1);
  const target = { ...to, row: last };
  if (!pick) {
    stretchTo(grid, target, cells, []);
    return;
  }
  const between = span(from, last);
  const here = between.flatMap((row) => rows.at(row) ?? []);
  stretchTo(grid, target, cells, here);
  if (here.length + between.filter((row) => rows.group(row)).length === between.length) return;
  const { moves } = grid.getState();
  void rows
    .read(Math.min(from, last), Math.max(from, last))
    .then((records) => {
      if (grid.getState().moves === moves) stretchTo(grid, target, cells, records);
    })
    .catch(reportError);
}

interface MousedGrid {
  grid: GridStore;
  rows: Rows;
  columns: readonly PlacedColumn[];
  editable: boolean;
  open: (record: EntityRecord) => void;
  openPage: (record: EntityRecord) => void;
  refuse: (record: EntityRecord) => boolean;
}

interface Hit {
  cursor: Cursor;
  record: EntityRecord;
  check: boolean;
  opener: boolean;
}

function rowUnder(target: EventTarget | null): number {
  const row = target instanceof Element ? target.closest('[data-row]') : null;
  return Number(row?.getAttribute('data-row') ?? Number.NaN);
}

function hit(event: MouseEvent, { grid, rows }: MousedGrid): Hit | null {
  if (!(event.target instanceof Element)) return null;
  const row = rowUnder(event.target);
  const column = event.target.closest('[data-column]')?.getAttribute('data-column') ?? '';
  const record = Number.isNaN(row) ? undefined : rows.at(row);
  if (!record) return null;
  const { cursor } = grid.getState();
  return {
    record,
    cursor: { row, column: column === 'check' || column === '' ? cursor.column : Number(column) },
    check: column === 'check',
    opener: event.target.closest('[data-open]') !== null,
  };
}

const inEditor = (event: MouseEvent): boolean =>
  event.target instanceof Element && event.target.closest('.cell-editor') !== null;

function inRange(grid: GridStore, { row, column }: Cursor): boolean {
  const range = rangeOf(grid.getState());
  return (
    isWide(range) && row >= range.top && row <= range.bottom && column >= range.left && column <= range.right
  );
}

/** Px before a drag selects a range; rows that scroll under a resting pointer do not. */
const reach = 4;

function drag(moused: MousedGrid, { clientX, clientY }: MouseEvent): void {
  const { grid } = moused;
  const over = (event: globalThis.MouseEvent): void => {
    if (event.buttons % 2 === 0) end();
    if (Math.hypot(event.clientX - clientX, event.clientY - clientY) < reach) return;
    const cell = event.target instanceof Element ? event.target.closest('[data-column]') : null;
    const row = rowUnder(event.target);
    const column = Number(cell?.getAttribute('data-column') ?? Number.NaN);
    const { cursor } = grid.getState();
    if (Number.isNaN(row) || Number.isNaN(column) || (row === cursor.row && column === cursor.column)) return;
    // Dragging over cells selects cells, so commands on records do not apply.
    dragSelection(moused, { row, column }, 'cells');
  };
  const end = (): void => {
    window.removeEventListener('mouseover', over);
    window.removeEventListener('mouseup', end);
  };
  window.addEventListener('mouseover', over);
  window.addEventListener('mouseup', end);
}

function onDown(event: MouseEvent, moused: MousedGrid): void {
  const { grid, rows } = moused;
  const group = inEditor(event) ? undefined : rows.group(rowUnder(event.target));
  if (group) {
    moveTo(grid, { row: rowUnder(event.target), column: grid.getState().cursor.column });
    if (event.button === 0) toggleGroup(grid, group.key);
    return;
  }
  const at = inEditor(event) ? null : hit(event, moused);
  if (!at) return;
  const state = grid.getState();
  const again = event.button === 2 && (isPicked(state, at.record.id) || inRange(grid, at.cursor));
  if (again) return;
  const left = event.button === 0;
  if (left && event.shiftKey) {
    event.preventDefault();
    dragSelection(moused, at.cursor, at.check ? 'rows' : 'names');
  } else if (left && (at.check || event.ctrlKey || event.metaKey)) togglePick(grid, at.record, at.cursor);
  else {
    moveTo(grid, at.cursor);
    if (left) drag(moused, event);
  }
}

export function gridMouse(moused: MousedGrid) {
  const { grid, columns, editable, open, openPage, refuse } = moused;
  return {
    onMouseDown: (event: MouseEvent): void => onDown(event, moused),
    onClick: (event: MouseEvent): void => {
      const at = inEditor(event) ? null : hit(event, moused);
      if (at?.opener) open(at.record);
    },
    onDoubleClick: (event: MouseEvent): void => {
      const at = inEditor(event) ? null : hit(event, moused);
      if (!at || at.check) return;
      const column = columns[at.cursor.column];
      if (at.opener || column?.naming || !editable || !column?.field) openPage(at.record);
      else if (!refuse(at.record)) beginEditing(grid, null);
    },
  };
}
