import { printAddress } from '#shared/address/address.ts';
import { pageTarget } from '../target.ts';
import type { Address } from '#shared/address/view.ts';

export interface TrailEntry extends Address {
  /** True if the view is a list with filters from the link that led to it. */
  isFilteredByLink?: boolean;
}

export interface Trail {
  entries: readonly TrailEntry[];
  index: number;
}

const maxLength = 100;
export const homeEntry: TrailEntry = { target: pageTarget(), view: { kind: 'home' } };

export function currentOf({ entries, index }: Trail): TrailEntry {
  return entries[index] ?? homeEntry;
}

/** Adds an address to the trail and drops the addresses ahead of the current one. `replace` replaces the current one. */
export function goTo<T extends Trail>(trail: T, entry: TrailEntry, replace: boolean): T {
  if (printAddress(entry) === printAddress(currentOf(trail))) return trail;
  const earlierEntries = trail.entries.slice(0, trail.index + (replace ? 0 : 1)).slice(-(maxLength - 1));
  return { ...trail, entries: [...earlierEntries, entry], index: earlierEntries.length };
}

/** Moves back (-1) or forward (1), if possible. */
export function stepTrail<T extends Trail>(trail: T, step: -1 | 1): T {
  return { ...trail, index: Math.max(0, Math.min(trail.entries.length - 1, trail.index + step)) };
}
