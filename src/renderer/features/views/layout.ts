import { useMemo } from 'react';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { keep, useKept, useSeat } from '../../stores/seat.ts';
import { tabAt } from '../../stores/tabs/layout.ts';
import { frontTab, useTabs } from '../../stores/tabs/store.ts';
import {
  applyLayout,
  layoutJson,
  readLayout,
  sameLayout,
  seatLayout,
  useSeatLayout,
} from '../records/layout.ts';
import type { ListLayout } from '../records/layout.ts';
import { savedView, useSavedViews } from './saved.ts';

/** What this seat changed of the layout of a saved view and has not saved. */
const keyOf = (saved: string): string => `view-layout:${saved}`;

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

/** How lists of a type were laid out before one of them was arranged, and at which place of which tab that was. */
interface Before {
  at: string;
  layout: ListLayout;
}
const before = new Map<EntityType, Before>();

/** The place that a tab is at, whatever is adjusted there. */
const placeOf = (tab: string): string => `${tab}/${tabAt(useTabs.getState(), tab).at}`;

/** Lays a list out anew: for this seat, or where a saved view is open only in that, until it is saved or discarded. */
export function layOut(type: EntityType, saved: string, layout: ListLayout): void {
  if (saved !== '') {
    keep(keyOf(saved), layoutJson(layout) ?? {});
    return;
  }
  const at = placeOf(frontTab());
  if (before.get(type)?.at !== at) before.set(type, { at, layout: seatLayout(type) });
  applyLayout(type, layout);
}

/**
 * What was arranged at the place where a tab is was arranged for the view that has just been saved there: lists of the type are laid out
 * again as before. True when there was any such arrangement.
 */
export function takeAlong(type: EntityType, tab: string): boolean {
  const found = before.get(type);
  if (found?.at !== placeOf(tab)) return false;
  before.delete(type);
  if (sameLayout(found.layout, seatLayout(type))) return false;
  applyLayout(type, found.layout);
  return true;
}

/** Takes back what was changed of the layout of a saved view. */
export function forgetLayout(saved: string): void {
  if (keyOf(saved) in useSeat.getState().items) keep(keyOf(saved), null);
}
