import { parseAddress } from '#shared/address/address.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { historyOf, recordPage } from '#shared/address/view.ts';
import type { Address, HistoryView, ListView, Panel, View } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { openTarget } from './target.ts';
import { isAside, takeAside } from './tabs/aside.ts';
import { changeTab, open, show } from './tabs/changes.ts';
import { layoutAt, placeIn, tabAt } from './tabs/layout.ts';
import { isSinglePage, isOwnPage, isSingle, tabWith } from './tabs/own-pages.ts';
import { copyIdentity } from './tabs/same-place.ts';
import { copyScroll } from './tabs/scroll.ts';
import { change, frontTab, useTabId, useTabs } from './tabs/store.ts';
import { currentOf, goTo, step } from './tabs/trail.ts';
import type { Place, Trail } from './tabs/trail.ts';

/** Where the window is, or one of its tabs; for use outside of components. */
export function here(tab?: string): Address {
  return placeIn(useTabs.getState(), tab);
}

/** Where the tab is that the component stands in, or the one in front; the component is drawn again when it changes. */
export function useView(): View {
  const tab = useTabId();
  return useTabs((layout) => placeIn(layout, tab).view);
}

/** The view when it is a list, else null. */
export function useListView(): ListView | null {
  const view = useView();
  return view.kind === 'list' ? view : null;
}

/** The way of the tab in front: whether there is something to go back or forward to. */
export function useTrail<T>(select: (trail: Trail) => T): T {
  return useTabs((layout) => select(tabAt(layout)));
}

function placeOf(target: string, view: View, brought = true): Place {
  const narrowed = view.kind === 'list' && (view.filters.length > 0 || view.search !== '');
  return { target, view, ...(brought && narrowed ? { brought } : {}) };
}

interface Going {
  /** The present place is not kept to come back to: for what is adjusted, not visited. */
  replace?: boolean;
  /** The tab that goes; without it the one in front. What runs later than an event, as an effect or a timer, has to name its own. */
  tab?: string | undefined;
  own?: boolean;
}

/**
 * Goes to a view, in the tab in front, from where *Back* returns; from a click with Ctrl or the middle button in a new tab. What has a tab
 * of its own is shown there, and nothing takes its place in it: from there one goes on in another tab.
 */
export function go(view: View, { replace = false, tab, own = false }: Going = {}): void {
  if (!replace && takeAside()) {
    openTab(view, { behind: true });
    return;
  }
  if (!replace && tab === undefined) {
    if (isOwnPage(view)) {
      showOnce(view);
      return;
    }
    if (isOwnPage(here().view) || (own && isSinglePage(here().view) && isOpenOnce(view))) {
      goElsewhere(view, own);
      return;
    }
  }
  change((layout) =>
    changeTab(layout, tab, (trail) => {
      const now = currentOf(trail);
      const place = placeOf(now.target, view, replace ? now.brought === true : !own);
      if (replace) {
        copyScroll(now, place);
        copyIdentity(now, place);
      }
      return goTo(trail, place, replace);
    }),
  );
}

function isOpenOnce(view: View): boolean {
  return isSingle(view) && tabWith(useTabs.getState(), view, true) !== undefined;
}

/** Shows the tab that has the view open, or opens one; a comparison is narrowed there as the view is. With `anyhow` a whole list or network is that view in whatever order it is. */
function goElsewhere(view: View, anyhow: boolean): void {
  const found = tabWith(useTabs.getState(), view, anyhow);
  if (!found) openTab(view);
  else {
    change((layout) => show(layout, found.id));
    if (!anyhow) go(view, { tab: found.id });
  }
}

/** Opens a view in a new tab; what is there once, or read or decided on by itself, and open just so, is shown where it is. */
export function openOrShow(view: View): void {
  if (isSinglePage(view) || isSingle(view)) goElsewhere(view, false);
  else openTab(view);
}

/** Opens a view in a new tab of the focused pane, right of the one in front; `behind` leaves that one in front. */
export function openTab(view: View, { behind = false }: { behind?: boolean } = {}): void {
  change((layout) => open(layout, placeOf(placeIn(layout).target, view), { behind }));
}

function isSame(one: View, other: View): boolean {
  return (
    one.kind === other.kind && !(one.kind === 'record' && other.kind === 'record' && one.id !== other.id)
  );
}

/** Opens a record in a tab of its own, or shows the tab that it is open in. */
export function openRecordTab(type: EntityType, id: string): void {
  showOnce(recordPage(type, id));
}

/** Shows the tab that has a view of this kind open, or opens one. For what is there once: preferences, a record by itself. */
export function showOnce(view: View): void {
  const found = useTabs
    .getState()
    .panes.flatMap(({ tabs }) => tabs)
    .find((tab) => isSame(currentOf(tab).view, view));
  if (found) change((layout) => show(layout, found.id));
  else openTab(view);
}

/**
 * Goes to a place: to the tab that shows it already, else in the tab in front. A list comes with all its records, in the order in which it was left in this tab and with the open record; from the
 * list itself it is the plain one. What narrowed it does not stick: what is left out would be missed. Back leads to that. The network
 * comes as it was left likewise.
 */
export function visit(view: View): void {
  const found = tabWith(useTabs.getState(), view, true);
  if (found && found.id !== frontTab() && !isAside()) {
    change((layout) => show(layout, found.id));
    return;
  }
  if (view.kind === 'network') {
    go(asLeft(view), { own: true });
    return;
  }
  if (view.kind !== 'list') {
    go(view, { own: true });
    return;
  }
  if (isOwnPage(here().view)) {
    go(view, { own: true });
    return;
  }
  const isOne = (place: Address): boolean => place.view.kind === 'list' && place.view.type === view.type;
  const { places } = tabAt(useTabs.getState());
  const isOwn = (place: Place): boolean =>
    isOne(place) && place.brought !== true && !(place.view.kind === 'list' && place.view.saved !== '');
  const left = isOne(here()) ? undefined : places.findLast(isOwn)?.view;
  if (left?.kind !== 'list' || left.deleted === 'only') go(view);
  else
    go(
      { ...left, filters: [], search: '', ...(left.panel?.kind === 'new' ? { panel: null } : {}) },
      { own: true },
    );
}

/**
 * The whole network as it was left in this tab: coloured, sized and placed so, and with the kinds and the open record unless filters
 * narrowed it. From the network itself it is the plain one.
 */
function asLeft(view: NetworkView): NetworkView {
  if (here().view.kind === 'network' || isOwnPage(here().view)) return view;
  const { places } = tabAt(useTabs.getState());
  const left = places.findLast((place) => place.view.kind === 'network' && place.view.focus === '')?.view;
  if (left?.kind !== 'network') return view;
  const { colour, size, layout, filters } = left;
  return filters.length > 0 ? { ...view, colour, size, layout } : left;
}

/** Changes a part of the list that is shown: its search, filters, order. Does nothing elsewhere. */
export function adjustList(part: Partial<Omit<ListView, 'kind' | 'type'>>, tab?: string): void {
  const { view } = here(tab);
  if (view.kind === 'list') go({ ...view, ...part }, { replace: true, tab });
}

/** The id of the record that is open, beside a list or by itself, or null; for use outside of components. */
export function openRecord(tab?: string): string | null {
  const { view } = here(tab);
  if (view.kind === 'record') return view.id;
  const panel = 'panel' in view ? view.panel : null;
  return panel?.kind === 'record' ? panel.id : null;
}

/** Opens, changes or closes what stands beside the list, the network or the matrix; where a record stands by itself, changes which of its tabs is shown. */
export function showPanel(panel: Panel, tab?: string): void {
  const { view } = here(tab);
  if (view.kind === 'record' && panel?.kind === 'record' && panel.id === view.id)
    go({ ...view, tab: panel.tab }, { replace: true, tab });
  else if ('panel' in view) go({ ...view, panel }, { replace: true, tab });
}

/** Changes a part of the history view that is shown. */
export function adjustHistory(part: Partial<Omit<HistoryView, 'kind'>>, tab?: string): void {
  const { view } = here(tab);
  if (view.kind === 'history') go(historyOf({ ...view, ...part }), { replace: true, tab });
}

/** Changes a part of the network that is shown. Does nothing elsewhere. */
export function adjustNetwork(part: Partial<Omit<NetworkView, 'kind'>>, tab?: string): void {
  const { view } = here(tab);
  if (view.kind === 'network') go({ ...view, ...part }, { replace: true, tab });
}

export function back(): void {
  change((layout) => changeTab(layout, undefined, (tab) => step(tab, -1)));
}

export function forward(): void {
  change((layout) => changeTab(layout, undefined, (tab) => step(tab, 1)));
}

/** The window with one tab, at home or at a remembered address; a text that is none, or that cannot be begun at, is ignored. */
export function beginAt(text: unknown): void {
  const address = typeof text === 'string' ? parseAddress(text) : null;
  if (!address || address.target !== openTarget() || address.view.kind === 'import') return;
  useTabs.setState(layoutAt(address), true);
}
