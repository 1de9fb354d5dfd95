import { useEffect, useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { Address } from '#shared/address/view.ts';
import { placeIn } from './layout.ts';
import type { Layout } from './layout.ts';
import { useTabId, useTabs } from './store.ts';

const scrolled = new WeakMap<Address, number>();

export function scrollOf(place: Address): number {
  return scrolled.get(place) ?? 0;
}

export function keepScroll(place: Address, top: number): void {
  scrolled.set(place, top);
}

export function copyScroll(from: Address, to: Address): void {
  const top = scrolled.get(from);
  if (top !== undefined) scrolled.set(to, top);
}

/** The current index in the tab's trail; undefined if it is closed. */
const stepIn = (layout: Layout, tab: string): number | undefined =>
  layout.panes.flatMap(({ tabs }) => tabs).find(({ id }) => id === tab)?.at;

/** Stores the scroll position of an element with the tab's address, and restores it on return. `ready`: the content is there. */
export function useKeptScroll(element: RefObject<HTMLElement | null>, ready: boolean): void {
  const tab = useTabId();
  const at = useTabs((layout) => placeIn(layout, tab));
  const key = useTabs((layout) => stepIn(layout, tab));
  const restored = useRef('');
  const place = `${tab} ${key} ${at.view.kind}`;
  useEffect(() => {
    const { current } = element;
    if (!ready || !current) return undefined;
    // Only once for each address: the content may be rendered again after the person scrolled.
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
    // While the element exists: its last scroll event comes with the next frame, when it may be gone.
    return () => {
      const layout = useTabs.getState();
      const step = stepIn(layout, tab);
      if (step === undefined) return;
      const now = placeIn(layout, tab);
      if (`${tab} ${step} ${now.view.kind}` === place) keepScroll(now, current.scrollTop);
    };
  }, [element, ready, tab, place]);
}
