import type { Shape } from './shapes.ts';

type Corner = readonly [number, number];

/** Corners on a circle, the first at `turn` of a whole circle from the right, counter-clockwise with y up. */
function polygon(corners: number, turn: number, radius: number): readonly Corner[] {
  return Array.from({ length: corners }, (_, at) => {
    const angle = 2 * Math.PI * (turn + at / corners);
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

/**
 * The corners of a form that fills about as much as a circle of radius 1, y up; null for what is round. The drawing on the graphics
 * card (stage/programs.ts) uses the same measures.
 */
export const corners: Readonly<Record<Shape, readonly Corner[] | null>> = {
  circle: null,
  ring: null,
  up: polygon(3, 0.25, 1.25),
  down: polygon(3, 0.75, 1.25),
  square: polygon(4, 0.125, 1.25),
  diamond: polygon(4, 0.25, 1.2),
  hexagon: polygon(6, 0.25, 1.1),
};

const digits = (value: number): string => String(Math.round(value * 100) / 100);

/** The outline of a form around a point, as the path of an SVG (y down). */
export function outline(shape: Shape, x: number, y: number, radius: number): string {
  const points = corners[shape];
  if (!points) {
    const r = digits(radius);
    return `M${digits(x - radius)} ${digits(y)}a${r} ${r} 0 1 0 ${digits(radius * 2)} 0a${r} ${r} 0 1 0 ${digits(-radius * 2)} 0z`;
  }
  const path = points.map(([dx, dy]) => `${digits(x + dx * radius)} ${digits(y - dy * radius)}`);
  return `M${path.join('L')}z`;
}
