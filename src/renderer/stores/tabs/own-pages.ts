import { printAddress } from '#shared/address/address.ts';
import type { View } from '#shared/address/view.ts';
import { focusedPane } from './layout.ts';
import type { Layout, Tab } from './layout.ts';
import { currentOf } from './trail.ts';

/** Views with a tab of their own: work in progress, and pages about the program. */
const kinds: readonly View['kind'][] = ['import', 'wizard', 'preferences', 'shortcuts', 'help', 'about'];

/** Whether a view exists once, in a tab of its own that no other view replaces. */
export function isOwnPage(view: View): boolean {
  return kinds.includes(view.kind);
}

function isWhole(shown: View, view: View): boolean {
  if (view.kind === 'network')
    return shown.kind === 'network' && shown.focus === '' && shown.filters.length === 0;
  if (['ask', 'matrix', 'molecule', 'whatif', 'administration'].includes(view.kind))
    return shown.kind === view.kind;
  return (
    view.kind === 'list' &&
    shown.kind === 'list' &&
    shown.type === view.type &&
    shown.saved === '' &&
    shown.filters.length === 0 &&
    shown.search === '' &&
    shown.deleted !== 'only'
  );
}

const single: readonly View['kind'][] = [
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

/** Whether a view is never useful twice. */
export function isSingle({ kind }: View): boolean {
  return single.includes(kind);
}

const alone: readonly View['kind'][] = ['record', 'compare', 'moments'];

/** Whether a view is a task of its own: navigating from it to another single view must not replace it. */
export function isSinglePage({ kind }: View): boolean {
  return alone.includes(kind);
}

/** The tabs that may show a view already: those of the focused pane, then of the other one for single views. */
function tabsFor(layout: Layout, view: View): readonly Tab[] {
  const pane = focusedPane(layout);
  if (!isSingle(view)) return pane.tabs;
  return [pane, ...layout.panes.filter(({ id }) => id !== pane.id)].flatMap(({ tabs }) => tabs);
}

/** A comparison without filters; other views unchanged. */
const unnarrowed = (view: View): View =>
  view.kind === 'compare' || view.kind === 'moments' ? { ...view, search: '', shown: undefined } : view;

/**
 * The tab that shows the view already: exactly, for comparisons regardless of filters. With `anyhow`, a whole list or network matches in
 * any sort order, grouping and colours, except saved, filtered and deleted views.
 */
export function tabWith(layout: Layout, view: View, anyhow: boolean): Tab | undefined {
  return tabsFor(layout, view).find((tab) => {
    const place = currentOf(tab);
    if (anyhow && isWhole(place.view, view)) return place.brought !== true;
    const [shown, wanted] = [place.view, view].map((one) =>
      printAddress({ ...place, view: unnarrowed(one) }),
    );
    return shown === wanted;
  });
}
