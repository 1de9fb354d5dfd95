import { printAddress } from '#shared/address/address.ts';
import { openTarget } from '../target.ts';
import type { Address } from '#shared/address/view.ts';

/** An address in a trail. `brought`: the list was filtered by the link that led to it. */
export interface Place extends Address {
  brought?: true;
}

export interface Trail {
  places: readonly Place[];
  at: number;
}

const maxLength = 100;
export const homePlace: Place = { target: openTarget(), view: { kind: 'home' } };

export function currentOf({ places, at }: Trail): Place {
  return places[at] ?? homePlace;
}

/** Adds an address to the trail and drops the addresses ahead of the current one. `replace` replaces the current one. */
export function goTo<T extends Trail>(trail: T, place: Place, replace: boolean): T {
  if (printAddress(place) === printAddress(currentOf(trail))) return trail;
  const from = replace ? 0 : Math.max(0, trail.at + 2 - maxLength);
  const earlier = trail.places.slice(from, trail.at + (replace ? 0 : 1));
  return { ...trail, places: [...earlier, place], at: earlier.length };
}

/** Moves back (-1) or forward (1), if possible. */
export function stepTrail<T extends Trail>(trail: T, step: -1 | 1): T {
  return { ...trail, at: Math.max(0, Math.min(trail.places.length - 1, trail.at + step)) };
}
