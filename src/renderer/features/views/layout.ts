import { useMemo } from 'react';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { atStart } from '../../api/window-state.ts';
import { setSeatItem, useSeatItem, useSeat } from '../../stores/seat.ts';
import { targetKey } from '../../stores/target.ts';
import { entryIn } from '../../stores/tabs/layout.ts';
import { identityOf } from '../../stores/tabs/identity.ts';
import { frontTab, useTabs } from '../../stores/tabs/store.ts';
import {
  applyLayout,
  layoutJson,
  readLayout,
  isSameLayout,
  seatLayout,
  useSeatLayout,
} from '../../stores/list-layout.ts';
import type { ListLayout } from '../../stores/list-layout.ts';
import { savedView, useSavedViews } from './saved.ts';

const layoutKey = (savedId: string): string => targetKey(`view-layout:${savedId}`);

/** The unsaved layout of a saved view, else the saved one, else that of the seat. */
function effectiveLayout(
  unsavedLayout: Json | undefined,
  savedLayout: Json | undefined,
  seat: ListLayout,
): ListLayout {
  if (unsavedLayout !== undefined) return readLayout(unsavedLayout);
  return savedLayout === undefined ? seat : readLayout(savedLayout);
}

/** The layout of a list: that of its saved view with unsaved changes, otherwise the seat's. */
export function useLayout(type: EntityType, savedId: string): ListLayout {
  const seat = useSeatLayout(type);
  const unsavedLayout = useSeatItem(layoutKey(savedId));
  const view = useSavedViews()?.find(({ id }) => id === savedId);
  const layout = view?.layout;
  return useMemo(
    () => (savedId === '' ? seat : effectiveLayout(unsavedLayout, layout, seat)),
    [savedId, unsavedLayout, layout, seat],
  );
}

/** Like `useLayout`, for use outside of components. */
export function currentLayout(type: EntityType, savedId: string): ListLayout {
  const seat = seatLayout(type);
  if (savedId === '') return seat;
  return effectiveLayout(useSeat.getState().items[layoutKey(savedId)], savedView(savedId)?.layout, seat);
}

interface LayoutChange {
  tab: string;
  identity: object;
  before: ListLayout;
  after: ListLayout;
}
const layoutChanges = new Map<EntityType, LayoutChange>();
atStart(() => layoutChanges.clear());

const identityAt = (tab: string): object => identityOf(entryIn(useTabs.getState(), tab));

/** The layout change made at a tab's address; null without one, or if something else such as an import changed the layout later. */
function layoutChangeAt(type: EntityType, tab: string): LayoutChange | null {
  const change = layoutChanges.get(type);
  if (!change || change.tab !== tab || change.identity !== identityAt(tab)) return null;
  return isSameLayout(change.after, seatLayout(type)) ? change : null;
}

/** Changes the layout of a list: of this seat, or of the open saved view until it is saved or discarded. */
export function setListLayout(type: EntityType, savedId: string, layout: ListLayout): void {
  if (savedId !== '') {
    setSeatItem(layoutKey(savedId), layoutJson(layout) ?? {});
    return;
  }
  const tab = frontTab();
  const before = layoutChangeAt(type, tab)?.before ?? seatLayout(type);
  applyLayout(type, layout);
  layoutChanges.set(type, { tab, identity: identityAt(tab), before, after: seatLayout(type) });
}

/** Restores the layout of the seat after a view was saved with a changed layout. Returns whether the layout was changed. */
export function restoreSeatLayout(type: EntityType, tab: string): boolean {
  const change = layoutChangeAt(type, tab);
  if (!change) return false;
  if (isSameLayout(change.before, change.after)) return false;
  applyLayout(type, change.before);
  return true;
}

/** Discards the unsaved layout changes of a saved view. */
export function discardLayout(savedId: string): void {
  if (layoutKey(savedId) in useSeat.getState().items) setSeatItem(layoutKey(savedId), null);
}
