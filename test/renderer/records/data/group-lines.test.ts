import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { groupPages, locateRow, groupStarts } from '#renderer/features/records/data/grouped-rows.ts';
import { pageSize } from '#renderer/features/records/data/rows.ts';

const groups = fc.array(fc.record({ count: fc.integer({ min: 1, max: 900 }), isClosed: fc.boolean() }), {
  minLength: 1,
  maxLength: 12,
});

describe('the lines of a list in groups', () => {
  test.prop([groups, fc.nat()])('every row is a group or a record of it', (all, seed) => {
    const starts = groupStarts(all);
    const end = starts.at(-1) ?? 0;
    expect(end).toBe(all.reduce((sum, { count, isClosed }) => sum + 1 + (isClosed ? 0 : count), 0));
    const row = seed % end;
    const spot = locateRow(starts, row);
    if (!spot) throw new Error('a row of the list is nowhere');
    expect((starts[spot.group] ?? 0) + 1 + spot.index).toBe(row);
    expect(spot.index).toBeLessThan(all[spot.group]?.isClosed ? 0 : (all[spot.group]?.count ?? 0));
    expect(locateRow(starts, end)).toBeNull();
    expect(locateRow(starts, -1)).toBeNull();
  });

  test.prop([groups, fc.nat(), fc.nat(60)])(
    'the records on the screen lie on the pages that are read',
    (all, seed, more) => {
      const starts = groupStarts(all);
      const first = seed % (starts.at(-1) ?? 1);
      const pages = groupPages(starts, first, first + more).map((page) => page.join('/'));
      for (let row = first; row <= first + more; row += 1) {
        const spot = locateRow(starts, row);
        if (!spot || spot.index < 0) continue;
        expect(pages).toContain(`${spot.group}/${Math.floor(spot.index / pageSize)}`);
      }
      expect(new Set(pages).size).toBe(pages.length);
    },
  );
});
