import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { columnsOf, namingColumn } from '#renderer/features/records/columns.ts';
import { pagesOf, pageSize } from '#renderer/features/records/data/rows.ts';
import { placeColumns } from '#renderer/features/records/column-layout.ts';
import { shownFieldsOf } from '#shared/domain/entities.ts';
import { entityTypes } from '#shared/domain/types.ts';

const types = fc.constantFrom(...entityTypes);

describe('columns', () => {
  it.each(entityTypes)(
    '%s: every field that forms show has one, each once, and one names the record',
    (type) => {
      const keys = columnsOf(type, true).map((column) => column.key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const field of shownFieldsOf(type)) expect(keys).toContain(field.key);
      expect(
        columnsOf(type, false)
          .filter((column) => column.isNaming)
          .map((column) => column.key),
      ).toEqual([namingColumn(type)]);
    },
  );

  test.prop([types, fc.boolean(), fc.integer({ min: 0, max: 3000 })])(
    'the usual columns are all there in whatever room; they fill it, or are as narrow as they may be',
    (type, deleted, room) => {
      const all = columnsOf(type, deleted);
      const placed = placeColumns(all, room, {});
      expect(placed.map(({ key }) => key).toSorted()).toEqual(
        all.flatMap(({ key, isDefault: usual }) => (usual ? [key] : [])).toSorted(),
      );
      const width = placed.reduce((sum, column) => sum + column.size, 0);
      const least = placed.every((column) => column.size === column.width);
      if (!least) expect(width).toBeLessThanOrEqual(room);
      if (!least && placed.some(({ grow }) => grow > 0)) expect(width).toBeGreaterThan(room - placed.length);
      for (const column of placed) expect(column.size).toBeGreaterThanOrEqual(column.width);
    },
  );

  test.prop([types, fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3000 })])(
    'more room makes no column narrower',
    (type, a, b) => {
      const sizes = (room: number) => placeColumns(columnsOf(type, false), room, {}).map(({ size }) => size);
      const [narrow, wide] = [sizes(Math.min(a, b)), sizes(Math.max(a, b))];
      narrow.forEach((size, index) => expect(wide[index]).toBeGreaterThanOrEqual(size));
    },
  );

  it('chosen columns are shown whether they fit or not', () => {
    const placed = placeColumns(columnsOf('team', false), 100, {
      columns: ['size', 'meta'],
      widths: { size: 90 },
    });
    expect(placed.map((column) => column.key)).toEqual(['name', 'size', 'meta']);
    expect(placed.find((column) => column.key === 'size')?.size).toBe(90);
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
