import { useEffect, useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { Address } from '#shared/address/view.ts';
import { placeIn } from './layout.ts';
import type { Layout } from './layout.ts';
import { useTabId, useTabs } from './store.ts';

/** How far each place is scrolled down, in px. A place that is forgotten takes its figure with it. */
const scrolled = new WeakMap<Address, number>();

export function scrollOf(place: Address): number {
  return scrolled.get(place) ?? 0;
}

export function keepScroll(place: Address, top: number): void {
  scrolled.set(place, top);
}

/** A place that takes another's place stands where that one stood. */
export function copyScroll(from: Address, to: Address): void {
  const top = scrolled.get(from);
  if (top !== undefined) scrolled.set(to, top);
}

/** At which of its places a tab is, by number; undefined when it is closed. */
const stepIn = (layout: Layout, tab: string): number | undefined =>
  layout.panes.flatMap(({ tabs }) => tabs).find(({ id }) => id === tab)?.at;

/**
 * Keeps how far an element is scrolled with the place that its tab is at, and brings it back there when the place is come back to.
 * `ready` says that there is something to scroll.
 */
export function useKeptScroll(element: RefObject<HTMLElement | null>, ready: boolean): void {
  const tab = useTabId();
  const at = useTabs((layout) => placeIn(layout, tab));
  const key = useTabs((layout) => stepIn(layout, tab));
  const restored = useRef('');
  const place = `${tab} ${key} ${at.view.kind}`;
  useEffect(() => {
    const { current } = element;
    if (!ready || !current) return undefined;
    // Once for each place: what is there may come anew, and has been scrolled since.
    if (restored.current !== place) {
      const top = scrollOf(placeIn(useTabs.getState(), tab));
      if (current.scrollTop !== top) current.scrollTo({ top });
      restored.current = place;
    }
    const onScroll = (): void => keepScroll(placeIn(useTabs.getState(), tab), current.scrollTop);
    current.addEventListener('scroll', onScroll, { passive: true });
    return () => current.removeEventListener('scroll', onScroll);
  }, [element, ready, tab, place]);
  useLayoutEffect(() => {
    const { current } = element;
    if (!ready || !current) return undefined;
    // While it is still there: its last bit of scrolling is told with the next frame, when it may be gone.
    return () => {
      const layout = useTabs.getState();
      const step = stepIn(layout, tab);
      if (step === undefined) return;
      const now = placeIn(layout, tab);
      if (`${tab} ${step} ${now.view.kind}` === place) keepScroll(now, current.scrollTop);
    };
  }, [element, ready, tab, place]);
}
