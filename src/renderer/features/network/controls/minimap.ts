import type { Point } from '../model/model.ts';

interface Box {
  x: readonly [number, number];
  y: readonly [number, number];
}

/** How places of the layout (y up) become px of the small map (y down), and back. */
export interface MapScale {
  toMap: (point: Point) => Point;
  toLayout: (point: Point) => Point;
}

/** Fits a box of the layout into the small map with a margin all around, without bending it. */
export function mapScale({ x, y }: Box, width: number, height: number, margin = 8): MapScale {
  const across = Math.max(1e-6, x[1] - x[0]);
  const up = Math.max(1e-6, y[1] - y[0]);
  const scale = Math.min((width - 2 * margin) / across, (height - 2 * margin) / up);
  const left = (width - across * scale) / 2;
  const top = (height - up * scale) / 2;
  return {
    toMap: (point) => ({ x: left + (point.x - x[0]) * scale, y: top + (y[1] - point.y) * scale }),
    toLayout: (point) => ({ x: x[0] + (point.x - left) / scale, y: y[1] - (point.y - top) / scale }),
  };
}
