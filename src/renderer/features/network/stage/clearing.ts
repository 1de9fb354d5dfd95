import type { Point } from '../model/model.ts';
import type { Cover, Size } from './frame.ts';

/** How near nodes may come to the sides of the window and to what lies over it, in px. */
const margin = 40;
const none = { x: 0, y: 0 };

function isSeen({ x, y }: Point, { width, height }: Size, covers: readonly Cover[]): boolean {
  const isCovered = covers.some(
    ({ left, top, right, bottom }) =>
      x > left - margin / 2 && x < right + margin / 2 && y > top - margin / 2 && y < bottom + margin / 2,
  );
  return x >= margin && y >= margin && x <= width - margin && y <= height - margin && !isCovered;
}

/** By how much points have to go aside along one axis to pass by the sides of the window, or by a cover on either side of it. */
function waysOf(values: readonly number[], length: number, covers: readonly (readonly [number, number])[]) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return [
    0,
    margin - least,
    length - margin - most,
    ...covers.flatMap(([from, to]) => [to + margin - least, from - margin - most]),
  ];
}

/**
 * By how much a picture has to move, in px and as little as that goes, so that all of some points are in the window and nothing lies
 * over one of them. Where there is no such place for all, what matters is the first; none at all when that is in sight.
 */
export function clearing(points: readonly Point[], size: Size, covers: readonly Cover[]): Point {
  const across = waysOf(
    points.map(({ x }) => x),
    size.width,
    covers.map(({ left, right }) => [left, right]),
  );
  const down = waysOf(
    points.map(({ y }) => y),
    size.height,
    covers.map(({ top, bottom }) => [top, bottom]),
  );
  const ways = across
    .flatMap((x) => down.map((y) => ({ x, y })))
    .toSorted((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y));
  const fitting = ways.find((way) =>
    points.every(({ x, y }) => isSeen({ x: x + way.x, y: y + way.y }, size, covers)),
  );
  if (fitting) return fitting;
  const [first] = points;
  if (!first || isSeen(first, size, covers)) return none;
  if (points.length > 1) return clearing([first], size, covers);
  return { x: size.width / 2 - first.x, y: size.height / 2 - first.y };
}
