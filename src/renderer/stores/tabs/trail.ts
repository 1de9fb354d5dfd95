import { printAddress } from '#shared/address/address.ts';
import { openTarget } from '../target.ts';
import type { Address } from '#shared/address/view.ts';

/** Where a tab has been. `brought` is said of a list that was narrowed before one came to it. */
export interface Place extends Address {
  brought?: true;
}

/** The places of a tab, oldest first; `at` is where it is. */
export interface Trail {
  places: readonly Place[];
  at: number;
}

const longest = 100;
export const home: Place = { target: openTarget(), view: { kind: 'home' } };

export function currentOf({ places, at }: Trail): Place {
  return places[at] ?? home;
}

/** The trail with a place at its end; what lay ahead is forgotten. With `replace` the present place is not kept to come back to. */
export function goTo<T extends Trail>(trail: T, place: Place, replace: boolean): T {
  if (printAddress(place) === printAddress(currentOf(trail))) return trail;
  const from = replace ? 0 : Math.max(0, trail.at + 2 - longest);
  const kept = trail.places.slice(from, trail.at + (replace ? 0 : 1));
  return { ...trail, places: [...kept, place], at: kept.length };
}

/** One place back (-1) or forward (1), as far as there is one. */
export function step<T extends Trail>(trail: T, by: -1 | 1): T {
  return { ...trail, at: Math.max(0, Math.min(trail.places.length - 1, trail.at + by)) };
}
