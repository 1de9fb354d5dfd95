import { useMemo } from 'react';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { atStart } from '../../api/window-state.ts';
import { setSeatItem, useKept, useSeat } from '../../stores/seat.ts';
import { ownKey } from '../../stores/target.ts';
import { placeIn } from '../../stores/tabs/layout.ts';
import { identityOf } from '../../stores/tabs/same-place.ts';
import { frontTab, useTabs } from '../../stores/tabs/store.ts';
import {
  applyLayout,
  layoutJson,
  readLayout,
  sameLayout,
  seatLayout,
  useSeatLayout,
} from '../../stores/list-layout.ts';
import type { ListLayout } from '../../stores/list-layout.ts';
import { savedView, useSavedViews } from './saved.ts';

const keyOf = (saved: string): string => ownKey(`view-layout:${saved}`);

function choose(kept: Json | undefined, saved: Json | undefined, seat: ListLayout): ListLayout {
  if (kept !== undefined) return readLayout(kept);
  return saved === undefined ? seat : readLayout(saved);
}

/** The layout of a list: that of its saved view with unsaved changes, otherwise the seat's. */
export function useLayout(type: EntityType, saved: string): ListLayout {
  const seat = useSeatLayout(type);
  const kept = useKept(keyOf(saved));
  const view = useSavedViews()?.find(({ id }) => id === saved);
  const layout = view?.layout;
  return useMemo(() => (saved === '' ? seat : choose(kept, layout, seat)), [saved, kept, layout, seat]);
}

/** Like `useLayout`, for use outside of components. */
export function layoutNow(type: EntityType, saved: string): ListLayout {
  const seat = seatLayout(type);
  if (saved === '') return seat;
  return choose(useSeat.getState().items[keyOf(saved)], savedView(saved)?.layout, seat);
}

interface Arranged {
  tab: string;
  place: object;
  before: ListLayout;
  since: ListLayout;
}
const arranged = new Map<EntityType, Arranged>();
atStart(() => arranged.clear());

const placeAt = (tab: string): object => identityOf(placeIn(useTabs.getState(), tab));

/** The layout that was arranged at a tab's address, even if adjusted since; null if the layout changed otherwise, such as by an import. */
function arrangedAt(type: EntityType, tab: string): Arranged | null {
  const found = arranged.get(type);
  if (!found || found.tab !== tab || found.place !== placeAt(tab)) return null;
  return sameLayout(found.since, seatLayout(type)) ? found : null;
}

/** Changes the layout of a list: of this seat, or of the open saved view until it is saved or discarded. */
export function layOut(type: EntityType, saved: string, layout: ListLayout): void {
  if (saved !== '') {
    setSeatItem(keyOf(saved), layoutJson(layout) ?? {});
    return;
  }
  const tab = frontTab();
  const before = arrangedAt(type, tab)?.before ?? seatLayout(type);
  applyLayout(type, layout);
  arranged.set(type, { tab, place: placeAt(tab), before, since: seatLayout(type) });
}

/** Moves a layout that was arranged for a just saved view from the seat to the view. Returns whether there was one. */
export function copyLayout(type: EntityType, tab: string): boolean {
  const found = arrangedAt(type, tab);
  if (!found) return false;
  if (sameLayout(found.before, found.since)) return false;
  applyLayout(type, found.before);
  return true;
}

/** Discards the unsaved layout changes of a saved view. */
export function forgetLayout(saved: string): void {
  if (keyOf(saved) in useSeat.getState().items) setSeatItem(keyOf(saved), null);
}
