import type { PointerEvent as ReactPointerEvent } from 'react';

/** Follows the pointer from a press until it is released or lost. */
export function followPointer(
  event: ReactPointerEvent<HTMLElement>,
  onMove: (moveEvent: PointerEvent) => void,
): void {
  const element = event.currentTarget;
  element.setPointerCapture(event.pointerId);
  const end = (): void => {
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerup', end);
    element.removeEventListener('pointercancel', end);
  };
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
}
