import type { Model, NetNode, Neighbours, Point } from '../model/model.ts';
import type { ForceInput } from './force.ts';
import { clusterLayout, nodeSpacing } from './groups.ts';

/** The window is wide, so positions are stretched in x; the forces compute without the stretch. */
const xStretch = 1.4;
/** From this many nodes on, start positions matter: nodes start grouped by university unless enough of them have positions. */
export const manyNodes = 1500;
const minPositionedShare = 0.1;

/** A part of the layout, y up. */
export interface LayoutBox {
  x: [number, number];
  y: [number, number];
}

export type Points = ReadonlyMap<string, Point>;

/** A number in [0, 1) that depends on the text alone, so that layouts are reproducible. */
export function unitHash(text: string, salt = 0): number {
  let hash = 0x811c9dc5 ^ Math.imul(salt + 1, 0x9e3779b1);
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** The start position of a node among `count`: on a disc with room for all. */
export function startPoint(id: string, count: number): Point {
  const radius = nodeSpacing * 0.6 * Math.sqrt(Math.max(1, count)) * Math.sqrt(unitHash(id, 1));
  const angle = unitHash(id, 2) * 2 * Math.PI;
  return { x: xStretch * radius * Math.cos(angle), y: radius * Math.sin(angle) };
}

function pointNextTo(id: string, { x, y }: Point): Point {
  const angle = unitHash(id, 3) * 2 * Math.PI;
  return { x: x + nodeSpacing * 0.8 * Math.cos(angle), y: y + nodeSpacing * 0.8 * Math.sin(angle) };
}

/** A position for every node: saved, computed, next to a neighbour, or derived from its id; many new nodes by university. */
export function positionAll(
  model: Model,
  computedPoints: Points,
  neighbours: Neighbours,
): Map<string, Point> {
  const points = new Map<string, Point>();
  const nodesToPosition: NetNode[] = [];
  for (const node of model.nodes.values()) {
    const point = node.saved ?? computedPoints.get(node.id);
    if (point) points.set(node.id, point);
    else nodesToPosition.push(node);
  }
  // If no node has a position, placing each next to a neighbour would pile all nodes up.
  const hasNoPositions = points.size === 0;
  if (nodesToPosition.length > manyNodes && points.size < nodesToPosition.length * minPositionedShare)
    return new Map([...arrangeByUniversity(nodesToPosition), ...points]);
  // By id, so that the result does not depend on the read order.
  for (const { id } of nodesToPosition.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const neighbourIds = hasNoPositions ? [] : (neighbours.get(id) ?? []).toSorted();
    const neighbourPoint = neighbourIds.map((other) => points.get(other)).find(Boolean);
    points.set(id, neighbourPoint ? pointNextTo(id, neighbourPoint) : startPoint(id, model.nodes.size));
  }
  return points;
}

/** Start positions by university: most links are within one, so the forces have less to move. */
function arrangeByUniversity(nodes: readonly NetNode[]): Points {
  return clusterLayout(
    nodes.map(({ id, type, university, links }) => ({
      id,
      group: (type === 'university' ? id : university) ?? '',
      weight: links,
    })),
  ).points;
}

export function toForceInput(model: Model, points: Points): { ids: readonly string[]; input: ForceInput } {
  const ids = [...model.nodes.keys()].sort();
  const indexById = new Map(ids.map((id, nodeIndex) => [id, nodeIndex]));
  const edges = [...model.edges.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const startPoints = ids.map((id) => points.get(id) ?? startPoint(id, ids.length));
  return {
    ids,
    input: {
      points: Float32Array.from(startPoints.flatMap(({ x, y }) => [x / xStretch, y])),
      fixed: Uint8Array.from(ids, (id) => (model.nodes.get(id)?.saved ? 1 : 0)),
      from: Uint32Array.from(edges, ({ from }) => indexById.get(from) ?? 0),
      to: Uint32Array.from(edges, ({ to }) => indexById.get(to) ?? 0),
    },
  };
}

export function fromForcePoints(ids: readonly string[], points: Float32Array): Map<string, Point> {
  return new Map(
    ids.map((id, index) => [id, { x: (points[index * 2] ?? 0) * xStretch, y: points[index * 2 + 1] ?? 0 }]),
  );
}

/** The bounding box of points; at least `minSize` wide and high, so that two nodes are not in the corners of the window. */
export function extentOf(points: Iterable<Point>, minSize = 500): LayoutBox {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  if (left > right) [left, right, bottom, top] = [0, 0, 0, 0];
  const padX = Math.max(0, minSize - (right - left)) / 2;
  const padY = Math.max(0, minSize - (top - bottom)) / 2;
  return { x: [left - padX, right + padX], y: [bottom - padY, top + padY] };
}
