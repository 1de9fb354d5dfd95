import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extent } from '#renderer/features/network/layout/places.ts';
import { frame, outermost } from '#renderer/features/network/stage/frame.ts';
import type { Cover } from '#renderer/features/network/stage/frame.ts';

const size = { width: 720, height: 640 };
const legend: Cover = { left: 12, top: 345, right: 224, bottom: 632 };
const corner: Cover = { left: 560, top: 500, right: 708, bottom: 632 };
const bar: Cover = { left: 12, top: 12, right: 640, bottom: 42 };
const covers = [legend, corner, bar];
const room = { side: 60, above: 12, below: 28, clear: 50 };

const anyPoints = fc.array(
  fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) }),
  { minLength: 1, maxLength: 40 },
);

/** Where a point of the layout is in the window, in px. */
function onScreen(seen: ReturnType<typeof frame>) {
  const scale = size.width / (seen.x[1] - seen.x[0]);
  return ({ x, y }: { x: number; y: number }) => ({ x: (x - seen.x[0]) * scale, y: (seen.y[1] - y) * scale });
}

describe('what a window shows of the layout', () => {
  it('has the proportions of the window, and every point in it with its room', () => {
    fc.assert(
      fc.property(anyPoints, (points) => {
        const seen = frame(points, extent(points), size, covers, room);
        const proportion = (seen.x[1] - seen.x[0]) / (seen.y[1] - seen.y[0]);
        expect(proportion).toBeCloseTo(size.width / size.height, 6);
        for (const { x, y } of points.map(onScreen(seen))) {
          expect(x).toBeGreaterThanOrEqual(room.side - 0.01);
          expect(x).toBeLessThanOrEqual(size.width - room.side + 0.01);
          expect(y).toBeGreaterThanOrEqual(room.above - 0.01);
          expect(y).toBeLessThanOrEqual(size.height - room.below + 0.01);
        }
      }),
    );
  });

  it('has no point with its room under what lies over the picture', () => {
    fc.assert(
      fc.property(anyPoints, (points) => {
        const seen = frame(points, extent(points), size, covers, room);
        for (const { x, y } of points.map(onScreen(seen)))
          for (const { left, top, right, bottom } of covers) {
            const beside = x + room.clear <= left + 0.01 || x - room.clear >= right - 0.01;
            const over = y + room.below <= top + 0.01 || y - room.above >= bottom - 0.01;
            expect(beside || over).toBe(true);
          }
      }),
    );
  });

  it('is larger where nothing lies over it, and all of the window where that leaves too little', () => {
    const points = [
      { x: -500, y: -300 },
      { x: 500, y: -300 },
      { x: 0, y: 300 },
    ];
    const wide = (given: readonly Cover[]): number => {
      const { x } = frame(points, extent(points), size, given, room);
      return x[1] - x[0];
    };
    expect(wide([])).toBeLessThan(wide(covers));
    const all = { left: 20, top: 20, right: 700, bottom: 620 };
    expect(wide([all])).toBe(wide([]));
  });

  it('is around what stands above a legend, as if it were not there', () => {
    const points = [
      { x: -400, y: 200 },
      { x: 400, y: 200 },
      { x: 400, y: -150 },
    ];
    const free = frame(points, extent(points, 10), size, [], room);
    expect(frame(points, extent(points, 10), size, [legend], room)).toEqual(free);
  });

  it('hangs on the outermost of many points alone', () => {
    const many = Array.from({ length: 4000 }, (_, at) => ({
      x: Math.cos(at) * 40 * Math.sqrt(at),
      y: Math.sin(at) * 25 * Math.sqrt(at),
    }));
    const box = extent(many);
    const few = outermost(many, box);
    expect(few.length).toBeLessThan(200);
    expect(extent(few)).toEqual(box);
    expect(frame(few, box, size, covers, room)).toEqual(frame(many, box, size, covers, room));
    expect(outermost(many.slice(0, 20), box)).toHaveLength(20);
  });
});
