import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleBoxes } from '#renderer/features/network/stage/titles.ts';

const group = (x: number, y: number) => ({ x, y, radius: 50, wide: 100 });

describe('names of groups', () => {
  it('stand above their discs, lifted over another or let down over their own where that is in the way', () => {
    expect(titleBoxes([group(100, 200)], [])).toEqual([{ left: 50, right: 150, top: 126, bottom: 150 }]);
    const four = [group(100, 200), group(120, 200), group(140, 200), group(160, 200)];
    expect(titleBoxes(four, []).map((box) => box?.top)).toEqual([126, 98, 150, 174]);
  });

  it('are not under what lies over the picture', () => {
    const above = { left: 0, right: 400, top: 0, bottom: 140 };
    expect(titleBoxes([group(100, 200)], [above]).map((box) => box?.top)).toEqual([150]);
    expect(titleBoxes([group(100, 200)], [above, { ...above, top: 140, bottom: 300 }])).toEqual([null]);
  });

  it('never lie over one another', () => {
    const any = fc.record({
      x: fc.integer({ min: 0, max: 900 }),
      y: fc.integer({ min: 0, max: 600 }),
      radius: fc.integer({ min: 5, max: 120 }),
      wide: fc.integer({ min: 10, max: 260 }),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (groups) => {
        const shown = titleBoxes(groups, []).flatMap((box) => box ?? []);
        for (const [at, a] of shown.entries())
          for (const b of shown.slice(at + 1))
            expect(a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom).toBe(
              true,
            );
      }),
    );
  });
});
