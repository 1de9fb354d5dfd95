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

/** Whether nobody who comes to a view wants it twice. */
export function isSingle({ kind }: View): boolean {
  return single.includes(kind);
}

const alone: readonly View['kind'][] = ['record', 'compare', 'moments'];

/** Whether it is read or decided on by itself: whoever goes on from it to what is there once, and open, is not to lose its tab. */
export function isSinglePage({ kind }: View): boolean {
  return alone.includes(kind);
}

/** The tabs in which a view is looked for: of the focused pane, and then of the other one for what is there once. */
function tabsFor(layout: Layout, view: View): readonly Tab[] {
  const pane = focusedPane(layout);
  if (!isSingle(view)) return pane.tabs;
  return [pane, ...layout.panes.filter(({ id }) => id !== pane.id)].flatMap(({ tabs }) => tabs);
}

/** A comparison with nothing that narrows it; another view as it is. */
const unnarrowed = (view: View): View =>
  view.kind === 'compare' || view.kind === 'moments' ? { ...view, search: '', shown: undefined } : view;

/**
 * The tab that shows the view already: just so, a comparison however it is narrowed, or with `anyhow` the whole list of the type or the whole network in whatever order,
 * groups and colours, but for a saved view and for what is narrowed or deleted.
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
