import type { MultiDirectedGraph } from 'graphology';
import type { Point } from '../model/model.ts';
import type { EdgeAttributes, NodeAttributes } from './attributes.ts';
import { curveOf, pointsOf } from './curve.ts';

type NetworkGraph = MultiDirectedGraph<NodeAttributes, EdgeAttributes>;

export interface Aim {
  point: Point;
  /** Px per layout unit. */
  scale: number;
  /** Px that still count as a hit. */
  reach: number;
}

/** The nearest node at a position; null for none. `radius` converts a node's size to px. */
export function pickNode(
  graph: NetworkGraph,
  { point, scale, reach }: Aim,
  radius: (size: number) => number,
): string | null {
  let nearestId: string | null = null;
  let minDistance = reach;
  graph.forEachNode((id, { x, y, size }) => {
    const [dx, dy] = [x - point.x, y - point.y];
    const distance = Math.sqrt(dx * dx + dy * dy) * scale - radius(size);
    if (distance > minDistance) return;
    nearestId = id;
    minDistance = distance;
  });
  return nearestId;
}

/** The nearest edge at a position; null for none. */
export function pickEdge(graph: NetworkGraph, { point, scale, reach }: Aim): string | null {
  let nearestId: string | null = null;
  let minSquared = (reach / scale) ** 2;
  graph.forEachEdge((id, { bend }, _from, _to, from, to) => {
    const squaredDistance = bend
      ? squaredCurveDistance(point, from, to, bend)
      : squaredLineDistance(point, from, to);
    if (squaredDistance > minSquared) return;
    nearestId = id;
    minSquared = squaredDistance;
  });
  return nearestId;
}

function squaredCurveDistance(point: Point, from: Point, to: Point, bend: number): number {
  const points = pointsOf(curveOf(from, to, bend));
  return Math.min(
    ...points.slice(1).map((vertex, index) => squaredLineDistance(point, points[index] ?? from, vertex)),
  );
}

export function squaredLineDistance({ x, y }: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squaredLength = dx * dx + dy * dy;
  const unclampedShare = squaredLength === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / squaredLength;
  const share = unclampedShare < 0 ? 0 : unclampedShare > 1 ? 1 : unclampedShare;
  const [offsetX, offsetY] = [from.x + dx * share - x, from.y + dy * share - y];
  return offsetX * offsetX + offsetY * offsetY;
}

/** The ids of the points inside of a closed line (ray casting: a ray from such a point crosses the line an odd number of times). */
export function pointsInside(points: ReadonlyMap<string, Point>, line: readonly Point[]): readonly string[] {
  if (line.length < 3) return [];
  const isInside = ({ x, y }: Point): boolean => {
    let result = false;
    line.forEach((a, index) => {
      const b = line[(index + line.length - 1) % line.length] as Point;
      if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) result = !result;
    });
    return result;
  };
  return [...points].filter(([, point]) => isInside(point)).map(([id]) => id);
}
