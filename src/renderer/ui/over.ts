import { useEffect, useSyncExternalStore } from 'react';
import type { RefObject } from 'react';
import { atStart } from '../api/window-state.ts';

const overs: HTMLElement[] = [];

/** Popovers, dialogs and menus that were open before the first overlay. Notices stay above. */
const beneath = new Set<Element>();
const floating = '[data-portal] > *:not(.mantine-Notifications-root)';

const watchers = new Set<() => void>();
atStart(() => {
  overs.length = 0;
  beneath.clear();
  watchers.clear();
});

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Only the topmost overlay is reachable. */
function settle(): void {
  const covered = overs.length > 0;
  document.getElementById('root')?.toggleAttribute('inert', covered);
  for (const one of beneath) one.toggleAttribute('inert', covered);
  for (const [place, one] of overs.entries()) one.toggleAttribute('inert', place < overs.length - 1);
  if (!covered) beneath.clear();
  for (const watcher of watchers) watcher();
}

/** Whether an overlay covers the window: new content appears beneath it. */
export const useCovered = (): boolean => useSyncExternalStore(watch, () => overs.length > 0);

/** Makes everything beneath an overlay inert while `shown`, focuses `first`, and restores the focus at the end. */
export function useOver(
  shown: boolean,
  over: RefObject<HTMLElement | null>,
  first: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const { current } = over;
    if (!shown || !current) return () => {};
    const { activeElement: before } = document;
    if (overs.length === 0) for (const one of document.querySelectorAll(floating)) beneath.add(one);
    overs.push(current);
    settle();
    first.current?.focus({ preventScroll: true });
    return () => {
      overs.splice(overs.indexOf(current), 1);
      settle();
      if (!(before instanceof HTMLElement) || !before.isConnected) return;
      // A dialog learns a moment later that it is uncovered.
      if (overs.length === 0) before.closest('[inert]')?.removeAttribute('inert');
      before.focus({ preventScroll: true });
    };
  }, [shown, over, first]);
}
