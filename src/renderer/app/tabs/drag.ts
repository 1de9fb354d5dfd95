import type { DragEvent } from 'react';

const kind = 'application/x-frames-tab';

/** Begins to drag a tab. */
export function grasp(event: DragEvent, tab: string): void {
  event.dataTransfer.setData(kind, tab);
  event.dataTransfer.effectAllowed = 'move';
}

/** Whether it is a tab of ours that is dragged over something. */
export function isTabDrag(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(kind);
}

/** The tab that was let go, or ''. */
export function droppedTab(event: DragEvent): string {
  return event.dataTransfer.getData(kind);
}

/** Before which of the tabs of a strip a drop at `x` falls: as many as have their middle left of it. */
export function dropIndex(strip: Element, x: number): number {
  const middles = [...strip.querySelectorAll('[data-tab]')].map((tab) => {
    const { left, width } = tab.getBoundingClientRect();
    return left + width / 2;
  });
  return middles.filter((middle) => middle < x).length;
}
