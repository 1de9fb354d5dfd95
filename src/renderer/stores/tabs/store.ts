import { createContext, useContext } from 'react';
import { windowStore } from '../../api/window-store.ts';
import { focusedPane, layoutAt, paneOf, activeTab, tabAt } from './layout.ts';
import type { Layout } from './layout.ts';

export const useTabs = windowStore<Layout>(() => layoutAt());

/** Applies a function of changes.ts to the layout. */
export function changeLayout(change: (layout: Layout) => Layout): void {
  useTabs.setState((layout) => change(layout), true);
}

/** The tab of a component; null outside of tabs: title bar, rail, palette. */
export const TabContext = createContext<string | null>(null);

/** The front tab; for use outside of components. */
export function frontTab(): string {
  return activeTab(focusedPane(useTabs.getState())).id;
}

/** The component's tab; outside of tabs the front one. */
export function useTabId(): string {
  const tabId = useContext(TabContext);
  return useTabs((layout) => tabAt(layout, tabId ?? undefined).id);
}

export function useIsPaneFocused(): boolean {
  const tabId = useContext(TabContext);
  return useTabs((layout) => tabId === null || paneOf(layout, tabId)?.id === layout.focused);
}
