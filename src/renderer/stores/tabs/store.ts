import { createContext, useContext } from 'react';
import { create } from 'zustand';
import { focusedPane, layoutAt, paneOf, shownIn, tabAt } from './layout.ts';
import type { Layout } from './layout.ts';

/** What the window shows: its panes and their tabs. */
export const useTabs = create<Layout>()(() => layoutAt());

/** Changes what the window shows by one of the functions of changes.ts. */
export function change(step: (layout: Layout) => Layout): void {
  useTabs.setState((layout) => step(layout), true);
}

/** The tab that a component is drawn in; null outside of all: title bar, rail, palette. */
export const TabContext = createContext<string | null>(null);

/** The tab that is in front; for use outside of components. */
export function frontTab(): string {
  return shownIn(focusedPane(useTabs.getState())).id;
}

/** The tab that the component is in; outside of all tabs the one in front. */
export function useTabId(): string {
  const own = useContext(TabContext);
  return useTabs((layout) => tabAt(layout, own ?? undefined).id);
}

export function useInFront(): boolean {
  const own = useContext(TabContext);
  return useTabs((layout) => own === null || paneOf(layout, own)?.id === layout.focused);
}
