import type { Point } from '../model/model.ts';

/** Whether a place lies inside of a closed line, by how often a ray from it crosses the line. */
export function isInside({ x, y }: Point, line: readonly Point[]): boolean {
  let inside = false;
  line.forEach((a, at) => {
    const b = line[(at + line.length - 1) % line.length] as Point;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  });
  return inside;
}

/** The ids of the places inside of a closed line; none when the line encloses nothing. */
export function inside(points: ReadonlyMap<string, Point>, line: readonly Point[]): readonly string[] {
  if (line.length < 3) return [];
  return [...points].filter(([, point]) => isInside(point, line)).map(([id]) => id);
}
