import { mayChange } from '#shared/domain/permissions.ts';
import { say } from '../../i18n/setup.ts';
import { useMe } from '../../stores/profile.ts';
import { permissionText } from '../../text/faults.ts';
import type { Known, Savable } from './saved.ts';
import { useView } from '../../stores/address.ts';
import { layoutJson, readLayout, sameLayout } from '../../stores/list-layout.ts';
import type { ListLayout } from '../../stores/list-layout.ts';
import { useLayout } from './layout.ts';
import { useBegunAs } from './open.ts';
import { addressOf, savableView, sortOf, useSavedViews } from './saved.ts';
import { isPrivate } from './private.ts';

/** Whether the view is worth saving: filtered, grouped, or changed since it was saved. */
export function isArranged({ view, saved, modified }: Current): boolean {
  if (saved) return modified;
  return view.kind === 'list' && (view.filters.length > 0 || view.group !== '');
}

/** Why the person may not save this view or change the saved one; null if allowed. Core decides; this is shown in advance. */
export function useRefusal(saved: Known | null): string | null {
  const me = useMe();
  if (!me || saved?.mine) return null;
  if (me.past) return permissionText('moment_read_only');
  if (me.closed) return permissionText('damaged_read_only');
  if (me.role === 'viewer') return say('views:viewersRead');
  if (!saved) return null;
  const verdict = mayChange(me, { type: 'view', universities: [], owner: saved.owner.id });
  return verdict.allowed ? null : say('views:notYours', { owner: saved.owner.name });
}

/** The shown view as saved views see it. */
export interface Current {
  view: Savable;
  layout: ListLayout;
  saved: Known | null;
  modified: boolean;
  isRemoved: boolean;
  others: readonly Known[];
}

function isAs(saved: Known, view: Savable, layout: ListLayout): boolean {
  if (!saved.place || addressOf(saved.place) !== addressOf(view)) return false;
  return view.kind !== 'list' || sameLayout(layout, readLayout(saved.layout));
}

/** The current view; null if it cannot be saved. Reactive. */
export function useCurrent(): Current | null {
  const shown = useView();
  const all = useSavedViews();
  const begun = useBegunAs(shown);
  const list = shown.kind === 'list' ? shown : null;
  const layout = useLayout(list?.type ?? 'team', list?.saved ?? '');
  const view = savableView(shown);
  if (!view) return null;
  const others = all?.filter(({ place }) => place && sortOf(place) === sortOf(view)) ?? [];
  const found = others.find(({ id }) => id === begun);
  // A history or network equal to a saved view counts as that one.
  const same = found || list ? undefined : others.find((one) => isAs(one, view, layout));
  const saved = found ?? same ?? null;
  const modified = saved !== null && !isAs(saved, view, layout);
  // Private views of others are unknown here.
  const isRemoved = saved === null && begun !== '' && !isPrivate(begun) && all !== undefined;
  return { view, layout, saved, modified, isRemoved: isRemoved, others };
}

export function toSave({ view, layout }: Pick<Current, 'view' | 'layout'>) {
  return { address: addressOf(view), layout: view.kind === 'list' ? layoutJson(layout) : null };
}
