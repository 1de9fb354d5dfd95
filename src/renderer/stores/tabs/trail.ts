import { printAddress } from '#shared/address/address.ts';
import { pageTarget } from '../target.ts';
import type { Address } from '#shared/address/view.ts';

/** An address in a trail. `brought`: the list was filtered by the link that led to it. */
export interface TrailEntry extends Address {
  brought?: true;
}

export interface Trail {
  places: readonly TrailEntry[];
  at: number;
}

const maxLength = 100;
export const homeEntry: TrailEntry = { target: pageTarget(), view: { kind: 'home' } };

export function currentOf({ places, at }: Trail): TrailEntry {
  return places[at] ?? homeEntry;
}

/** Adds an address to the trail and drops the addresses ahead of the current one. `replace` replaces the current one. */
export function goTo<T extends Trail>(trail: T, entry: TrailEntry, replace: boolean): T {
  if (printAddress(entry) === printAddress(currentOf(trail))) return trail;
  const from = replace ? 0 : Math.max(0, trail.at + 2 - maxLength);
  const earlierEntries = trail.places.slice(from, trail.at + (replace ? 0 : 1));
  return { ...trail, places: [...earlierEntries, entry], at: earlierEntries.length };
}

/** Moves back (-1) or forward (1), if possible. */
export function stepTrail<T extends Trail>(trail: T, step: -1 | 1): T {
  return { ...trail, at: Math.max(0, Math.min(trail.places.length - 1, trail.at + step)) };
}
