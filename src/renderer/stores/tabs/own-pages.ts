import { printAddress } from '#shared/address/address.ts';
import type { View } from '#shared/address/view.ts';
import { focusedPane } from './layout.ts';
import type { Layout, Tab } from './layout.ts';
import { currentOf } from './trail.ts';

/** What has a tab of its own: work that is under way, and pages about the program. */
const kinds: readonly View['kind'][] = ['import', 'wizard', 'preferences', 'shortcuts', 'help', 'about'];

/** Whether a view is there once, in a tab of its own, in which nothing else takes its place. */
export function isOwnPage(view: View): boolean {
  return kinds.includes(view.kind);
}

/**
 * The tab of the focused pane that shows the view already: just so, or with `anyhow` the whole list of the type in whatever order and
 * groups, but for a saved view and for what is narrowed or deleted.
 */
export function tabWith(layout: Layout, view: View, anyhow: boolean): Tab | undefined {
  const isWhole = (shown: View): boolean =>
    anyhow &&
    view.kind === 'list' &&
    shown.kind === 'list' &&
    shown.type === view.type &&
    shown.saved === '' &&
    shown.filters.length === 0 &&
    shown.search === '' &&
    shown.deleted !== 'only';
  return focusedPane(layout).tabs.find((tab) => {
    const place = currentOf(tab);
    if (isWhole(place.view)) return place.brought !== true;
    return printAddress(place) === printAddress({ ...place, view });
  });
}
