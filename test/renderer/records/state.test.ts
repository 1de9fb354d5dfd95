import { fc, test } from '@fast-check/vitest';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  isCellSelection,
  rangeOf,
  sizeOf,
  gridOf,
  isPicked,
  moveTo,
  pickedCount,
  pickEverything,
  extendTo,
  togglePick,
} from '#renderer/features/records/grid/state.ts';
import { selectionOf } from '#renderer/features/records/data/selection.ts';
import type { Rows } from '#renderer/features/records/data/rows.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { freshGrid } from '../support/grid.ts';

const record = (id: string): EntityRecord => ({
  id,
  type: 'team',
  title: id,
  university_id: null,
  payload: { name: id },
  derived: {},
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  deleted_at: null,
  hidden: false,
});
const all = Array.from({ length: 10 }, (_, row) => record(`r${row}`));
const rows: Rows = {
  recordAt: (row) => all[row],
  groupAt: () => undefined,
  indexOf: (id) => all.findIndex((one) => one.id === id),
  read: (from, to) => Promise.resolve(all.slice(from, to + 1)),
  count: all.length,
  matched: all.length,
  total: all.length,
  groups: null,
  isStale: false,
  error: null,
  retry: () => {},
};
const view = { filters: [{ field: 'size', op: 'gte' as const, value: 2 }], search: 'x' };
const at = (row: number, column = 0) => ({ row, column });

beforeEach(freshGrid);

describe('the effect of Delete', () => {
  const columns = [{ isNaming: true }, { isNaming: false }, { isNaming: false }];
  const means = () => isCellSelection(gridOf().getState(), columns);

  it('values, one or a block of them, also of names', () => {
    const grid = gridOf();
    moveTo(grid, at(2, 0));
    expect(means()).toBe(true);
    extendTo(grid, at(4, 2), true, all.slice(2, 5));
    expect(means()).toBe(true);
    moveTo(grid, at(2, 1));
    expect(means()).toBe(true);
    extendTo(grid, at(4, 2), true, all.slice(2, 5));
    expect(means()).toBe(true);
  });

  it('applies to records for a range of names, and for selected rows', () => {
    const grid = gridOf();
    moveTo(grid, at(2, 0));
    extendTo(grid, at(4, 0), true, all.slice(2, 5));
    expect(means()).toBe(false);
    togglePick(grid, record('r7'), at(7, 1));
    expect(means()).toBe(false);
    pickEverything(grid);
    expect(means()).toBe(false);
  });
});

describe('the selection in a grid', () => {
  it('of all records can exclude and include each', () => {
    const grid = gridOf();
    pickEverything(grid);
    expect(pickedCount(grid.getState(), 4120)).toBe(4120);
    togglePick(grid, all[3] as EntityRecord, at(3));
    expect(isPicked(grid.getState(), 'r3')).toBe(false);
    expect(isPicked(grid.getState(), 'unread')).toBe(true);
    expect(selectionOf(grid.getState(), rows, view)).toEqual({
      count: 9,
      records: null,
      which: { kind: 'matching', ...view, except: ['r3'] },
    });
    togglePick(grid, all[3] as EntityRecord, at(3));
    expect(grid.getState().allExcept?.size).toBe(0);
  });

  test.prop([fc.nat(9), fc.nat(5), fc.nat(9), fc.nat(5)])(
    'a range is the same from either corner',
    (row, column, toRow, toColumn) => {
      const one = { anchor: at(row, column), cursor: at(toRow, toColumn), isCellRange: true };
      const other = { anchor: one.cursor, cursor: one.anchor, isCellRange: true };
      expect(rangeOf(one)).toEqual(rangeOf(other));
      expect(sizeOf(rangeOf(one)).rows).toBe(Math.abs(row - toRow) + 1);
    },
  );
});
