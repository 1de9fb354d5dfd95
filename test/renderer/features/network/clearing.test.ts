import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clearing } from '#renderer/features/network/stage/clearing.ts';

const size = { width: 1000, height: 600 };
const legend = { left: 12, top: 250, right: 224, bottom: 588 };

describe('what is brought into sight', () => {
  it('stays where it is when all of it is seen', () => {
    expect(
      clearing(
        [
          { x: 500, y: 300 },
          { x: 600, y: 200 },
        ],
        size,
        [legend],
      ),
    ).toEqual({ x: 0, y: 0 });
  });

  it('goes aside from what lies over it, as little as that takes', () => {
    expect(
      clearing(
        [
          { x: 300, y: 300 },
          { x: 200, y: 320 },
        ],
        size,
        [legend],
      ),
    ).toEqual({ x: 64, y: 0 });
    expect(clearing([{ x: 990, y: 300 }], size, [legend])).toEqual({ x: -30, y: 0 });
  });

  it('is what matters where there is no room for all', () => {
    const far = [
      { x: -400, y: 300 },
      { x: 500, y: 300 },
      { x: 1400, y: 300 },
    ];
    expect(clearing([{ x: 500, y: 300 }, ...far], size, [legend])).toEqual({ x: 0, y: 0 });
    expect(clearing([{ x: 100, y: 400 }, ...far], size, [legend])).toEqual({ x: 164, y: 0 });
    const all = { left: 0, top: 0, right: 1000, bottom: 600 };
    expect(clearing([{ x: 10, y: 10 }], size, [all])).toEqual({ x: 490, y: 290 });
  });

  it('is in sight afterwards, whatever lies over the window at one side', () => {
    const place = fc.record({
      x: fc.integer({ min: -900, max: 1900 }),
      y: fc.integer({ min: -900, max: 1500 }),
    });
    fc.assert(
      fc.property(place, (point) => {
        const { x, y } = clearing([point], size, [legend]);
        const [at, down] = [point.x + x, point.y + y];
        const isCovered = at > legend.left && at < legend.right && down > legend.top && down < legend.bottom;
        expect(at >= 40 && at <= 960 && down >= 40 && down <= 560 && !isCovered).toBe(true);
      }),
    );
    expect(clearing([], size, [])).toEqual({ x: 0, y: 0 });
  });
});
