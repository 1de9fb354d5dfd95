import { changeVerdict } from '#shared/domain/permissions.ts';
import { say } from '../../i18n/setup.ts';
import { useMe } from '../../stores/profile.ts';
import { permissionText } from '../../text/faults.ts';
import type { ParsedView, SavableView } from './saved.ts';
import { useView } from '../../stores/address.ts';
import { layoutJson, readLayout, isSameLayout } from '../../stores/list-layout.ts';
import type { ListLayout } from '../../stores/list-layout.ts';
import { useLayout } from './layout.ts';
import { useOpenedId } from './open-saved.ts';
import { addressOf, savableView, viewGroup, useSavedViews } from './saved.ts';
import { isPrivate } from './private.ts';

/** Whether saving makes sense: for a modified saved view, or a list with filters or groups. */
export function isWorthSaving({ view, saved, isModified }: CurrentView): boolean {
  if (saved) return isModified;
  return view.kind === 'list' && (view.filters.length > 0 || view.group !== '');
}

/** Why the person is not allowed to save this view or change the saved one; null if allowed. Core checks this again. */
export function useSaveRefusal(saved: ParsedView | null): string | null {
  const me = useMe();
  if (!me || saved?.isMine) return null;
  if (me.isPast) return permissionText('moment_read_only');
  if (me.isCorrupt) return permissionText('damaged_read_only');
  if (me.role === 'viewer') return say('views:viewersRead');
  if (!saved) return null;
  const verdict = changeVerdict(me, { type: 'view', universities: [], owner: saved.owner.id });
  return verdict.allowed ? null : say('views:notYours', { owner: saved.owner.name });
}

/** The open view with the saved view that it shows, if any. */
export interface CurrentView {
  view: SavableView;
  layout: ListLayout;
  saved: ParsedView | null;
  isModified: boolean;
  isRemoved: boolean;
  /** The saved views that the menu of this view offers. */
  groupViews: readonly ParsedView[];
}

function matchesSaved(saved: ParsedView, view: SavableView, layout: ListLayout): boolean {
  if (!saved.parsedView || addressOf(saved.parsedView) !== addressOf(view)) return false;
  return view.kind !== 'list' || isSameLayout(layout, readLayout(saved.layout));
}

/** The current view; null if it cannot be saved. Reactive. */
export function useCurrentView(): CurrentView | null {
  const shownView = useView();
  const savedViews = useSavedViews();
  const openedId = useOpenedId(shownView);
  const list = shownView.kind === 'list' ? shownView : null;
  const layout = useLayout(list?.type ?? 'team', list?.saved ?? '');
  const view = savableView(shownView);
  if (!view) return null;
  const groupViews =
    savedViews?.filter(({ parsedView }) => parsedView && viewGroup(parsedView) === viewGroup(view)) ?? [];
  const openedView = groupViews.find(({ id }) => id === openedId);
  // A history or network equal to a saved view counts as that view.
  const equalView =
    openedView || list ? undefined : groupViews.find((other) => matchesSaved(other, view, layout));
  const saved = openedView ?? equalView ?? null;
  const isModified = saved !== null && !matchesSaved(saved, view, layout);
  // A private view of another person is unknown here, so it does not count as removed.
  const isRemoved = saved === null && openedId !== '' && !isPrivate(openedId) && savedViews !== undefined;
  return { view, layout, saved, isModified, isRemoved, groupViews };
}

export function contentToSave({ view, layout }: Pick<CurrentView, 'view' | 'layout'>) {
  return { address: addressOf(view), layout: view.kind === 'list' ? layoutJson(layout) : null };
}
