import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { columnsOf } from '#renderer/features/records/columns.ts';
import { layOutPaste } from '#renderer/features/records/sheet/paste-plan.ts';

const all = columnsOf('team', false);
const placed = all.filter(({ isDefault: usual }) => usual);
const cell = (row: number, column: number) => ({ top: row, bottom: row, left: column, right: column });

describe('pasted cells over columns', () => {
  it('fill the columns from the cursor on', () => {
    const { columns, lines } = layOutPaste([['a', 'b']], cell(3, 2), placed, all);
    expect(columns.map((column) => column?.key)).toEqual(placed.slice(2, 4).map(({ key }) => key));
    expect(lines).toEqual([['a', 'b']]);
  });

  it('follow a first line of column names, in any case and order', () => {
    const laid = layOutPaste(
      [
        ['size', 'NAME'],
        ['5', 'Avionics'],
      ],
      cell(0, 4),
      placed,
      all,
    );
    expect(laid.hasHeadings).toBe(true);
    expect(laid.columns.map((column) => column?.key)).toEqual(['size', 'name']);
    expect(laid.lines).toEqual([['5', 'Avionics']]);
  });

  it('is not headed by one cell, nor by a line that names only some', () => {
    expect(layOutPaste([['Name'], ['x']], cell(0, 0), placed, all).hasHeadings).toBe(false);
    expect(
      layOutPaste(
        [
          ['Name', 'x'],
          ['a', 'b'],
        ],
        cell(0, 0),
        placed,
        all,
      ).hasHeadings,
    ).toBe(false);
  });

  it('one cell fills a range', () => {
    const range = { top: 1, bottom: 3, left: 1, right: 2 };
    const { lines, columns } = layOutPaste([['x']], range, placed, all);
    expect(lines).toEqual([
      ['x', 'x'],
      ['x', 'x'],
      ['x', 'x'],
    ]);
    expect(columns).toHaveLength(2);
  });

  test.prop([fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.nat(6), fc.nat(4)])(
    'never less than what was copied, and over a range only whole copies',
    (rows, wide, down, across) => {
      const pasted = Array.from({ length: rows }, () => Array.from({ length: wide }, () => 'x'));
      const { lines } = layOutPaste(pasted, { top: 0, bottom: down, left: 0, right: across }, placed, all);
      expect(lines.length % rows).toBe(0);
      expect(lines.length).toBeGreaterThanOrEqual(rows);
      for (const line of lines) expect((line.length % wide) + Number(line.length < wide)).toBe(0);
    },
  );
});
