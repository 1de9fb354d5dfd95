import { createContext, useContext } from 'react';
import { windowStore } from '../../api/window-store.ts';
import { focusedPane, layoutAt, paneOf, shownIn, tabAt } from './layout.ts';
import type { Layout } from './layout.ts';

export const useTabs = windowStore<Layout>(() => layoutAt());

/** Applies a function of changes.ts to the layout. */
export function changeLayout(step: (layout: Layout) => Layout): void {
  useTabs.setState((layout) => step(layout), true);
}

/** The tab of a component; null outside of tabs: title bar, rail, palette. */
export const TabContext = createContext<string | null>(null);

/** The front tab; for use outside of components. */
export function frontTab(): string {
  return shownIn(focusedPane(useTabs.getState())).id;
}

/** The component's tab; outside of tabs the front one. */
export function useTabId(): string {
  const own = useContext(TabContext);
  return useTabs((layout) => tabAt(layout, own ?? undefined).id);
}

export function useInFront(): boolean {
  const own = useContext(TabContext);
  return useTabs((layout) => own === null || paneOf(layout, own)?.id === layout.focused);
}
