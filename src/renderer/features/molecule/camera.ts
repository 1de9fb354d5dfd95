import { useCallback, useEffect, useState } from 'react';
import type { RefObject } from 'react';
import type { Point } from '../network/model/model.ts';

/** The visible part of the drawing: its corner and size. */
export interface Box extends Point {
  width: number;
  height: number;
}

const limits = { least: 120, most: 20_000 };
const step = 1.3;

export function zoomed({ x, y, width, height }: Box, factor: number, around: Point): Box {
  const to = Math.min(limits.most, Math.max(limits.least, width * factor));
  const share = to / width;
  return {
    x: around.x - (around.x - x) * share,
    y: around.y - (around.y - y) * share,
    width: to,
    height: height * share,
  };
}

/** Converts a window point to the drawing. */
export function pointAt(
  svg: SVGSVGElement,
  { clientX, clientY }: { clientX: number; clientY: number },
): Point {
  const matrix = svg.getScreenCTM();
  return matrix ? new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse()) : { x: 0, y: 0 };
}

export interface Camera {
  box: Box;
  zoomBy: (direction: 1 | -1) => void;
  panTo: (corner: Point) => void;
  fit: () => void;
}

/** The visible part: everything until the person pans or zooms; the wheel zooms at the pointer. */
export function useCamera(svg: RefObject<SVGSVGElement | null>, whole: Box): Camera {
  const [moved, setMoved] = useState<Box | null>(null);
  const box = moved ?? whole;
  useEffect(() => {
    const element = svg.current;
    const onWheel = (event: WheelEvent): void => {
      if (!element) return;
      event.preventDefault();
      const at = pointAt(element, event);
      setMoved((now) => zoomed(now ?? whole, event.deltaY > 0 ? 1.12 : 1 / 1.12, at));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [svg, whole]);
  const zoomBy = useCallback(
    (direction: 1 | -1) =>
      setMoved((now) => {
        const from = now ?? whole;
        const middle = { x: from.x + from.width / 2, y: from.y + from.height / 2 };
        return zoomed(from, direction > 0 ? 1 / step : step, middle);
      }),
    [whole],
  );
  const panTo = useCallback(
    (corner: Point) => setMoved((now) => ({ ...(now ?? whole), ...corner })),
    [whole],
  );
  const fit = useCallback(() => setMoved(null), []);
  return { box, zoomBy, panTo, fit };
}
