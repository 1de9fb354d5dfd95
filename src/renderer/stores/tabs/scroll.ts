import { useEffect, useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { Address } from '#shared/address/view.ts';
import { entryIn } from './layout.ts';
import type { Layout } from './layout.ts';
import { useTabId, useTabs } from './store.ts';

const scrollTops = new WeakMap<Address, number>();

export function scrollOf(address: Address): number {
  return scrollTops.get(address) ?? 0;
}

export function setScroll(address: Address, top: number): void {
  scrollTops.set(address, top);
}

export function copyScroll(from: Address, to: Address): void {
  const top = scrollTops.get(from);
  if (top !== undefined) scrollTops.set(to, top);
}

/** The current index in a tab’s trail; undefined if the tab is closed. */
const trailIndexOf = (layout: Layout, tab: string): number | undefined =>
  layout.panes.flatMap(({ tabs }) => tabs).find(({ id }) => id === tab)?.index;

/** Stores the scroll position of an element with the tab's address, and restores it on return. `isReady`: the content is rendered. */
export function useScrollRestore(element: RefObject<HTMLElement | null>, isReady: boolean): void {
  const tab = useTabId();
  const entry = useTabs((layout) => entryIn(layout, tab));
  const trailIndex = useTabs((layout) => trailIndexOf(layout, tab));
  const restoredVisit = useRef('');
  const visit = `${tab} ${trailIndex} ${entry.view.kind}`;
  useEffect(() => {
    const { current } = element;
    if (!isReady || !current) return undefined;
    // Only once for each address: the content can be rendered again after the person scrolled.
    if (restoredVisit.current !== visit) {
      const top = scrollOf(entryIn(useTabs.getState(), tab));
      if (current.scrollTop !== top) current.scrollTo({ top });
      restoredVisit.current = visit;
    }
    const onScroll = (): void => setScroll(entryIn(useTabs.getState(), tab), current.scrollTop);
    current.addEventListener('scroll', onScroll, { passive: true });
    return () => current.removeEventListener('scroll', onScroll);
  }, [element, isReady, tab, visit]);
  useLayoutEffect(() => {
    const { current } = element;
    if (!isReady || !current) return undefined;
    // Stored while the element exists: the event of the last scroll comes with the next frame, when the element can be removed already.
    return () => {
      const layout = useTabs.getState();
      const currentIndex = trailIndexOf(layout, tab);
      if (currentIndex === undefined) return;
      const currentEntry = entryIn(layout, tab);
      if (`${tab} ${currentIndex} ${currentEntry.view.kind}` === visit)
        setScroll(currentEntry, current.scrollTop);
    };
  }, [element, isReady, tab, visit]);
}
