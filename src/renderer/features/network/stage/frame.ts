import type { Box } from '../layout/places.ts';
import type { Point } from '../model/model.ts';

/** What lies over the picture, in px from its left top corner. */
export interface Cover {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Room for what stands around a node, in px to each side of its middle: its form and its name. */
export interface Room {
  side: number;
  above: number;
  below: number;
  /** How near it may come to what lies over the picture, at the sides. */
  clear: number;
}

/** A part of the window, in px, that is kept for the nodes' middles. */
type Free = Cover;

/** At least this part of the window is used, whatever lies over it. */
const least = { width: 0.5, height: 0.45 };
/** And the picture is at least this much of what it could be without covers. */
const smallest = 0.4;

/** How much of the room that is left is tried, the most first: a round picture passes by what lies over a corner. */
const shares = [1, 0.96, 0.92, 0.88, 0.84, 0.8] as const;

/** How much of a window one cover leaves free: all of it, what is beside it, or what is above or below it. */
function around(cover: Cover, { width, height }: Size): Free[] {
  const whole = { left: 0, top: 0, right: width, bottom: height };
  const atLeft = cover.left + cover.right < width;
  const atTop = cover.top + cover.bottom < height;
  return [
    whole,
    atLeft ? { ...whole, left: cover.right } : { ...whole, right: cover.left },
    atTop ? { ...whole, top: cover.bottom } : { ...whole, bottom: cover.top },
  ];
}

function both(a: Free, b: Free): Free {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

/** How the layout becomes px: x · scale + left, top − y · scale. */
interface Fit {
  scale: number;
  left: number;
  top: number;
}

function fitInto(box: Box, free: Free, room: Room, share = 1): Fit {
  const wide = Math.max(1, free.right - free.left - 2 * room.side);
  const high = Math.max(1, free.bottom - free.top - room.above - room.below);
  const scale = share * Math.min(wide / (box.x[1] - box.x[0]), high / (box.y[1] - box.y[0]));
  const middle = {
    x: (free.left + free.right) / 2,
    y: (free.top + room.above + free.bottom - room.below) / 2,
  };
  return {
    scale,
    left: middle.x - ((box.x[0] + box.x[1]) / 2) * scale,
    top: middle.y + ((box.y[0] + box.y[1]) / 2) * scale,
  };
}

function isCovered({ scale, left, top }: Fit, points: readonly Point[], cover: Cover, room: Room): boolean {
  return points.some(({ x, y }) => {
    const [at, down] = [x * scale + left, top - y * scale];
    return (
      at > cover.left - room.clear &&
      at < cover.right + room.clear &&
      down > cover.top - room.below &&
      down < cover.bottom + room.above
    );
  });
}

const bands = 32;

/**
 * Those of many points that stand furthest out: in each of some bands across and along, the two at its ends. What lies over a corner
 * or a side of the picture lies over one of them if it does over any.
 */
export function outermost(points: readonly Point[], { x, y }: Box): readonly Point[] {
  if (points.length <= bands * 4) return points;
  const ends = new Map<string, Point>();
  const keep = (key: string, point: Point, isFurther: (other: Point) => boolean): void => {
    const other = ends.get(key);
    if (!other || isFurther(other)) ends.set(key, point);
  };
  const band = (value: number, [from, to]: readonly [number, number]): number =>
    Math.floor(((value - from) / (to - from)) * bands);
  for (const point of points) {
    const [column, row] = [band(point.x, x), band(point.y, y)];
    keep(`left ${row}`, point, (other) => point.x < other.x);
    keep(`right ${row}`, point, (other) => point.x > other.x);
    keep(`low ${column}`, point, (other) => point.y < other.y);
    keep(`high ${column}`, point, (other) => point.y > other.y);
  }
  return [...new Set(ends.values())];
}

/**
 * The part of the layout that a window shows so that every point is in it with its room, as large as that goes, and nothing lies over
 * one of them: beside a cover, above it, or all around it where nothing stands. `box` is around the points, and not empty. Where covers
 * leave too little, they lie over the picture.
 */
export function frame(
  points: readonly Point[],
  box: Box,
  size: Size,
  covers: readonly Cover[],
  room: Room,
): Box {
  const { width, height } = size;
  const whole: Free = { left: 0, top: 0, right: width, bottom: height };
  const ways = covers.reduce<Free[]>(
    (found, cover) => found.flatMap((free) => around(cover, size).map((one) => both(free, one))),
    [whole],
  );
  let best: Fit | null = null;
  for (const free of ways) {
    const wide = free.right - free.left;
    const high = free.bottom - free.top;
    if (wide < width * least.width || high < height * least.height) continue;
    for (const share of shares) {
      const fit = fitInto(box, free, room, share);
      if (best && fit.scale <= best.scale) break;
      if (covers.some((cover) => isCovered(fit, points, cover, room))) continue;
      best = fit;
      break;
    }
  }
  const bare = fitInto(box, whole, room);
  const { scale, left, top } = best && best.scale >= bare.scale * smallest ? best : bare;
  return {
    x: [-left / scale, (width - left) / scale],
    y: [(top - height) / scale, top / scale],
  };
}
