import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { columnsOf, namingColumn } from '#renderer/features/records/columns.ts';
import { placeColumns } from '#renderer/features/records/layout.ts';
import { readChoice } from '#renderer/features/records/grid/useColumns.ts';
import { pagesOf, pageSize } from '#renderer/features/records/data/useRows.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { entityTypes } from '#shared/domain/types.ts';

const types = fc.constantFrom(...entityTypes);

describe('columns', () => {
  it.each(entityTypes)(
    '%s: every field of the schema has one, each once, and one names the record',
    (type) => {
      const keys = columnsOf(type, true).map((column) => column.key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const field of fieldsOf(type)) expect(keys).toContain(field.key);
      expect(
        columnsOf(type, false)
          .filter((column) => column.naming)
          .map((column) => column.key),
      ).toEqual([namingColumn(type)]);
    },
  );

  test.prop([types, fc.boolean(), fc.integer({ min: 0, max: 3000 })])(
    'the usual columns fill the room, or are as few as name the record',
    (type, deleted, room) => {
      const placed = placeColumns(columnsOf(type, deleted), room, {});
      const width = placed.reduce((sum, column) => sum + column.size, 0);
      const least = placed.every((column) => column.rank === 0);
      expect(placed.some((column) => column.naming)).toBe(true);
      if (!least) expect(width).toBeLessThanOrEqual(room);
      for (const column of placed) expect(column.size).toBeGreaterThanOrEqual(column.width);
    },
  );

  test.prop([types, fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3000 })])(
    'more room never shows less',
    (type, a, b) => {
      const [narrow, wide] = a < b ? [a, b] : [b, a];
      const count = (room: number): number => placeColumns(columnsOf(type, false), room, {}).length;
      expect(count(wide)).toBeGreaterThanOrEqual(count(narrow));
    },
  );

  it('what a seat chose is shown whether it fits or not', () => {
    const placed = placeColumns(columnsOf('team', false), 100, {
      shown: ['size', 'meta'],
      widths: { size: 90 },
    });
    expect(placed.map((column) => column.key)).toEqual(['name', 'size', 'meta']);
    expect(placed.find((column) => column.key === 'size')?.size).toBe(90);
  });

  it('a choice that cannot be read is none', () => {
    expect(readChoice('broken')).toEqual({});
    expect(readChoice({ shown: 'all', widths: { size: 'wide', name: 80 } })).toEqual({
      widths: { name: 80 },
    });
  });
});

describe('pages of a long list', () => {
  test.prop([fc.nat(100_000), fc.nat(60)])(
    'the rows on the screen lie on the pages that are read',
    (first, more) => {
      const last = first + more;
      const pages = pagesOf(first, last);
      expect(pages).toContain(Math.floor(first / pageSize));
      expect(pages).toContain(Math.floor(last / pageSize));
      expect(pages.length).toBeLessThanOrEqual(3);
      expect(Math.min(...pages)).toBeGreaterThanOrEqual(0);
    },
  );
});
