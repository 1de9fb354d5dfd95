import { useView } from '../../stores/address.ts';
import { layoutJson, readLayout, sameLayout } from '../../stores/list-layout.ts';
import type { ListLayout } from '../../stores/list-layout.ts';
import { useLayout } from './layout.ts';
import { useBegunAs } from './opened.ts';
import { addressOf, savable, sortOf } from './place.ts';
import type { Savable } from './place.ts';
import { isPrivate } from './private.ts';
import { useSavedViews } from './saved.ts';
import type { Known } from './saved.ts';

/** What is shown, as far as saved views are concerned. */
export interface Current {
  view: Savable;
  /** The layout it is shown in; only lists have one. */
  layout: ListLayout;
  /** The saved view that it began as. */
  saved: Known | null;
  /** It is shown otherwise than it was saved. */
  modified: boolean;
  /** It began as a saved view that is there no more. */
  gone: boolean;
  /** Saved views of the same sort, by name. */
  others: readonly Known[];
}

/** Whether a view shows what a saved one kept, in the same layout. */
export function isAs(saved: Known, view: Savable, layout: ListLayout): boolean {
  if (!saved.place || addressOf(saved.place) !== addressOf(view)) return false;
  return view.kind !== 'list' || sameLayout(layout, readLayout(saved.layout));
}

/** What is shown here; null where nothing can be saved. The component is drawn again when it changes. */
export function useCurrent(): Current | null {
  const shown = useView();
  const all = useSavedViews();
  const begun = useBegunAs(shown);
  const list = shown.kind === 'list' ? shown : null;
  const layout = useLayout(list?.type ?? 'team', list?.saved ?? '');
  const view = savable(shown);
  if (!view) return null;
  const others = all?.filter(({ place }) => place && sortOf(place) === sortOf(view)) ?? [];
  const found = others.find(({ id }) => id === begun);
  // History and network that are just as one was saved are that one.
  const same = found || list ? undefined : others.find((one) => isAs(one, view, layout));
  const saved = found ?? same ?? null;
  const modified = saved !== null && !isAs(saved, view, layout);
  // Of a private one of somebody else nobody knows whether it is there.
  const gone = saved === null && begun !== '' && !isPrivate(begun) && all !== undefined;
  return { view, layout, saved, modified, gone, others };
}

/** What is saved of it. */
export function toSave({ view, layout }: Pick<Current, 'view' | 'layout'>) {
  return { address: addressOf(view), layout: view.kind === 'list' ? layoutJson(layout) : null };
}
