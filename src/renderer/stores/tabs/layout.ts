import { currentOf, home } from './trail.ts';
import type { Place, Trail } from './trail.ts';
import type { Address } from '#shared/address/view.ts';

/** One thing that is open, with a way back of its own. */
export interface Tab extends Trail {
  id: string;
  /** Kept at the front of its pane and not closed with the others. */
  pinned: boolean;
}

/** Tabs of which one is shown. */
export interface Pane {
  id: string;
  tabs: readonly Tab[];
  active: string;
}

/** A tab that was closed, and where it stood. */
export interface ClosedTab {
  tab: Tab;
  pane: string;
  index: number;
}

/** What a window shows: one pane, or two side by side. Each has at least one tab, the pinned ones first. */
export interface Layout {
  panes: readonly Pane[];
  focused: string;
  /** Share of the width that the first of two panes has, 0 to 1. */
  share: number;
  closed: readonly ClosedTab[];
  next: number;
}

export const shareLimits = { least: 0.2, usual: 0.5, most: 0.8 };

/** One pane with one tab. */
export function layoutAt(place: Address = home): Layout {
  const tab: Tab = { id: 't1', places: [place], at: 0, pinned: false };
  const pane: Pane = { id: 'p1', tabs: [tab], active: tab.id };
  return { panes: [pane], focused: pane.id, share: shareLimits.usual, closed: [], next: 2 };
}

export function paneAt(layout: Layout, id: string): Pane | undefined {
  return layout.panes.find((pane) => pane.id === id);
}

/** The pane that keys and commands act on. */
export function focusedPane(layout: Layout): Pane {
  const pane = paneAt(layout, layout.focused) ?? layout.panes[0];
  if (!pane) throw new Error('A window has no pane.');
  return pane;
}

/** The tab that a pane shows. */
export function shownIn(pane: Pane): Tab {
  const tab = pane.tabs.find(({ id }) => id === pane.active) ?? pane.tabs[0];
  if (!tab) throw new Error('A pane has no tab.');
  return tab;
}

/** The tab of that id, else the one that is in front. */
export function tabAt(layout: Layout, id?: string): Tab {
  const found = id === undefined ? undefined : paneOf(layout, id)?.tabs.find((tab) => tab.id === id);
  return found ?? shownIn(focusedPane(layout));
}

/** The pane that a tab is in. */
export function paneOf(layout: Layout, tab: string): Pane | undefined {
  return layout.panes.find(({ tabs }) => tabs.some(({ id }) => id === tab));
}

/** Where a tab is: the one of that id, else the one in front. */
export function placeIn(layout: Layout, tab?: string): Place {
  return currentOf(tabAt(layout, tab));
}

/** Ids of the tabs that are open or can be reopened. */
export function tabIds({ panes, closed }: Layout): ReadonlySet<string> {
  return new Set([
    ...panes.flatMap(({ tabs }) => tabs.map(({ id }) => id)),
    ...closed.map(({ tab }) => tab.id),
  ]);
}
