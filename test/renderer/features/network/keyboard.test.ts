import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapScale } from '#renderer/features/network/controls/Minimap.tsx';
import { nearestPoint, nearestInDirection } from '#renderer/ui/stage/directions.ts';

const points = new Map([
  ['middle', { x: 0, y: 0 }],
  ['right', { x: 100, y: 10 }],
  ['farRight', { x: 300, y: 0 }],
  ['up', { x: -20, y: 90 }],
  ['downLeft', { x: -80, y: -100 }],
]);
const [right, up, down] = [
  { x: 1, y: 0 },
  { x: 0, y: 1 },
  { x: 0, y: -1 },
] as const;
const anyPoint = fc.record({
  x: fc.integer({ min: -500, max: 500 }),
  y: fc.integer({ min: -500, max: 500 }),
});

describe('moving with arrow keys', () => {
  it('moves to a near node ahead', () => {
    expect(nearestInDirection('middle', right, points)).toBe('right');
    expect(nearestInDirection('right', right, points)).toBe('farRight');
    expect(nearestInDirection('middle', up, points)).toBe('up');
    expect(nearestInDirection('middle', down, points)).toBe('downLeft');
    expect(nearestInDirection('farRight', right, points)).toBeNull();
    expect(nearestInDirection('nobody', right, points)).toBeNull();
  });

  it('never moves back or stays', () => {
    fc.assert(
      fc.property(fc.array(anyPoint, { minLength: 1, maxLength: 20 }), (all) => {
        const places = new Map(all.map((point, at) => [`n${at}`, point]));
        const to = nearestInDirection('n0', right, places);
        const ahead = to === null || (places.get(to)?.x ?? 0) > (places.get('n0')?.x ?? 0);
        expect(ahead).toBe(true);
      }),
    );
  });

  it('begins at the node nearest to the centre', () => {
    expect(nearestPoint({ x: 90, y: 0 }, points)).toBe('right');
    expect(nearestPoint({ x: 0, y: 0 }, new Map())).toBeNull();
  });
});

describe('the minimap', () => {
  it('converts positions there and back', () => {
    fc.assert(
      fc.property(
        anyPoint,
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 1, max: 900 }),
        (point, wide, high) => {
          const { toMap, toLayout } = mapScale({ x: [-wide, wide], y: [-high, high] });
          const again = toLayout(toMap(point));
          expect(again.x).toBeCloseTo(point.x, 6);
          expect(again.y).toBeCloseTo(point.y, 6);
        },
      ),
    );
    expect(mapScale({ x: [0, 100], y: [0, 100] }).toMap({ x: 50, y: 100 })).toEqual({ x: 75, y: 14 });
  });
});
