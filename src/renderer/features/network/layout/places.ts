import type { Model, NetNode, Point } from '../model/model.ts';
import type { Neighbours } from '../model/neighbours.ts';
import type { ForceInput } from './force.ts';
import { clusters } from './groups.ts';
import { beside as next, startOf, stretch } from './seed.ts';

/** From this many nodes on it matters where they begin, unless a part of them stands somewhere that the others can come to. */
export const many = 1500;
const somewhere = 0.1;

/** A part of the layout, y up. */
export interface Box {
  x: [number, number];
  y: [number, number];
}

/** Where everything stands: what somebody has put somewhere, else what a layout has found. */
export type Points = ReadonlyMap<string, Point>;

/**
 * A place for every node: the saved one, else the one a layout found, else beside a neighbour that has one, else one that hangs on
 * its id alone.
 */
export function placed(model: Model, found: Points, neighbours: Neighbours): Map<string, Point> {
  const points = new Map<string, Point>();
  const waiting: NetNode[] = [];
  for (const node of model.nodes.values()) {
    const point = node.saved ?? found.get(node.id);
    if (point) points.set(node.id, point);
    else waiting.push(node);
  }
  // When nothing stands yet, everything begins at once: one beside the other would be a heap.
  const first = points.size === 0;
  if (waiting.length > many && points.size < waiting.length * somewhere)
    return new Map([...together(waiting), ...points]);
  // By id, so that the outcome does not hang on the order in which records were read.
  for (const { id } of waiting.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const near = first
      ? undefined
      : (neighbours.get(id) ?? [])
          .toSorted()
          .map((other) => points.get(other))
          .find(Boolean);
    points.set(id, near ? next(id, near) : startOf(id, model.nodes.size));
  }
  return points;
}

/** Many begin with those of their university around them: most links are within one, so that forces have the less to do. */
function together(nodes: readonly NetNode[]): Map<string, Point> {
  const grouped = nodes.map(({ id, type, university, links }) => ({
    id,
    group: (type === 'university' ? id : university) ?? '',
    weight: links,
  }));
  return new Map(clusters(grouped).points);
}

/** The network as forces see it, and the ids of its nodes in that order. Those that somebody has put somewhere stay. */
export function forceInput(model: Model, points: Points): { ids: readonly string[]; input: ForceInput } {
  // By id, so that the outcome does not hang on the order in which records were read.
  const ids = [...model.nodes.keys()].sort();
  const index = new Map(ids.map((id, place) => [id, place]));
  const input = {
    points: new Float32Array(ids.length * 2),
    fixed: new Uint8Array(ids.length),
    from: new Uint32Array(model.edges.size),
    to: new Uint32Array(model.edges.size),
  };
  ids.forEach((id, place) => {
    const point = points.get(id) ?? startOf(id, ids.length);
    input.points.set([point.x / stretch, point.y], place * 2);
    input.fixed[place] = model.nodes.get(id)?.saved ? 1 : 0;
  });
  [...model.edges.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .forEach(({ from, to }, place) => {
      input.from[place] = index.get(from) ?? 0;
      input.to[place] = index.get(to) ?? 0;
    });
  return { ids, input };
}

/** The places that a layout by forces found, for the ids that it was given. */
export function fromForces(ids: readonly string[], points: Float32Array): Map<string, Point> {
  return new Map(
    ids.map((id, at) => [id, { x: (points[at * 2] ?? 0) * stretch, y: points[at * 2 + 1] ?? 0 }]),
  );
}

/** The smallest box around points; at least `least` wide and high, so that two nodes do not stand in the window's corners. */
export function extent(points: Iterable<Point>, least = 500): Box {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  if (left > right) [left, right, low, high] = [0, 0, 0, 0];
  const across = Math.max(0, least - (right - left)) / 2;
  const up = Math.max(0, least - (high - low)) / 2;
  return { x: [left - across, right + across], y: [low - up, high + up] };
}
