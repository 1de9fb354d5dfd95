interface Point {
  x: number;
  y: number;
}

export const arrowDirections: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The id with the least cost, ties by id; null if every cost is Infinity. */
function cheapestPoint(
  points: ReadonlyMap<string, Point>,
  cost: (id: string, point: Point) => number,
): string | null {
  let best: { id: string; cost: number } | null = null;
  for (const [id, point] of points) {
    const pointCost = cost(id, point);
    if (pointCost < (best?.cost ?? Infinity) || (best && pointCost === best.cost && id < best.id))
      best = { id, cost: pointCost };
  }
  return best?.id ?? null;
}

/** A point is in the direction if it lies at most this many px sideways for each px ahead. */
const maxSlope = 2;
/** How much a px sideways counts against a px ahead. */
const sidewaysWeight = 1.5;

/** The next point in a direction: near and roughly straight ahead. Null if there is none on that side. */
export function nearestInDirection(
  from: string,
  heading: Point,
  points: ReadonlyMap<string, Point>,
): string | null {
  const start = points.get(from);
  if (!start) return null;
  return cheapestPoint(points, (id, point) => {
    const [dx, dy] = [point.x - start.x, point.y - start.y];
    const ahead = dx * heading.x + dy * heading.y;
    const sideways = Math.abs(dx * heading.y - dy * heading.x);
    const isInDirection = id !== from && ahead > 0 && sideways <= ahead * maxSlope;
    return isInDirection ? ahead + sideways * sidewaysWeight : Infinity;
  });
}

export const nearestPoint = ({ x, y }: Point, points: ReadonlyMap<string, Point>): string | null =>
  cheapestPoint(points, (_, point) => Math.hypot(point.x - x, point.y - y));
