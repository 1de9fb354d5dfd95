import type { NodeType } from '#shared/contract/network.ts';
import { stageOf } from '../../../ui/Lifecycle.tsx';
import type { NetNode } from '../model/model.ts';
import { stageValue } from './fields.ts';

/** Shapes of nodes. Records with a lifecycle show it by ▲ ● ▼, like ui/Lifecycle.tsx; others show their type. */
export const nodeShapes = [
  'circle',
  'up',
  'down',
  'square',
  'diamond',
  'hexagon',
  'pentagon',
  'ring',
] as const;
export type Shape = (typeof nodeShapes)[number];

const shapeByStage = { incoming: 'up', established: 'circle', outgoing: 'down' } as const;

/** The shape of each type. Teams and students with a lifecycle have the shape of their stage instead. */
export const shapeByType: Readonly<Record<NodeType, Shape>> = {
  university: 'square',
  project: 'diamond',
  organisation: 'pentagon',
  faculty: 'hexagon',
  team: 'ring',
  student: 'ring',
};

export function stageShape(value: string): Shape | undefined {
  const lifecycle = stageOf(value);
  return lifecycle && shapeByStage[lifecycle];
}

export function shapeOf(node: NetNode): Shape {
  const stage = stageValue(node);
  return (stage === null ? undefined : stageShape(stage)) ?? shapeByType[node.type];
}

type Corner = readonly [number, number];

/** Corners on a circle, counter-clockwise with y up. `start`: angle of the first corner from the right, as a fraction of a full circle. */
function polygon(count: number, start: number, radius: number): readonly Corner[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = 2 * Math.PI * (start + index / count);
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

/** The corners of a shape with about the area of a unit circle; null for round ones. The shader (node-program.ts) uses the same values. */
export const shapeCorners: Readonly<Record<Shape, readonly Corner[] | null>> = {
  circle: null,
  ring: null,
  up: polygon(3, 0.25, 1.25),
  down: polygon(3, 0.75, 1.25),
  square: polygon(4, 0.125, 1.25),
  diamond: polygon(4, 0.25, 1.2),
  hexagon: polygon(6, 0.25, 1.1),
  pentagon: polygon(5, 0.25, 1.15),
};

const formatCoordinate = (value: number): string => String(Math.round(value * 100) / 100);

/** The outline of a shape as an SVG path (y down). */
export function shapeOutline(shape: Shape, x: number, y: number, radius: number): string {
  const points = shapeCorners[shape];
  if (!points) {
    const r = formatCoordinate(radius);
    return `M${formatCoordinate(x - radius)} ${formatCoordinate(y)}a${r} ${r} 0 1 0 ${formatCoordinate(radius * 2)} 0a${r} ${r} 0 1 0 ${formatCoordinate(-radius * 2)} 0z`;
  }
  return `M${points.map(([dx, dy]) => `${formatCoordinate(x + dx * radius)} ${formatCoordinate(y - dy * radius)}`).join('L')}z`;
}
