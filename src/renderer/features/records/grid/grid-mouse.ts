import type { MouseEvent } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import { reportError } from '../../../ui/notices.tsx';
import { editedField } from '../columns.ts';
import type { Column } from '../columns.ts';
import type { Rows } from '../data/rows.ts';
import type { Cursor, GridStore } from './state.ts';
import {
  extendTo,
  hasSeveralCells,
  rangeOf,
  beginEditing,
  isPicked,
  moveTo,
  toggleGroup,
  togglePick,
} from './state.ts';
import type { PlacedColumn } from '../column-layout.ts';

function numbersBetween(from: number, to: number): readonly number[] {
  const [low, high] = from < to ? [from, to] : [to, from];
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
}

/** Maximum number of rows that are read to select them one by one. */
export const maxReadRows = 10_000;

interface SelectionContext {
  grid: GridStore;
  rows: Rows;
  columns: readonly Pick<Column, 'isNaming'>[];
}

/**
 * Extends the selection to a cell. Mode `rows` selects records, `cells` only cells, `names` records if only names are covered, else cells.
 * Unread rows in between are read, up to `maxReadRows`; they are ignored if the person has moved the cursor meanwhile.
 */
export function extendSelection(
  { grid, rows, columns }: SelectionContext,
  to: Cursor,
  mode: 'names' | 'rows' | 'cells',
): void {
  const { anchor, cursor } = grid.getState();
  const start = anchor ?? cursor;
  const startRow = start.row;
  const isCellRange = mode !== 'rows';
  const isNamesOnly = [start.column, to.column].every((column) => columns[column]?.isNaming === true);
  const selectsRecords = mode === 'rows' || (mode === 'names' && isNamesOnly);
  const lastRow =
    to.row > startRow
      ? Math.min(to.row, startRow + maxReadRows - 1)
      : Math.max(to.row, startRow - maxReadRows + 1);
  const target = { ...to, row: lastRow };
  if (!selectsRecords) {
    extendTo(grid, target, isCellRange, []);
    return;
  }
  const rowNumbers = numbersBetween(startRow, lastRow);
  const loadedRecords = rowNumbers.flatMap((row) => rows.recordAt(row) ?? []);
  extendTo(grid, target, isCellRange, loadedRecords);
  const groupLineCount = rowNumbers.filter((row) => rows.groupAt(row)).length;
  if (loadedRecords.length + groupLineCount === rowNumbers.length) return;
  const { moves } = grid.getState();
  void rows
    .read(Math.min(startRow, lastRow), Math.max(startRow, lastRow))
    .then((records) => {
      if (grid.getState().moves === moves) extendTo(grid, target, isCellRange, records);
    })
    .catch(reportError);
}

interface MouseContext {
  grid: GridStore;
  rows: Rows;
  columns: readonly PlacedColumn[];
  editable: boolean;
  open: (record: EntityRecord) => void;
  openPage: (record: EntityRecord) => void;
  reportIfLocked: (record: EntityRecord) => boolean;
}

interface Hit {
  cursor: Cursor;
  record: EntityRecord;
  isCheckbox: boolean;
  isOpener: boolean;
}

function rowUnder(target: EventTarget | null): number {
  const row = target instanceof Element ? target.closest('[data-row]') : null;
  return Number(row?.getAttribute('data-row') ?? Number.NaN);
}

function findHit(event: MouseEvent, { grid, rows }: MouseContext): Hit | null {
  if (!(event.target instanceof Element)) return null;
  const row = rowUnder(event.target);
  const column = event.target.closest('[data-column]')?.getAttribute('data-column') ?? '';
  const record = Number.isNaN(row) ? undefined : rows.recordAt(row);
  if (!record) return null;
  const { cursor } = grid.getState();
  return {
    record,
    cursor: { row, column: column === 'check' || column === '' ? cursor.column : Number(column) },
    isCheckbox: column === 'check',
    isOpener: event.target.closest('[data-open]') !== null,
  };
}

const isInEditor = (event: MouseEvent): boolean =>
  event.target instanceof Element && event.target.closest('.cell-editor') !== null;

function isInRange(grid: GridStore, { row, column }: Cursor): boolean {
  const range = rangeOf(grid.getState());
  return (
    hasSeveralCells(range) &&
    row >= range.top &&
    row <= range.bottom &&
    column >= range.left &&
    column <= range.right
  );
}

/** Px that the pointer must move before a drag selects a range, so that rows scrolled under a resting pointer do not. */
const dragThreshold = 4;

function trackDrag(context: MouseContext, { clientX, clientY }: MouseEvent): void {
  const { grid } = context;
  const onOver = (event: globalThis.MouseEvent): void => {
    const isLeftButtonDown = event.buttons % 2 === 1;
    if (!isLeftButtonDown) stop();
    if (Math.hypot(event.clientX - clientX, event.clientY - clientY) < dragThreshold) return;
    const cell = event.target instanceof Element ? event.target.closest('[data-column]') : null;
    const row = rowUnder(event.target);
    const column = Number(cell?.getAttribute('data-column') ?? Number.NaN);
    const { cursor } = grid.getState();
    if (Number.isNaN(row) || Number.isNaN(column) || (row === cursor.row && column === cursor.column)) return;
    // Dragging over cells selects cells, so commands on records do not apply.
    extendSelection(context, { row, column }, 'cells');
  };
  const stop = (): void => {
    window.removeEventListener('mouseover', onOver);
    window.removeEventListener('mouseup', stop);
  };
  window.addEventListener('mouseover', onOver);
  window.addEventListener('mouseup', stop);
}

function onMouseDown(event: MouseEvent, context: MouseContext): void {
  const { grid, rows } = context;
  const group = isInEditor(event) ? undefined : rows.groupAt(rowUnder(event.target));
  if (group) {
    moveTo(grid, { row: rowUnder(event.target), column: grid.getState().cursor.column });
    if (event.button === 0) toggleGroup(grid, group.key);
    return;
  }
  const hit = isInEditor(event) ? null : findHit(event, context);
  if (!hit) return;
  const state = grid.getState();
  const isInSelection = event.button === 2 && (isPicked(state, hit.record.id) || isInRange(grid, hit.cursor));
  if (isInSelection) return;
  const isLeftButton = event.button === 0;
  if (isLeftButton && event.shiftKey) {
    event.preventDefault();
    extendSelection(context, hit.cursor, hit.isCheckbox ? 'rows' : 'names');
  } else if (isLeftButton && (hit.isCheckbox || event.ctrlKey || event.metaKey))
    togglePick(grid, hit.record, hit.cursor);
  else {
    moveTo(grid, hit.cursor);
    if (isLeftButton) trackDrag(context, event);
  }
}

export function mouseHandlers(context: MouseContext) {
  const { grid, columns, editable, open, openPage, reportIfLocked } = context;
  return {
    onMouseDown: (event: MouseEvent): void => onMouseDown(event, context),
    onClick: (event: MouseEvent): void => {
      const hit = isInEditor(event) ? null : findHit(event, context);
      if (hit?.isOpener) open(hit.record);
    },
    onDoubleClick: (event: MouseEvent): void => {
      const hit = isInEditor(event) ? null : findHit(event, context);
      if (!hit || hit.isCheckbox) return;
      const column = columns[hit.cursor.column];
      if (hit.isOpener || !column || column.isNaming || !editable || !editedField(column))
        openPage(hit.record);
      else if (!reportIfLocked(hit.record)) beginEditing(grid, null);
    },
  };
}
