import type { Model, NetNode, Neighbours, Point } from '../model/model.ts';
import type { ForceInput } from './force.ts';
import { clusterLayout, groupSpacing } from './groups.ts';

/** Windows are wide, so forces see x divided by this. */
const stretch = 1.4;
/** From this many nodes on the start matters: nodes start grouped by university, unless enough have positions. */
export const manyNodes = 1500;
const enough = 0.1;

/** A part of the layout, y up. */
export interface Box {
  x: [number, number];
  y: [number, number];
}

export type Points = ReadonlyMap<string, Point>;

/** A number in [0, 1) that depends on the text alone, so that layouts are reproducible. */
export function unitLength(text: string, salt = 0): number {
  let hash = 0x811c9dc5 ^ Math.imul(salt + 1, 0x9e3779b1);
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** The start position of a node among `count`: on a disc with room for all. */
export function startOf(id: string, count: number): Point {
  const radius = groupSpacing * 0.6 * Math.sqrt(Math.max(1, count)) * Math.sqrt(unitLength(id, 1));
  const angle = unitLength(id, 2) * 2 * Math.PI;
  return { x: stretch * radius * Math.cos(angle), y: radius * Math.sin(angle) };
}

function nextTo(id: string, { x, y }: Point): Point {
  const angle = unitLength(id, 3) * 2 * Math.PI;
  return { x: x + groupSpacing * 0.8 * Math.cos(angle), y: y + groupSpacing * 0.8 * Math.sin(angle) };
}

/** A position for every node: saved, else computed, else next to a neighbour, else derived from its id. */
export function positionAll(model: Model, found: Points, neighbours: Neighbours): Map<string, Point> {
  const points = new Map<string, Point>();
  const waiting: NetNode[] = [];
  for (const node of model.nodes.values()) {
    const point = node.saved ?? found.get(node.id);
    if (point) points.set(node.id, point);
    else waiting.push(node);
  }
  // Without any position, placing each next to the last would make a heap.
  const isFirst = points.size === 0;
  if (waiting.length > manyNodes && points.size < waiting.length * enough)
    return new Map([...byUniversity(waiting), ...points]);
  // By id, so that the result does not depend on the read order.
  for (const { id } of waiting.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const others = isFirst ? [] : (neighbours.get(id) ?? []).toSorted();
    const near = others.map((other) => points.get(other)).find(Boolean);
    points.set(id, near ? nextTo(id, near) : startOf(id, model.nodes.size));
  }
  return points;
}

/** Most links are within a university, so this start leaves less work for the forces. */
function byUniversity(nodes: readonly NetNode[]): Points {
  return clusterLayout(
    nodes.map(({ id, type, university, links }) => ({
      id,
      group: (type === 'university' ? id : university) ?? '',
      weight: links,
    })),
  ).points;
}

export function forceInput(model: Model, points: Points): { ids: readonly string[]; input: ForceInput } {
  const ids = [...model.nodes.keys()].sort();
  const index = new Map(ids.map((id, at) => [id, at]));
  const edges = [...model.edges.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const start = ids.map((id) => points.get(id) ?? startOf(id, ids.length));
  return {
    ids,
    input: {
      points: Float32Array.from(start.flatMap(({ x, y }) => [x / stretch, y])),
      fixed: Uint8Array.from(ids, (id) => (model.nodes.get(id)?.saved ? 1 : 0)),
      from: Uint32Array.from(edges, ({ from }) => index.get(from) ?? 0),
      to: Uint32Array.from(edges, ({ to }) => index.get(to) ?? 0),
    },
  };
}

export function fromForces(ids: readonly string[], points: Float32Array): Map<string, Point> {
  return new Map(
    ids.map((id, at) => [id, { x: (points[at * 2] ?? 0) * stretch, y: points[at * 2 + 1] ?? 0 }]),
  );
}

/** The bounding box of points; at least `least` wide and high, so that two nodes are not in the corners of the window. */
export function extentOf(points: Iterable<Point>, least = 500): Box {
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
