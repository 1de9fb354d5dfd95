import { useCallback, useEffect, useState, useRef } from 'react';
import type { RefObject, PointerEvent } from 'react';
import type { Point } from '../network/model/model.ts';

/** The visible part of the drawing: its corner and size. */
export interface Box extends Point {
  width: number;
  height: number;
}

const widthLimits = { min: 120, max: 20_000 };
const zoomStep = 1.3;

function zoomBox({ x, y, width, height }: Box, factor: number, fixedPoint: Point): Box {
  const newWidth = Math.min(widthLimits.max, Math.max(widthLimits.min, width * factor));
  const scale = newWidth / width;
  return {
    x: fixedPoint.x - (fixedPoint.x - x) * scale,
    y: fixedPoint.y - (fixedPoint.y - y) * scale,
    width: newWidth,
    height: height * scale,
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
export function useCamera(svg: RefObject<SVGSVGElement | null>, contentBox: Box): Camera {
  const [changedBox, setChangedBox] = useState<Box | null>(null);
  const box = changedBox ?? contentBox;
  useEffect(() => {
    const element = svg.current;
    const onWheel = (event: WheelEvent): void => {
      if (!element) return;
      event.preventDefault();
      const pointer = pointAt(element, event);
      setChangedBox((current) => zoomBox(current ?? contentBox, event.deltaY > 0 ? 1.12 : 1 / 1.12, pointer));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [svg, contentBox]);
  const zoomBy = useCallback(
    (direction: 1 | -1) =>
      setChangedBox((current) => {
        const from = current ?? contentBox;
        const middle = { x: from.x + from.width / 2, y: from.y + from.height / 2 };
        return zoomBox(from, direction > 0 ? 1 / zoomStep : zoomStep, middle);
      }),
    [contentBox],
  );
  const panTo = useCallback(
    (corner: Point) => setChangedBox((current) => ({ ...(current ?? contentBox), ...corner })),
    [contentBox],
  );
  const fit = useCallback(() => setChangedBox(null), []);
  return { box, zoomBy, panTo, fit };
}

/** Px before a press becomes a drag. */
const dragThreshold = 4;

interface Press {
  kind: 'node' | 'link' | 'pan';
  id: string | null;
  /** The start of the press, in the window and in the drawing. */
  windowStart: Point;
  drawingStart: Point;
  isDrag: boolean;
}

interface DragState {
  kind: 'node' | 'link';
  id: string;
  to: Point;
  offset: Point;
}

const offsetBetween = (from: Point, to: Point): Point => ({ x: to.x - from.x, y: to.y - from.y });

interface Options {
  svg: RefObject<SVGSVGElement | null>;
  camera: Camera;
  canMove: (id: string) => boolean;
  canLink: boolean;
  onOpen: (id: string) => void;
  onDrop: (id: string, offset: Point) => void;
  onLink: (from: string, to: string) => void;
}

const idAt = (target: EventTarget | null, key: 'id' | 'link'): string | null =>
  (target instanceof Element && target.closest<SVGElement>(`[data-${key}]`)?.dataset[key]) || null;

/** Pointer gestures: a click opens, a drag moves a node, with Shift or from its handle draws a link, and on the background pans. */
export function useDrag({ svg, camera, canMove, canLink, onOpen, onDrop, onLink }: Options) {
  const press = useRef<Press | null>(null);
  const [dragged, setDragged] = useState<DragState | null>(null);

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !svg.current) return;
    const handle = idAt(event.target, 'link');
    const id = handle ?? idAt(event.target, 'id');
    const isLink = canLink && id !== null && (handle !== null || event.shiftKey);
    press.current = {
      kind: isLink ? 'link' : id !== null && canMove(id) ? 'node' : 'pan',
      id,
      windowStart: { x: event.clientX, y: event.clientY },
      drawingStart: pointAt(svg.current, event),
      isDrag: false,
    };
  };
  const onPointerMove = (event: PointerEvent): void => {
    const active = press.current;
    if (!active || !svg.current) return;
    const distance = Math.hypot(event.clientX - active.windowStart.x, event.clientY - active.windowStart.y);
    if (!active.isDrag && distance < dragThreshold) return;
    if (!active.isDrag) svg.current.setPointerCapture(event.pointerId);
    active.isDrag = true;
    const to = pointAt(svg.current, event);
    if (active.kind === 'pan') {
      const { x, y } = camera.box;
      camera.panTo({ x: x + active.drawingStart.x - to.x, y: y + active.drawingStart.y - to.y });
    } else if (active.id !== null)
      setDragged({ kind: active.kind, id: active.id, to, offset: offsetBetween(active.drawingStart, to) });
  };
  const onPointerUp = (event: PointerEvent): void => {
    const active = press.current;
    press.current = null;
    setDragged(null);
    if (!active || !svg.current || active.id === null) return;
    if (!active.isDrag) onOpen(active.id);
    else if (active.kind === 'node')
      onDrop(active.id, offsetBetween(active.drawingStart, pointAt(svg.current, event)));
    else if (active.kind === 'link') {
      const elements = document.elementsFromPoint(event.clientX, event.clientY);
      const target = elements
        .map((element) => idAt(element, 'id'))
        .find((id) => id !== null && id !== active.id);
      if (target) onLink(active.id, target);
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
