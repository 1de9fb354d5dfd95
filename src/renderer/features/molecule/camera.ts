import { useCallback, useEffect, useState, useRef } from 'react';
import type { RefObject, PointerEvent } from 'react';
import type { Point } from '../network/model/model.ts';

/** The visible part of the drawing: its corner and size. */
export interface ViewBox extends Point {
  width: number;
  height: number;
}

const widthLimits = { min: 120, max: 20_000 };
const zoomStep = 1.3;
const wheelStep = 1.12;

function zoomBox({ x, y, width, height }: ViewBox, factor: number, fixedPoint: Point): ViewBox {
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
  box: ViewBox;
  zoomBy: (direction: 1 | -1) => void;
  panTo: (corner: Point) => void;
  fit: () => void;
}

/** The visible part: everything until the person pans or zooms; the wheel zooms at the pointer. */
export function useCamera(svg: RefObject<SVGSVGElement | null>, contentBox: ViewBox): Camera {
  const [changedBox, setChangedBox] = useState<ViewBox | null>(null);
  const box = changedBox ?? contentBox;
  useEffect(() => {
    const element = svg.current;
    const onWheel = (event: WheelEvent): void => {
      if (!element) return;
      event.preventDefault();
      const pointer = pointAt(element, event);
      setChangedBox((current) =>
        zoomBox(current ?? contentBox, event.deltaY > 0 ? wheelStep : 1 / wheelStep, pointer),
      );
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
  /** The pointer in the drawing, and its distance from the start of the press. */
  to: Point;
  offset: Point;
}

const offsetBetween = (from: Point, to: Point): Point => ({ x: to.x - from.x, y: to.y - from.y });

interface DragOptions {
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

/** Pointer gestures: a click opens a record; a drag moves a node, draws a link (with Shift or from the handle) or pans. */
export function useDrag({ svg, camera, canMove, canLink, onOpen, onDrop, onLink }: DragOptions) {
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
    const activePress = press.current;
    if (!activePress || !svg.current) return;
    const distance = Math.hypot(
      event.clientX - activePress.windowStart.x,
      event.clientY - activePress.windowStart.y,
    );
    if (!activePress.isDrag && distance < dragThreshold) return;
    if (!activePress.isDrag) svg.current.setPointerCapture(event.pointerId);
    activePress.isDrag = true;
    const to = pointAt(svg.current, event);
    if (activePress.kind === 'pan') {
      const { x, y } = camera.box;
      camera.panTo({ x: x + activePress.drawingStart.x - to.x, y: y + activePress.drawingStart.y - to.y });
    } else if (activePress.id !== null)
      setDragged({
        kind: activePress.kind,
        id: activePress.id,
        to,
        offset: offsetBetween(activePress.drawingStart, to),
      });
  };
  const onPointerUp = (event: PointerEvent): void => {
    const activePress = press.current;
    press.current = null;
    setDragged(null);
    if (!activePress || !svg.current || activePress.id === null) return;
    if (!activePress.isDrag) onOpen(activePress.id);
    else if (activePress.kind === 'node')
      onDrop(activePress.id, offsetBetween(activePress.drawingStart, pointAt(svg.current, event)));
    else if (activePress.kind === 'link') {
      const elements = document.elementsFromPoint(event.clientX, event.clientY);
      const target = elements
        .map((element) => idAt(element, 'id'))
        .find((id) => id !== null && id !== activePress.id);
      if (target) onLink(activePress.id, target);
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
