import type { PointerEvent as Pressed } from 'react';

/** Follows a pointer that was pressed on an edge, wherever it goes, until it is let go or taken away. */
export function followPointer(event: Pressed<HTMLElement>, onMove: (at: PointerEvent) => void): void {
  const edge = event.currentTarget;
  edge.setPointerCapture(event.pointerId);
  const end = (): void => {
    edge.removeEventListener('pointermove', onMove);
    edge.removeEventListener('pointerup', end);
    edge.removeEventListener('pointercancel', end);
  };
  edge.addEventListener('pointermove', onMove);
  edge.addEventListener('pointerup', end);
  edge.addEventListener('pointercancel', end);
}
