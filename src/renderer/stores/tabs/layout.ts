import { currentOf, homeEntry } from './trail.ts';
import type { TrailEntry, Trail } from './trail.ts';
import type { Address } from '#shared/address/view.ts';

export interface Tab extends Trail {
  id: string;
  /** Stays at the front of its pane, and is not closed with the others. */
  pinned: boolean;
}

export interface Pane {
  id: string;
  tabs: readonly Tab[];
  active: string;
}

export interface ClosedTab {
  tab: Tab;
  /** Id of the pane that the tab was in. */
  pane: string;
  index: number;
}

/** The layout of a window: one pane, or two side by side. Each has at least one tab, pinned ones first. */
export interface Layout {
  panes: readonly Pane[];
  /** Id of the pane with the focus. */
  focused: string;
  /** The first pane's share of the width, 0 to 1. */
  share: number;
  closed: readonly ClosedTab[];
  /** The number in the id of the next tab or pane. */
  next: number;
}

export const shareLimits = { min: 0.2, default: 0.5, max: 0.8 };

export function layoutAt(address: Address = homeEntry): Layout {
  const tab: Tab = { id: 't1', entries: [address], index: 0, pinned: false };
  const pane: Pane = { id: 'p1', tabs: [tab], active: tab.id };
  return { panes: [pane], focused: pane.id, share: shareLimits.default, closed: [], next: 2 };
}

export function paneAt(layout: Layout, id: string): Pane | undefined {
  return layout.panes.find((pane) => pane.id === id);
}

export function focusedPane(layout: Layout): Pane {
  const pane = paneAt(layout, layout.focused) ?? layout.panes[0];
  if (!pane) throw new Error('A window has no pane.');
  return pane;
}

export function activeTab(pane: Pane): Tab {
  const tab = pane.tabs.find(({ id }) => id === pane.active) ?? pane.tabs[0];
  if (!tab) throw new Error('A pane has no tab.');
  return tab;
}

/** The tab with this id, by default the front one. */
export function tabAt(layout: Layout, id?: string): Tab {
  const found = id === undefined ? undefined : paneOf(layout, id)?.tabs.find((tab) => tab.id === id);
  return found ?? activeTab(focusedPane(layout));
}

export function paneOf(layout: Layout, tabId: string): Pane | undefined {
  return layout.panes.find(({ tabs }) => tabs.some(({ id }) => id === tabId));
}

export function entryIn(layout: Layout, tab?: string): TrailEntry {
  return currentOf(tabAt(layout, tab));
}

export function tabIds({ panes, closed }: Layout): ReadonlySet<string> {
  return new Set([
    ...panes.flatMap(({ tabs }) => tabs.map(({ id }) => id)),
    ...closed.map(({ tab }) => tab.id),
  ]);
}
