import type { PointerEvent as Pressed } from 'react';

/** Follows the pointer from a press until it is released or lost. */
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
