import { parseAddress, printAddress } from '#shared/address/address.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { historyOf, recordPage } from '#shared/address/view.ts';
import type { Address, HistoryView, ListView, Panel, View } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { pageTarget } from './target.ts';
import { isNewTabClick, takeNewTabClick } from './tabs/new-tab-click.ts';
import { changeTab, openTabIn, showTab } from './tabs/changes.ts';
import { layoutAt, entryIn, tabAt, focusedPane } from './tabs/layout.ts';
import type { Layout, Tab } from './tabs/layout.ts';
import { copyIdentity } from './tabs/identity.ts';
import { copyScroll } from './tabs/scroll.ts';
import { changeLayout, frontTab, useTabId, useTabs } from './tabs/store.ts';
import { currentOf, goTo, stepTrail } from './tabs/trail.ts';
import type { TrailEntry, Trail } from './tabs/trail.ts';

/** Views with a tab of their own: work in progress, and pages about the program. */
const ownTabKinds: readonly View['kind'][] = [
  'import',
  'wizard',
  'preferences',
  'shortcuts',
  'help',
  'about',
];

function hasOwnTab(view: View): boolean {
  return ownTabKinds.includes(view.kind);
}

function isUnfilteredView(shownView: View, view: View): boolean {
  if (view.kind === 'network')
    return shownView.kind === 'network' && shownView.focus === '' && shownView.filters.length === 0;
  if (['ask', 'matrix', 'molecule', 'whatif', 'administration'].includes(view.kind))
    return shownView.kind === view.kind;
  return (
    view.kind === 'list' &&
    shownView.kind === 'list' &&
    shownView.type === view.type &&
    shownView.saved === '' &&
    shownView.filters.length === 0 &&
    shownView.search === '' &&
    shownView.deleted !== 'only'
  );
}

const singleKinds: readonly View['kind'][] = [
  'home',
  'insights',
  'network',
  'matrix',
  'confirm',
  'evidence',
  'whatif',
  'molecule',
  'models',
  'structure',
  'play',
  'versions',
  'care',
  'ask',
  'jobs',
  'sync',
  'administration',
];

/** Whether one tab with the view is enough, so that no second one is opened. */
function isSingle({ kind }: View): boolean {
  return singleKinds.includes(kind);
}

const taskKinds: readonly View['kind'][] = ['record', 'compare', 'moments'];

/** Whether a view is a task of its own: navigating from it to another single view must not replace it. */
function isTask({ kind }: View): boolean {
  return taskKinds.includes(kind);
}

/** The tabs that can show a view already: those of the focused pane, then of the other one for single views. */
function tabsFor(layout: Layout, view: View): readonly Tab[] {
  const pane = focusedPane(layout);
  if (!isSingle(view)) return pane.tabs;
  return [pane, ...layout.panes.filter(({ id }) => id !== pane.id)].flatMap(({ tabs }) => tabs);
}

/** A comparison without filters; other views unchanged. */
const withoutFilters = (view: View): View =>
  view.kind === 'compare' || view.kind === 'moments' ? { ...view, search: '', shown: undefined } : view;

/**
 * The tab that shows exactly this view; filters of comparisons are ignored. With `isLoose`, also a tab that shows the whole list or network
 * in another order, grouping or colours, but not a saved, filtered or deleted view.
 */
function findTab(layout: Layout, view: View, isLoose: boolean): Tab | undefined {
  return tabsFor(layout, view).find((tab) => {
    const entry = currentOf(tab);
    if (isLoose && isUnfilteredView(entry.view, view)) return entry.isFilteredByLink !== true;
    const [shownAddress, newAddress] = [entry.view, view].map((candidate) =>
      printAddress({ ...entry, view: withoutFilters(candidate) }),
    );
    return shownAddress === newAddress;
  });
}

/** The address of a tab, by default the front one; for use outside of components. */
export function currentAddress(tab?: string): Address {
  return entryIn(useTabs.getState(), tab);
}

/** The view of the component's tab, or of the front one. Reactive. */
export function useView(): View {
  const tab = useTabId();
  return useTabs((layout) => entryIn(layout, tab).view);
}

export function useListView(): ListView | null {
  const view = useView();
  return view.kind === 'list' ? view : null;
}

/** Selects from the trail of the front tab. */
export function useTrail<T>(select: (trail: Trail) => T): T {
  return useTabs((layout) => select(tabAt(layout)));
}

function entryFor(target: string, view: View, isByLink = true): TrailEntry {
  const hasFilters = view.kind === 'list' && (view.filters.length > 0 || view.search !== '');
  return { target, view, ...(isByLink && hasFilters ? { isFilteredByLink: true } : {}) };
}

interface NavigateOptions {
  /** Replaces the current address instead of adding to the trail: for adjustments of a view. */
  replace?: boolean;
  /** The tab to navigate; by default the front one. Effects and timers must give their own tab. */
  tab?: string | undefined;
  /** For a destination of the rail: shows its open tab rather than replacing a task, and is not filtered by a link. */
  isDestination?: boolean;
}

/**
 * Navigates the front tab to a view; a click with Ctrl or the middle button opens a new tab instead. Views with a tab of their own are
 * shown there, and navigating from them opens another tab.
 */
export function navigate(
  view: View,
  { replace = false, tab, isDestination = false }: NavigateOptions = {},
): void {
  if (!replace && takeNewTabClick()) {
    openTab(view, { behind: true });
    return;
  }
  if (!replace && tab === undefined) {
    if (hasOwnTab(view)) {
      showOnce(view);
      return;
    }
    if (
      hasOwnTab(currentAddress().view) ||
      (isDestination && isTask(currentAddress().view) && isSingleOpen(view))
    ) {
      showInTab(view, isDestination);
      return;
    }
  }
  changeLayout((layout) =>
    changeTab(layout, tab, (trail) => {
      const current = currentOf(trail);
      const isByLink = replace ? current.isFilteredByLink === true : !isDestination;
      const entry = entryFor(current.target, view, isByLink);
      if (replace) {
        copyScroll(current, entry);
        copyIdentity(current, entry);
      }
      return goTo(trail, entry, replace);
    }),
  );
}

function isSingleOpen(view: View): boolean {
  return isSingle(view) && findTab(useTabs.getState(), view, true) !== undefined;
}

/**
 * Shows the tab with this view, or opens one; an open comparison takes the view's filters. With `isLoose`, sorting and other settings of a
 * whole list or network are ignored.
 */
function showInTab(view: View, isLoose: boolean): void {
  const openedTab = findTab(useTabs.getState(), view, isLoose);
  if (!openedTab) openTab(view);
  else {
    changeLayout((layout) => showTab(layout, openedTab.id));
    if (!isLoose) navigate(view, { tab: openedTab.id });
  }
}

export function openOrShow(view: View): void {
  if (isTask(view) || isSingle(view)) showInTab(view, false);
  else openTab(view);
}

/** Opens a view in a new tab to the right of the front one; `behind` keeps that one in front. */
export function openTab(view: View, { behind = false }: { behind?: boolean } = {}): void {
  changeLayout((layout) => openTabIn(layout, entryFor(entryIn(layout).target, view), { behind }));
}

function isSameView(one: View, other: View): boolean {
  if (one.kind === 'record' && other.kind === 'record') return one.id === other.id;
  return one.kind === other.kind;
}

/** Opens a record in its own tab, or shows the tab that has it. */
export function openRecordTab(type: EntityType, id: string): void {
  showOnce(recordPage(type, id));
}

/** Shows the tab with a view of this kind, or opens one. For views that exist once, such as the preferences. */
export function showOnce(view: View): void {
  const openedTab = useTabs
    .getState()
    .panes.flatMap(({ tabs }) => tabs)
    .find((tab) => isSameView(currentOf(tab).view, view));
  if (openedTab) changeLayout((layout) => showTab(layout, openedTab.id));
  else openTab(view);
}

/**
 * Opens a destination of the rail: in the tab that shows it, else in the front tab. A list has the sort order and open record that it had
 * in this tab, but no filters, because they would hide records unnoticed. A list that is already in front gets its defaults. Back returns
 * to the filtered view. `lastNetwork` does the same for the network.
 */
export function openView(view: View): void {
  const openedTab = findTab(useTabs.getState(), view, true);
  if (openedTab && openedTab.id !== frontTab() && !isNewTabClick()) {
    changeLayout((layout) => showTab(layout, openedTab.id));
    return;
  }
  if (view.kind === 'network') {
    navigate(lastNetwork(view), { isDestination: true });
    return;
  }
  if (view.kind !== 'list') {
    navigate(view, { isDestination: true });
    return;
  }
  if (hasOwnTab(currentAddress().view)) {
    navigate(view, { isDestination: true });
    return;
  }
  const isOfType = (address: Address): boolean =>
    address.view.kind === 'list' && address.view.type === view.type;
  const { entries } = tabAt(useTabs.getState());
  const isReusable = (entry: TrailEntry): boolean =>
    isOfType(entry) &&
    entry.isFilteredByLink !== true &&
    !(entry.view.kind === 'list' && entry.view.saved !== '');
  const lastView = isOfType(currentAddress()) ? undefined : entries.findLast(isReusable)?.view;
  if (lastView?.kind !== 'list' || lastView.deleted === 'only') navigate(view);
  else
    navigate(
      { ...lastView, filters: [], search: '', ...(lastView.panel?.kind === 'new' ? { panel: null } : {}) },
      { isDestination: true },
    );
}

/**
 * The network view with the colours, sizes and layout that it last had in this tab, and with its types and open record unless it was
 * filtered. If the network is in front, `view` itself.
 */
function lastNetwork(view: NetworkView): NetworkView {
  if (currentAddress().view.kind === 'network' || hasOwnTab(currentAddress().view)) return view;
  const { entries } = tabAt(useTabs.getState());
  const lastView = entries.findLast(
    (entry) => entry.view.kind === 'network' && entry.view.focus === '',
  )?.view;
  if (lastView?.kind !== 'network') return view;
  const { colour, size, layout, filters } = lastView;
  return filters.length > 0 ? { ...view, colour, size, layout } : lastView;
}

/** Changes a part of the shown list: search, filters, sort. No effect on other views. */
export function adjustList(part: Partial<Omit<ListView, 'kind' | 'type'>>, tab?: string): void {
  const { view } = currentAddress(tab);
  if (view.kind === 'list') navigate({ ...view, ...part }, { replace: true, tab });
}

/** The record in the panel of a view; null if none is open. */
export const recordInPanel = ({ panel }: { panel?: Panel }): string | null =>
  panel?.kind === 'record' ? panel.id : null;

/** The record of a record's own tab, or in the panel of its view; null if none is open. */
export function openRecordId(tab?: string): string | null {
  const { view } = currentAddress(tab);
  if (view.kind === 'record') return view.id;
  return 'panel' in view ? recordInPanel(view) : null;
}

/** Opens, changes or closes the panel of a view; in a record's own tab, changes the shown section. */
export function showPanel(panel: Panel, tab?: string): void {
  const { view } = currentAddress(tab);
  if (view.kind === 'record' && panel?.kind === 'record' && panel.id === view.id)
    navigate({ ...view, tab: panel.tab }, { replace: true, tab });
  else if ('panel' in view) navigate({ ...view, panel }, { replace: true, tab });
}

/** Opens the details of a record in the panel of a view. */
export const openRecord = (id: string, tab?: string): void =>
  showPanel({ kind: 'record', id, tab: 'details' }, tab);

export function adjustHistory(part: Partial<Omit<HistoryView, 'kind'>>, tab?: string): void {
  const { view } = currentAddress(tab);
  if (view.kind === 'history') navigate(historyOf({ ...view, ...part }), { replace: true, tab });
}

/** Changes a part of the shown network. No effect on other views. */
export function adjustNetwork(part: Partial<Omit<NetworkView, 'kind'>>, tab?: string): void {
  const { view } = currentAddress(tab);
  if (view.kind === 'network') navigate({ ...view, ...part }, { replace: true, tab });
}

export function goBack(): void {
  changeLayout((layout) => changeTab(layout, undefined, (tab) => stepTrail(tab, -1)));
}

export function goForward(): void {
  changeLayout((layout) => changeTab(layout, undefined, (tab) => stepTrail(tab, 1)));
}

/** Starts with one tab at an address. Ignores an invalid address, that of an import, and one of another target. */
export function startAt(text: unknown): void {
  const address = typeof text === 'string' ? parseAddress(text) : null;
  if (!address || address.target !== pageTarget() || address.view.kind === 'import') return;
  useTabs.setState(layoutAt(address), true);
}
