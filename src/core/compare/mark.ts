import type { DifferenceClass, SideAction } from '#shared/contract/compare.ts';

/** How something differs, as the columns of a network of differences say it. */
export interface Mark {
  class: DifferenceClass | null;
  play: SideAction | null;
  live: SideAction | null;
  /** It is asked for. */
  found: boolean;
}

/** What is the same on all sides, and stands beside what differs. */
export const same: Mark = { class: null, play: null, live: null, found: false };
