import { useCallback, useRef, useState } from 'react';

/** How far the pointer goes before it drags rather than clicks, in px. */
const reach = 6;
/** How long after a drag its click is still to come, in milliseconds. */
const settling = 50;

function headUnder(event: globalThis.PointerEvent): string | null {
  const under = document.elementFromPoint(event.clientX, event.clientY);
  return under?.closest('[data-head]')?.getAttribute('data-head') ?? null;
}

/** Lets headings be dragged to the place of another. `target` is the one that the pointer is over. */
export function useHeadDrag(place: (key: string, target: string) => void) {
  const [target, setTarget] = useState<string | null>(null);
  const ended = useRef(0);
  const grab = useCallback(
    (key: string, x: number): void => {
      let dragging = false;
      let over: string | null = null;
      const move = (event: globalThis.PointerEvent): void => {
        dragging ||= Math.abs(event.clientX - x) > reach;
        if (!dragging) return;
        const found = headUnder(event);
        over = found === key ? null : found;
        setTarget(over);
      };
      const stop = (): void => {
        window.removeEventListener('pointermove', move);
        window.removeEventListener('pointerup', drop);
        window.removeEventListener('pointercancel', stop);
        window.removeEventListener('keydown', cancel, true);
        setTarget(null);
      };
      const drop = (): void => {
        stop();
        if (!dragging) return;
        ended.current = performance.now();
        if (over !== null) place(key, over);
      };
      const cancel = (event: globalThis.KeyboardEvent): void => {
        if (event.key !== 'Escape' || !dragging) return;
        event.stopPropagation();
        ended.current = performance.now();
        stop();
      };
      window.addEventListener('pointermove', move);
      window.addEventListener('pointerup', drop);
      window.addEventListener('pointercancel', stop);
      window.addEventListener('keydown', cancel, true);
    },
    [place],
  );
  const wasDragged = useCallback(() => performance.now() - ended.current < settling, []);
  return { target, grab, wasDragged };
}
