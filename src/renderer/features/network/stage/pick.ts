import type { MultiDirectedGraph } from 'graphology';
import type { Point } from '../model/model.ts';
import type { EdgeAttributes, NodeAttributes } from './attributes.ts';
import { curveOf, pointsOf } from './curve.ts';

type Drawn = MultiDirectedGraph<NodeAttributes, EdgeAttributes>;

/** A position under the pointer. */
export interface Aim {
  at: Point;
  /** Px per layout unit. */
  scale: number;
  /** Px that still count as a hit. */
  reach: number;
}

/** The nearest node at a position; null for none. `radius` converts a node's size to px. */
export function pickNode(
  graph: Drawn,
  { at, scale, reach }: Aim,
  radius: (size: number) => number,
): string | null {
  let best: string | null = null;
  let least = reach;
  graph.forEachNode((id, { x, y, size }) => {
    const [dx, dy] = [x - at.x, y - at.y];
    const away = Math.sqrt(dx * dx + dy * dy) * scale - radius(size);
    if (away > least) return;
    best = id;
    least = away;
  });
  return best;
}

/** The nearest edge at a position; null for none. */
export function pickEdge(graph: Drawn, { at, scale, reach }: Aim): string | null {
  let best: string | null = null;
  let least = (reach / scale) ** 2;
  graph.forEachEdge((id, { bend }, _from, _to, from, to) => {
    const away = bend ? distanceToCurve(at, from, to, bend) : distanceToLine(at, from, to);
    if (away > least) return;
    best = id;
    least = away;
  });
  return best;
}

function distanceToCurve(at: Point, from: Point, to: Point, bend: number): number {
  const points = pointsOf(curveOf(from, to, bend));
  return Math.min(...points.slice(1).map((point, index) => distanceToLine(at, points[index] ?? from, point)));
}

export function distanceToLine({ x, y }: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const part = length === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / length;
  const share = part < 0 ? 0 : part > 1 ? 1 : part;
  const [ax, ay] = [from.x + dx * share - x, from.y + dy * share - y];
  return ax * ax + ay * ay;
}

/** The ids of the points inside of a closed line (ray casting). */
export function pointsInside(points: ReadonlyMap<string, Point>, line: readonly Point[]): readonly string[] {
  if (line.length < 3) return [];
  const isInside = ({ x, y }: Point): boolean => {
    let inside = false;
    line.forEach((a, at) => {
      const b = line[(at + line.length - 1) % line.length] as Point;
      if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    });
    return inside;
  };
  return [...points].filter(([, point]) => isInside(point)).map(([id]) => id);
}
