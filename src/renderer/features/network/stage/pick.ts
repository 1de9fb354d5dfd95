import type { MultiDirectedGraph } from 'graphology';
import type { Point } from '../model/model.ts';
import type { EdgeAttributes, NodeAttributes } from './attributes.ts';

type Drawn = MultiDirectedGraph<NodeAttributes, EdgeAttributes>;

/** A place of the picture, as the layout sees it. */
export interface Aim {
  /** Where, in units of the layout. */
  at: Point;
  /** Px of the screen that one unit of the layout is. */
  scale: number;
  /** Px that still count as on it. */
  room: number;
}

/** The node at a place, the nearest if there are several; null for none. `radius` gives px for a node's size. */
export function pickNode(
  graph: Drawn,
  { at, scale, room }: Aim,
  radius: (size: number) => number,
): string | null {
  let best: string | null = null;
  let least = room;
  graph.forEachNode((id, { x, y, size }) => {
    const [dx, dy] = [x - at.x, y - at.y];
    const away = Math.sqrt(dx * dx + dy * dy) * scale - radius(size);
    if (away > least) return;
    best = id;
    least = away;
  });
  return best;
}

/** The edge at a place, the nearest if there are several; null for none. */
export function pickEdge(graph: Drawn, { at, scale, room }: Aim): string | null {
  let best: string | null = null;
  let least = (room / scale) ** 2;
  graph.forEachEdge((id, _attributes, _from, _to, from, to) => {
    const away = distanceToLine(at, from, to);
    if (away > least) return;
    best = id;
    least = away;
  });
  return best;
}

/** The square of how far a place is from the line between two others. */
export function distanceToLine({ x, y }: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const part = length === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / length;
  const share = part < 0 ? 0 : part > 1 ? 1 : part;
  const [ax, ay] = [from.x + dx * share - x, from.y + dy * share - y];
  return ax * ax + ay * ay;
}
