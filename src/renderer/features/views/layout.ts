import { useMemo } from 'react';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { keep, useKept, useSeat } from '../../stores/seat.ts';
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

/** What this seat changed of the layout of a saved view and has not saved. */
const keyOf = (saved: string): string => ownKey(`view-layout:${saved}`);

function choose(kept: Json | undefined, saved: Json | undefined, seat: ListLayout): ListLayout {
  if (kept !== undefined) return readLayout(kept);
  return saved === undefined ? seat : readLayout(saved);
}

/** How a list is laid out: as the saved view that it began as, with what was changed of that since; otherwise as this seat has it. */
export function useLayout(type: EntityType, saved: string): ListLayout {
  const seat = useSeatLayout(type);
  const kept = useKept(keyOf(saved));
  const view = useSavedViews()?.find(({ id }) => id === saved);
  const layout = view?.layout;
  return useMemo(() => (saved === '' ? seat : choose(kept, layout, seat)), [saved, kept, layout, seat]);
}

/** As `useLayout`, for use outside of components. */
export function layoutNow(type: EntityType, saved: string): ListLayout {
  const seat = seatLayout(type);
  if (saved === '') return seat;
  return choose(useSeat.getState().items[keyOf(saved)], savedView(saved)?.layout, seat);
}

interface Arranged {
  tab: string;
  place: object;
  /** How they were laid out before, and since. */
  before: ListLayout;
  since: ListLayout;
}
const arranged = new Map<EntityType, Arranged>();

const placeAt = (tab: string): object => identityOf(placeIn(useTabs.getState(), tab));

/** What was arranged where a tab is, be it adjusted since; nothing once lists were laid out otherwise, as by an import. */
function arrangedAt(type: EntityType, tab: string): Arranged | null {
  const found = arranged.get(type);
  if (!found || found.tab !== tab || found.place !== placeAt(tab)) return null;
  return sameLayout(found.since, seatLayout(type)) ? found : null;
}

/** Lays a list out anew: for this seat, or where a saved view is open only in that, until it is saved or discarded. */
export function layOut(type: EntityType, saved: string, layout: ListLayout): void {
  if (saved !== '') {
    keep(keyOf(saved), layoutJson(layout) ?? {});
    return;
  }
  const tab = frontTab();
  const before = arrangedAt(type, tab)?.before ?? seatLayout(type);
  applyLayout(type, layout);
  arranged.set(type, { tab, place: placeAt(tab), before, since: seatLayout(type) });
}

/**
 * What was arranged at the place where a tab is was arranged for the view that has just been saved there: lists of the type are laid out
 * again as before. True when there was any such arrangement.
 */
export function copyLayout(type: EntityType, tab: string): boolean {
  const found = arrangedAt(type, tab);
  if (!found) return false;
  if (sameLayout(found.before, found.since)) return false;
  applyLayout(type, found.before);
  return true;
}

/** Takes back what was changed of the layout of a saved view. */
export function forgetLayout(saved: string): void {
  if (keyOf(saved) in useSeat.getState().items) keep(keyOf(saved), null);
}
