/** Where the grid's cursor is: row and column by number, from 0. */
export interface Cursor {
  row: number;
  column: number;
}

/** What a key asks of a grid. */
export type GridAction =
  /** With `keep` what is selected stays so. */
  | { kind: 'move'; to: Cursor; extend: boolean; keep: boolean }
  /** Begin to edit; with `text` that replaces what is there. */
  | { kind: 'edit'; text: string | null }
  /** Empty the cells that are selected, or begin to edit the only one with nothing in it. */
  | { kind: 'empty' }
  | { kind: 'open' }
  /** Open the record by itself, over the whole of a tab. */
  | { kind: 'open-alone' }
  /** Empty the cells that are selected, or delete the records that are. */
  | { kind: 'remove' }
  /** Delete the records that are picked or under the cursor, whatever the cell. */
  | { kind: 'remove-records' }
  | { kind: 'pick' }
  /** The cells that are selected become whole rows. */
  | { kind: 'pick-rows' }
  | { kind: 'pick-all' }
  | { kind: 'fill-down' }
  | { kind: 'leave' };

export interface GridShape {
  rows: number;
  columns: number;
  /** Whole rows that fit on the screen. */
  page: number;
  /** Whole rows are selected. */
  picking?: boolean;
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

/** The cell within the grid that lies nearest to `cursor`. */
export function within(cursor: Cursor, { rows, columns }: Pick<GridShape, 'rows' | 'columns'>): Cursor {
  return { row: clamp(cursor.row, rows), column: clamp(cursor.column, columns) };
}

function target(
  key: string,
  mod: boolean,
  { row, column }: Cursor,
  { rows, columns, page }: GridShape,
): Cursor | null {
  switch (key) {
    case 'ArrowUp':
      return { row: mod ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: mod ? rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: mod ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: mod ? columns - 1 : column + 1 };
    case 'Home':
      return { row: mod ? 0 : row, column: 0 };
    case 'End':
      return { row: mod ? rows - 1 : row, column: columns - 1 };
    case 'PageUp':
      return { row: row - page, column };
    case 'PageDown':
      return { row: row + page, column };
    default:
      return null;
  }
}

const isRowStep = (key: string): boolean => key === 'ArrowUp' || key === 'ArrowDown';

/** True for a key that types something, and false for one that has a name (`Tab`, `Shift`). */
const isCharacter = (key: string): boolean => !/^[A-Z][A-Za-z0-9]+$/.test(key);

function withMod(key: string, shift: boolean): GridAction | null {
  if (shift) return null;
  if (key === 'a') return { kind: 'pick-all' };
  if (key === ' ') return { kind: 'pick' };
  if (key === 'delete' || key === 'backspace') return { kind: 'remove-records' };
  return key === 'd' ? { kind: 'fill-down' } : null;
}

/** What a key does in a grid that is not being edited, or null when it means nothing there. */
export function actionFor(event: Pressed, cursor: Cursor, shape: GridShape): GridAction | null {
  const mod = event.ctrlKey || event.metaKey;
  if (event.altKey) return null;
  // Where rows are selected, Ctrl moves on without letting go of them, one by one.
  const keep = mod && !event.shiftKey && shape.picking === true;
  const far = mod && !(keep && isRowStep(event.key));
  const to = target(event.key, far, cursor, shape);
  if (to) return { kind: 'move', to: within(to, shape), extend: event.shiftKey, keep };
  if (mod) return withMod(event.key.toLowerCase(), event.shiftKey);
  if (event.key === 'Enter') return { kind: event.shiftKey ? 'open' : 'open-alone' };
  if (event.key === 'F2') return { kind: 'edit', text: null };
  if (event.key === 'Backspace') return { kind: 'empty' };
  if (event.key === 'Delete') return { kind: 'remove' };
  if (event.key === ' ') return { kind: event.shiftKey ? 'pick-rows' : 'pick' };
  if (event.key === 'Escape') return { kind: 'leave' };
  return isCharacter(event.key) ? { kind: 'edit', text: event.key } : null;
}

/** The rows from one to another, either way round, both included. */
export function span(from: number, to: number): readonly number[] {
  const [low, high] = from < to ? [from, to] : [to, from];
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
}
