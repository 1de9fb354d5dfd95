import type { Address } from '#shared/address/view.ts';
import { focusedPane, paneAt, paneOf, shareLimits, activeTab, tabAt } from './layout.ts';
import type { Layout, Pane, Tab } from './layout.ts';
import { homeEntry } from './trail.ts';

const maxClosed = 25;

const withPane = (layout: Layout, pane: Pane): Layout => ({
  ...layout,
  panes: layout.panes.map((one) => (one.id === pane.id ? pane : one)),
});

/** Inserts a tab into a pane; unpinned tabs stay behind the pinned ones. */
function withTab(pane: Pane, tab: Tab, index: number): Pane {
  const pinnedCount = pane.tabs.filter((one) => one.pinned).length;
  const [min, max] = tab.pinned ? [0, pinnedCount] : [pinnedCount, pane.tabs.length];
  return { ...pane, tabs: pane.tabs.toSpliced(Math.max(min, Math.min(max, index)), 0, tab) };
}

/** Removes a tab and shows its right neighbour, else the left one. An empty pane is removed too. */
function removeTab(layout: Layout, tabId: string): Layout {
  const pane = paneOf(layout, tabId);
  if (!pane) return layout;
  const index = pane.tabs.findIndex(({ id }) => id === tabId);
  const tabs = pane.tabs.toSpliced(index, 1);
  const neighbor = tabs[index] ?? tabs.at(-1);
  if (neighbor)
    return withPane(layout, { ...pane, tabs, active: pane.active === tabId ? neighbor.id : pane.active });
  const panes = layout.panes.filter(({ id }) => id !== pane.id);
  const [other] = panes;
  return { ...layout, panes, focused: other?.id ?? '' };
}

/** Changes a tab, by default the front one. Changes nothing if the tab is closed. */
export function changeTab(layout: Layout, id: string | undefined, change: (tab: Tab) => Tab): Layout {
  const tab = tabAt(layout, id);
  if (id !== undefined && tab.id !== id) return layout;
  const pane = paneOf(layout, tab.id);
  const changedTab = change(tab);
  if (!pane || changedTab === tab) return layout;
  return withPane(layout, { ...pane, tabs: pane.tabs.map((one) => (one.id === tab.id ? changedTab : one)) });
}

export function showTab(layout: Layout, tabId: string): Layout {
  const pane = paneOf(layout, tabId);
  if (!pane) return layout;
  return { ...withPane(layout, { ...pane, active: tabId }), focused: pane.id };
}

export function focusPane(layout: Layout, paneId: string): Layout {
  return layout.focused === paneId || !paneAt(layout, paneId) ? layout : { ...layout, focused: paneId };
}

function insertTab(layout: Layout, pane: Pane, tab: Tab, index: number, { behind = false } = {}): Layout {
  const newLayout = { ...withPane(layout, withTab(pane, tab, index)), next: layout.next + 1 };
  return behind ? newLayout : showTab(newLayout, tab.id);
}

/** Opens a new tab to the right of the shown one; `behind` keeps that one in front. */
export function openTabIn(layout: Layout, address: Address, { behind = false } = {}): Layout {
  const pane = focusedPane(layout);
  const index = pane.tabs.findIndex(({ id }) => id === pane.active) + 1;
  const tab: Tab = { id: `t${layout.next}`, entries: [address], index: 0, pinned: false };
  return insertTab(layout, pane, tab, index, { behind });
}

/** Closes a tab, so that it can be reopened. The last one is replaced by Home. */
export function closeTabIn(layout: Layout, id: string): Layout {
  const pane = paneOf(layout, id);
  const tab = pane?.tabs.find((one) => one.id === id);
  if (!pane || !tab) return layout;
  const closedTabs = [...layout.closed, { tab, pane: pane.id, index: pane.tabs.indexOf(tab) }].slice(
    -maxClosed,
  );
  const remaining = removeTab(layout, id);
  if (remaining.panes.length > 0) return { ...remaining, closed: closedTabs };
  const homeTab: Tab = { id: `t${layout.next}`, entries: [homeEntry], index: 0, pinned: false };
  const homePane: Pane = { ...pane, tabs: [homeTab], active: homeTab.id };
  return { ...layout, closed: closedTabs, panes: [homePane], focused: homePane.id, next: layout.next + 1 };
}

/** Closes the other tabs of the pane except pinned ones. */
export function closeOtherTabs(layout: Layout, id: string): Layout {
  const others = paneOf(layout, id)?.tabs.filter((tab) => tab.id !== id && !tab.pinned) ?? [];
  return showTab(
    others.reduce((remaining, tab) => closeTabIn(remaining, tab.id), layout),
    id,
  );
}

/** Reopens the tab that was closed last, with its trail, at its former position. */
export function reopenTabIn(layout: Layout): Layout {
  const closedTab = layout.closed.at(-1);
  if (!closedTab) return layout;
  const pane = paneAt(layout, closedTab.pane) ?? focusedPane(layout);
  const remaining = { ...layout, closed: layout.closed.slice(0, -1) };
  return insertTab(remaining, pane, closedTab.tab, closedTab.index);
}

/** Moves a tab to an index of a pane, counted without the tab itself, and shows it. */
export function moveTab(layout: Layout, id: string, paneId: string, index: number): Layout {
  const tab = paneOf(layout, id)?.tabs.find((one) => one.id === id);
  const targetPane = paneAt(layout, paneId);
  if (!tab || !targetPane) return layout;
  if (targetPane.tabs.length === 1 && targetPane.active === id) return showTab(layout, id);
  const remaining = removeTab(layout, id);
  return showTab(withPane(remaining, withTab(paneAt(remaining, paneId) ?? targetPane, tab, index)), id);
}

/** Moves a tab to the other pane, which is created if needed. The only tab of a window stays. */
export function moveToOtherPane(layout: Layout, id: string): Layout {
  const fromPane = paneOf(layout, id);
  if (!fromPane) return layout;
  const otherPane = layout.panes.find((pane) => pane.id !== fromPane.id);
  if (otherPane) return moveTab(layout, id, otherPane.id, otherPane.tabs.length);
  if (fromPane.tabs.length === 1) return layout;
  const tab = tabAt(layout, id);
  return openInNewPane(removeTab(layout, id), tab);
}

function openInNewPane(layout: Layout, tab: Tab): Layout {
  const pane: Pane = { id: `p${layout.next}`, tabs: [tab], active: tab.id };
  return {
    ...layout,
    panes: [...layout.panes, pane],
    focused: pane.id,
    share: shareLimits.default,
    next: layout.next + 1,
  };
}

/** Shows the same address in a second pane; if there are two panes, focuses the other one. */
export function splitPane(layout: Layout): Layout {
  const otherPane = layout.panes.find(({ id }) => id !== layout.focused);
  if (otherPane) return focusPane(layout, otherPane.id);
  const tab = { ...activeTab(focusedPane(layout)), id: `t${layout.next}`, pinned: false };
  return openInNewPane({ ...layout, next: layout.next + 1 }, tab);
}

/** Moves all tabs into one pane, those of the left one first, and keeps the front tab. */
export function joinPanes(layout: Layout): Layout {
  const front = activeTab(focusedPane(layout));
  const [first, second] = layout.panes;
  if (!first || !second) return layout;
  const tabs = [...first.tabs, ...second.tabs];
  const orderedTabs = [...tabs.filter(({ pinned }) => pinned), ...tabs.filter(({ pinned }) => !pinned)];
  return { ...layout, panes: [{ ...first, tabs: orderedTabs, active: front.id }], focused: first.id };
}

export function duplicateTab(layout: Layout, id: string): Layout {
  const pane = paneOf(layout, id);
  if (!pane) return layout;
  const tab = { ...tabAt(layout, id), id: `t${layout.next}` };
  return insertTab(layout, pane, tab, pane.tabs.findIndex((one) => one.id === id) + 1);
}

export function pinTab(layout: Layout, id: string, isPinned: boolean): Layout {
  const pane = paneOf(layout, id);
  if (!pane) return layout;
  const tab = { ...tabAt(layout, id), pinned: isPinned };
  const others = { ...pane, tabs: pane.tabs.filter((one) => one.id !== id) };
  return withPane(layout, withTab(others, tab, others.tabs.filter((one) => one.pinned).length));
}

/** Shows the next (1) or previous (-1) tab of the focused pane, cyclically. */
export function cycleTabs(layout: Layout, step: -1 | 1): Layout {
  const { tabs, active } = focusedPane(layout);
  const index = tabs.findIndex(({ id }) => id === active);
  const next = tabs[(index + step + tabs.length) % tabs.length];
  return next ? showTab(layout, next.id) : layout;
}

/** Shows a tab of the focused pane by index, from 0; past the end the last one. */
export function showTabAt(layout: Layout, index: number): Layout {
  const { tabs } = focusedPane(layout);
  const tab = tabs[index] ?? tabs.at(-1);
  return tab ? showTab(layout, tab.id) : layout;
}

export function resizePanes(layout: Layout, share: number): Layout {
  return { ...layout, share: Math.max(shareLimits.min, Math.min(shareLimits.max, share)) };
}
