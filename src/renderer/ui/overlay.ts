import { useEffect, useSyncExternalStore } from 'react';
import type { RefObject } from 'react';
import { atStart } from '../api/window-state.ts';

const overlays: HTMLElement[] = [];

/** Popovers, dialogs and menus that were open before the first overlay. Notices stay above. */
const coveredElements = new Set<Element>();
const floatingSelector = '[data-portal] > *:not(.mantine-Notifications-root)';

const watchers = new Set<() => void>();
atStart(() => {
  overlays.length = 0;
  coveredElements.clear();
  watchers.clear();
});

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Only the topmost overlay is reachable. */
function updateInert(): void {
  const isCovered = overlays.length > 0;
  document.getElementById('root')?.toggleAttribute('inert', isCovered);
  for (const element of coveredElements) element.toggleAttribute('inert', isCovered);
  for (const [index, overlay] of overlays.entries())
    overlay.toggleAttribute('inert', index < overlays.length - 1);
  if (!isCovered) coveredElements.clear();
  for (const watcher of watchers) watcher();
}

/** Whether an overlay covers the window: new content appears beneath it. */
export const useCovered = (): boolean => useSyncExternalStore(subscribe, () => overlays.length > 0);

/** While `isShown`, makes everything beneath an overlay inert and focuses `focusTarget`; then restores the focus. */
export function useOverlay(
  isShown: boolean,
  overlay: RefObject<HTMLElement | null>,
  focusTarget: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const { current } = overlay;
    if (!isShown || !current) return () => {};
    const { activeElement: focusBefore } = document;
    if (overlays.length === 0)
      for (const element of document.querySelectorAll(floatingSelector)) coveredElements.add(element);
    overlays.push(current);
    updateInert();
    focusTarget.current?.focus({ preventScroll: true });
    return () => {
      overlays.splice(overlays.indexOf(current), 1);
      updateInert();
      if (!(focusBefore instanceof HTMLElement) || !focusBefore.isConnected) return;
      // A dialog learns a moment later that it is uncovered.
      if (overlays.length === 0) focusBefore.closest('[inert]')?.removeAttribute('inert');
      focusBefore.focus({ preventScroll: true });
    };
  }, [isShown, overlay, focusTarget]);
}
