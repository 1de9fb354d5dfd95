import type { Point } from '../model/model.ts';
import type { Points } from '../layout/places.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Towards where an arrow key goes; y of the layout grows upwards. */
const heading: Readonly<Record<Direction, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: 1 },
  down: { x: 0, y: -1 },
};

/**
 * The node that one comes to from another in a direction: near and rather straight ahead. Null when nothing stands in that half.
 * Ties go by id.
 */
export function towards(from: string, direction: Direction, points: Points): string | null {
  const start = points.get(from);
  if (!start) return null;
  const { x, y } = heading[direction];
  let best: { id: string; cost: number } | null = null;
  for (const [id, point] of points) {
    if (id === from) continue;
    const [dx, dy] = [point.x - start.x, point.y - start.y];
    const ahead = dx * x + dy * y;
    const aside = Math.abs(dx * y - dy * x);
    if (ahead <= 0 || aside > ahead * 2) continue;
    const cost = ahead + aside * 1.5;
    if (!best || cost < best.cost || (cost === best.cost && id < best.id)) best = { id, cost };
  }
  return best?.id ?? null;
}

/** The node nearest to a place, or null where there is none. */
export function nearest(place: Point, points: Points): string | null {
  let best: { id: string; distance: number } | null = null;
  for (const [id, { x, y }] of points) {
    const distance = Math.hypot(x - place.x, y - place.y);
    if (!best || distance < best.distance || (distance === best.distance && id < best.id))
      best = { id, distance };
  }
  return best?.id ?? null;
}

/**
 * The neighbours of a node clockwise from the top, the way one walks around it: the one after `last`, or the first; with `back` the
 * one before. Null when it has none.
 */
export function nextNeighbour(
  from: string,
  last: string | null,
  neighbours: readonly string[],
  points: Points,
  back = false,
): string | null {
  const middle = points.get(from);
  if (!middle || neighbours.length === 0) return null;
  const angle = (id: string): number => {
    const point = points.get(id) ?? middle;
    return (Math.atan2(point.x - middle.x, point.y - middle.y) + 2 * Math.PI) % (2 * Math.PI);
  };
  const around = [...neighbours].sort((a, b) => angle(a) - angle(b) || (a < b ? -1 : 1));
  const at = last === null ? -1 : around.indexOf(last);
  if (at < 0) return around[back ? around.length - 1 : 0] ?? null;
  return around[(at + (back ? -1 : 1) + around.length) % around.length] ?? null;
}
