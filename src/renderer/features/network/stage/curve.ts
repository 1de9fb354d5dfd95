import type { NetEdge, Point } from '../model/model.ts';

/** Distance between the middles of two parallel links, relative to their length. */
const spread = 0.16;

/**
 * The bend of each parallel link: the offset of its middle to the left of its direction, relative to its length. Single links are omitted.
 */
export function bendsOf(edges: Iterable<Pick<NetEdge, 'id' | 'from' | 'to'>>): Map<string, number> {
  const pairs = new Map<string, Pick<NetEdge, 'id' | 'from' | 'to'>[]>();
  for (const edge of edges) {
    if (edge.from === edge.to) continue;
    const pairKey = [edge.from, edge.to].toSorted().join('\n');
    const parallelEdges = pairs.get(pairKey);
    if (parallelEdges) parallelEdges.push(edge);
    else pairs.set(pairKey, [edge]);
  }
  const bends = new Map<string, number>();
  for (const edgesOfPair of pairs.values()) {
    if (edgesOfPair.length === 1) continue;
    for (const [index, { id, from, to }] of edgesOfPair.entries()) {
      const offset = (index - (edgesOfPair.length - 1) / 2) * spread;
      // Left of one direction is right of the other.
      bends.set(id, from < to ? offset : -offset);
    }
  }
  return bends;
}

export interface Curve {
  from: Point;
  control: Point;
  to: Point;
}

/** The curve of a bend if y points up. If y points down, negate the bend. */
export function curveOf(from: Point, to: Point, bend: number): Curve {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  // A curve reaches half of the way to its control point.
  const control = { x: (from.x + to.x) / 2 - 2 * bend * dy, y: (from.y + to.y) / 2 + 2 * bend * dx };
  return { from, control, to };
}

/** The point at a share (0 to 1) of a curve. */
export function pointOn({ from, control, to }: Curve, share: number): Point {
  const inverse = 1 - share;
  const [a, b, c] = [inverse * inverse, 2 * inverse * share, share * share];
  return { x: a * from.x + b * control.x + c * to.x, y: a * from.y + b * control.y + c * to.y };
}

export function pointsOf(curve: Curve, segments = 12): Point[] {
  return Array.from({ length: segments + 1 }, (_, index) => pointOn(curve, index / segments));
}

/**
 * Arrowhead in px. Its length is `base` plus the radius of the target, at most `maxLength`, plus the width of the line. Its half width is
 * `slope` times the distance from the tip; between tip and target is `gap`.
 */
export const arrowheadShape = { maxLength: 8, base: 2, slope: 0.44, gap: 1 } as const;

const headLength = (radius: number, width: number): number =>
  Math.min(arrowheadShape.maxLength, arrowheadShape.base + radius) + width;

/** The corners of a curve's arrowhead at its target, in px; none if there is no room between the nodes. */
export function arrowOf(curve: Curve, radius: number, width: number): Point[] {
  const distanceToEnd = ({ x, y }: Point): number => Math.hypot(x - curve.to.x, y - curve.to.y);
  const size = headLength(radius, width);
  if (distanceToEnd(curve.from) < radius + 2 * size) return [];
  const points = pointsOf(curve, 100);
  const tip = points.findLast((point) => distanceToEnd(point) >= radius + arrowheadShape.gap);
  const tail = points.findLast((point) => distanceToEnd(point) >= radius + arrowheadShape.gap + size);
  return tip && tail ? headAt(tip, tail, size) : [];
}

/** Like `arrowOf`, but for a straight line. */
export function straightArrow(from: Point, to: Point, radius: number, width: number): Point[] {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  const size = headLength(radius, width);
  if (length < radius + 2 * size) return [];
  const share = 1 - (radius + arrowheadShape.gap) / length;
  return headAt({ x: from.x + share * dx, y: from.y + share * dy }, from, size);
}

/** The corners of an arrowhead pointing away from `tail`. */
function headAt(tip: Point, tail: Point, size: number): Point[] {
  const length = Math.hypot(tip.x - tail.x, tip.y - tail.y) || 1;
  const [ux, uy] = [(tip.x - tail.x) / length, (tip.y - tail.y) / length];
  const halfWidth = arrowheadShape.slope * size;
  const baseCentre = { x: tip.x - ux * size, y: tip.y - uy * size };
  return [
    tip,
    { x: baseCentre.x - uy * halfWidth, y: baseCentre.y + ux * halfWidth },
    { x: baseCentre.x + uy * halfWidth, y: baseCentre.y - ux * halfWidth },
  ];
}
