import { useCallback, useEffect, useState, useRef } from 'react';
import type { RefObject, PointerEvent } from 'react';
import type { Point } from '../network/model/model.ts';

/** The visible part of the drawing: its corner and size. */
export interface Box extends Point {
  width: number;
  height: number;
}

const limits = { least: 120, most: 20_000 };
const step = 1.3;

function zoomed({ x, y, width, height }: Box, factor: number, around: Point): Box {
  const to = Math.min(limits.most, Math.max(limits.least, width * factor));
  const share = to / width;
  return {
    x: around.x - (around.x - x) * share,
    y: around.y - (around.y - y) * share,
    width: to,
    height: height * share,
  };
}

export function pointAt(
  svg: SVGSVGElement,
  { clientX, clientY }: { clientX: number; clientY: number },
): Point {
  const matrix = svg.getScreenCTM();
  return matrix ? new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse()) : { x: 0, y: 0 };
}

interface Camera {
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

/** Px before a press becomes a drag. */
const threshold = 4;

interface Press {
  kind: 'node' | 'link' | 'pan';
  id: string | null;
  /** Its start in the window and in the drawing. */
  client: Point;
  start: Point;
  isMoved: boolean;
}

interface Dragged {
  kind: 'node' | 'link';
  id: string;
  to: Point;
  by: Point;
}

const between = (from: Point, to: Point): Point => ({ x: to.x - from.x, y: to.y - from.y });

interface Options {
  svg: RefObject<SVGSVGElement | null>;
  camera: Camera;
  canMove: (id: string) => boolean;
  canLink: boolean;
  onOpen: (id: string) => void;
  onDrop: (id: string, by: Point) => void;
  onLink: (from: string, to: string) => void;
}

const idAt = (target: EventTarget | null, key: 'id' | 'link'): string | null =>
  (target instanceof Element && target.closest<SVGElement>(`[data-${key}]`)?.dataset[key]) || null;

/** Pointer gestures: a click opens, a drag moves a node, with Shift or from its handle draws a link, and on the background pans. */
export function useDrag({ svg, camera, canMove, canLink, onOpen, onDrop, onLink }: Options) {
  const press = useRef<Press | null>(null);
  const [dragged, setDragged] = useState<Dragged | null>(null);

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !svg.current) return;
    const handle = idAt(event.target, 'link');
    const id = handle ?? idAt(event.target, 'id');
    const isLink = canLink && id !== null && (handle !== null || event.shiftKey);
    press.current = {
      kind: isLink ? 'link' : id !== null && canMove(id) ? 'node' : 'pan',
      id,
      client: { x: event.clientX, y: event.clientY },
      start: pointAt(svg.current, event),
      isMoved: false,
    };
  };
  const onPointerMove = (event: PointerEvent): void => {
    const now = press.current;
    if (!now || !svg.current) return;
    const away = Math.hypot(event.clientX - now.client.x, event.clientY - now.client.y);
    if (!now.isMoved && away < threshold) return;
    if (!now.isMoved) svg.current.setPointerCapture(event.pointerId);
    now.isMoved = true;
    const to = pointAt(svg.current, event);
    if (now.kind === 'pan') {
      const { x, y } = camera.box;
      camera.panTo({ x: x + now.start.x - to.x, y: y + now.start.y - to.y });
    } else if (now.id !== null) setDragged({ kind: now.kind, id: now.id, to, by: between(now.start, to) });
  };
  const onPointerUp = (event: PointerEvent): void => {
    const now = press.current;
    press.current = null;
    setDragged(null);
    if (!now || !svg.current || now.id === null) return;
    if (!now.isMoved) onOpen(now.id);
    else if (now.kind === 'node') onDrop(now.id, between(now.start, pointAt(svg.current, event)));
    else if (now.kind === 'link') {
      const under = document.elementsFromPoint(event.clientX, event.clientY);
      const target = under.map((element) => idAt(element, 'id')).find((id) => id !== null && id !== now.id);
      if (target) onLink(now.id, target);
    }
  };
  const cancel = (): void => {
    press.current = null;
    setDragged(null);
  };
  return {
    dragged,
    cancel,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: cancel },
  };
}
