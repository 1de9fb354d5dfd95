import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { actionFor } from '#renderer/features/records/grid/grid-keys.ts';
import { clampCursor } from '#renderer/features/records/grid/state.ts';
import type { Cursor } from '#renderer/features/records/grid/state.ts';
import { nextSort } from '#renderer/features/records/grid/column-actions.ts';

const shape = { rows: 100, columns: 5, page: 10 };
const at: Cursor = { row: 50, column: 2 };

const press = (key: string, modifiers: { ctrl?: boolean; shift?: boolean; alt?: boolean } = {}) => ({
  key,
  ctrlKey: modifiers.ctrl ?? false,
  shiftKey: modifiers.shift ?? false,
  altKey: modifiers.alt ?? false,
  metaKey: false,
});

const moved = (key: string, modifiers = {}): Cursor | null => {
  const action = actionFor(press(key, modifiers), at, shape);
  return action?.kind === 'move' ? action.to : null;
};

describe('keys in the grid', () => {
  it.each([
    ['ArrowUp', {}, { row: 49, column: 2 }],
    ['ArrowDown', {}, { row: 51, column: 2 }],
    ['ArrowLeft', {}, { row: 50, column: 1 }],
    ['ArrowRight', {}, { row: 50, column: 3 }],
    ['ArrowDown', { ctrl: true }, { row: 99, column: 2 }],
    ['ArrowUp', { ctrl: true }, { row: 0, column: 2 }],
    ['Home', {}, { row: 50, column: 0 }],
    ['End', {}, { row: 50, column: 4 }],
    ['Home', { ctrl: true }, { row: 0, column: 0 }],
    ['End', { ctrl: true }, { row: 99, column: 4 }],
    ['PageDown', {}, { row: 60, column: 2 }],
    ['PageUp', {}, { row: 40, column: 2 }],
  ])('%s %o moves', (key, modifiers, to) => {
    expect(moved(key, modifiers)).toEqual(to);
  });

  it('Shift extends the selection', () => {
    expect(actionFor(press('ArrowDown', { shift: true }), at, shape)).toMatchObject({
      kind: 'move',
      extend: true,
    });
  });

  it.each([
    ['Enter', { kind: 'open-alone' }],
    ['F2', { kind: 'edit', text: null }],
    ['Backspace', { kind: 'empty' }],
    ['Delete', { kind: 'remove' }],
    [' ', { kind: 'pick' }],
    ['Escape', { kind: 'leave' }],
    ['x', { kind: 'edit', text: 'x' }],
    ['É', { kind: 'edit', text: 'É' }],
    ['語', { kind: 'edit', text: '語' }],
  ])('%s', (key, action) => {
    expect(actionFor(press(key), at, shape)).toEqual(action);
  });

  test.prop([
    fc.array(
      fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'),
      { maxLength: 40 },
    ),
    fc.boolean(),
    fc.integer({ min: 1, max: 50 }),
    fc.integer({ min: 1, max: 8 }),
  ])('no sequence of keys leaves the grid', (keys, ctrl, rows, columns) => {
    let cursor: Cursor = { row: 0, column: 0 };
    for (const key of keys) {
      const action = actionFor(press(key, { ctrl }), cursor, { rows, columns, page: 7 });
      if (action?.kind === 'move') cursor = action.to;
      expect(clampCursor(cursor, { rows, columns })).toEqual(cursor);
    }
  });
});

describe('the order after a click on a column', () => {
  it('moves up, down and out', () => {
    const up = nextSort([], 'name', false);
    const down = nextSort(up, 'name', false);
    expect(up).toEqual([{ field: 'name', direction: 'asc' }]);
    expect(down).toEqual([{ field: 'name', direction: 'desc' }]);
    expect(nextSort(down, 'name', false)).toEqual([]);
  });
});
