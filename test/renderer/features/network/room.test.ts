import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roomFor } from '#renderer/features/network/stage/room.ts';

const size = { width: 320, height: 310 };
const anyWindow = fc.record({
  width: fc.integer({ min: 340, max: 1600 }),
  height: fc.integer({ min: 380, max: 1000 }),
});

describe('what floats beside two records', () => {
  it('is within the window, wherever they are', () => {
    const place = fc.record({
      x: fc.integer({ min: -300, max: 2000 }),
      y: fc.integer({ min: -300, max: 1300 }),
    });
    fc.assert(
      fc.property(anyWindow, fc.array(place, { maxLength: 2 }), (window, nodes) => {
        const { x, y } = roomFor(nodes, size, window);
        expect(x).toBeGreaterThanOrEqual(0);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(x + size.width).toBeLessThanOrEqual(window.width);
        expect(y + size.height).toBeLessThanOrEqual(window.height);
      }),
    );
  });

  it('hides neither where there is room for that', () => {
    const window = { width: 1090, height: 640 };
    const place = fc.record({ x: fc.integer({ min: 20, max: 1070 }), y: fc.integer({ min: 20, max: 620 }) });
    fc.assert(
      fc.property(place, place, (from, to) => {
        const { x, y } = roomFor([from, to], size, window);
        for (const node of [from, to]) {
          const isUnder = node.x > x && node.x < x + size.width && node.y > y && node.y < y + size.height;
          expect(isUnder).toBe(false);
        }
      }),
    );
  });

  it('is in a corner where it cannot but hide one', () => {
    const window = { width: 460, height: 560 };
    const at = (y: number) =>
      roomFor(
        [
          { x: 200, y: 280 },
          { x: 240, y },
        ],
        size,
        window,
      );
    expect(at(270)).toEqual({ x: 128, y: 238 });
    expect(at(290)).toEqual({ x: 128, y: 54 });
  });

  it('is near the second of them', () => {
    const window = { width: 1090, height: 640 };
    expect(
      roomFor(
        [
          { x: 540, y: 300 },
          { x: 900, y: 300 },
        ],
        size,
        window,
      ).x,
    ).toBeLessThan(400);
    expect(
      roomFor(
        [
          { x: 100, y: 300 },
          { x: 500, y: 590 },
        ],
        size,
        window,
      ).y,
    ).toBe(54);
  });
});
