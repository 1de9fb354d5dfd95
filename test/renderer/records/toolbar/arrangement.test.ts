import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { arrangedIn, hasRoomFor, selectingIn } from '#renderer/features/records/toolbar/arrangement.ts';
import type { Wanted } from '#renderer/features/records/toolbar/arrangement.ts';

/** A German saved view with one filter and a group, in a window of 1280 px and of 1024 px. */
const german: Wanted = {
  title: 260,
  search: 160,
  short: 96,
  chips: 250,
  arrange: 200,
  deeds: [480, 180],
};
const width = fc.integer({ min: 20, max: 400 });
const wanted = fc.record({
  title: width,
  search: fc.integer({ min: 100, max: 400 }),
  short: fc.integer({ min: 20, max: 99 }),
  chips: width,
  arrange: width,
  deeds: fc
    .uniqueArray(width, { minLength: 1, maxLength: 3 })
    .map((deeds) => deeds.toSorted((a, b) => b - a)),
});
const steps = fc
  .uniqueArray(width, { minLength: 3, maxLength: 3 })
  .map((deeds) => deeds.toSorted((a, b) => b - a));

describe('the toolbar of a list', () => {
  it('is one line as long as what is seldom needed can wait behind the dots, then two', () => {
    expect(arrangedIn(1500, german)).toMatchObject({ lines: 1, folded: 0 });
    expect(arrangedIn(1120, german)).toMatchObject({ lines: 1, folded: 1, short: false });
    expect(arrangedIn(1060, german)).toMatchObject({ lines: 1, folded: 1, short: true });
    expect(arrangedIn(816, german)).toMatchObject({ lines: 2, folded: 0 });
    expect(arrangedIn(640, german)).toMatchObject({ lines: 2, folded: 1 });
    expect(arrangedIn(480, german)).toMatchObject({ lines: 3, folded: 1 });
  });

  it('is one line with everything while its room is not known', () => {
    expect(arrangedIn(0, german)).toEqual({
      lines: 1,
      folded: 0,
      short: false,
      narrowing: true,
      title: true,
    });
    expect(selectingIn(0, german, [900])).toEqual({
      lines: 1,
      folded: 0,
      short: false,
      narrowing: true,
      title: true,
    });
  });

  test.prop([wanted, fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 2000 })])(
    'with more room has no more lines, in as many no shorter search, and with that no more behind the dots',
    (parts, a, b) => {
      const [narrow, wide] = [arrangedIn(Math.min(a, b), parts), arrangedIn(Math.max(a, b), parts)];
      expect(wide.lines).toBeLessThanOrEqual(narrow.lines);
      if (wide.lines !== narrow.lines) return;
      // The search keeps its room before a button does.
      expect(Number(wide.short)).toBeLessThanOrEqual(Number(narrow.short));
      if (wide.short === narrow.short) expect(wide.folded).toBeLessThanOrEqual(narrow.folded);
    },
  );

  it('reads filters whole where that needs no second line and puts nothing behind the dots', () => {
    const fits = (room: number, whole: number): boolean =>
      hasRoomFor(whole, (parts) => arrangedIn(room, parts), german);
    expect(fits(1500, 330)).toBe(true);
    expect(fits(1500, 420)).toBe(false);
    expect(fits(1120, 330)).toBe(false);
    expect(fits(816, 400)).toBe(true);
    expect(fits(816, 420)).toBe(false);
    expect(fits(480, 420)).toBe(true);
  });

  test.prop([wanted, steps, fc.integer({ min: 1, max: 2000 })])(
    'has as many lines while records are selected: the rows do not move under the pointer',
    (parts, picked, room) => {
      const [before, now] = [arrangedIn(room, parts), selectingIn(room, parts, picked)];
      expect(now.lines).toBe(before.lines);
      if (now.lines > 1) expect(now.narrowing).toBe(true);
      if (!now.title) expect(now.folded).toBeGreaterThanOrEqual(0);
    },
  );

  it('gives what can be done with the selection the place of what narrows the list', () => {
    const parts = { ...german, chips: 80 };
    expect(selectingIn(1120, parts, [500, 300, 200])).toMatchObject({ narrowing: true, folded: 0 });
    expect(selectingIn(700, { ...parts, deeds: [200] }, [600, 380, 300])).toMatchObject({ lines: 2 });
    const short = { title: 110, search: 124, short: 96, chips: 80, arrange: 170, deeds: [400, 140] };
    expect(selectingIn(724, short, [640, 450, 360])).toEqual({
      lines: 1,
      folded: 1,
      short: false,
      narrowing: false,
      title: true,
    });
    expect(selectingIn(436, short, [640, 450, 400])).toMatchObject({ title: false, folded: 2 });
  });
});
