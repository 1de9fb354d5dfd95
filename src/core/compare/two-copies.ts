import { isContent } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { classify } from './classify.ts';
import type { Differing } from './classify.ts';
import { differences } from './differences.ts';

/** Two copies of a workspace (live, a sandbox, a version, a point in time), each in one snapshot. */
export interface TwoCopies {
  from: ReadHandle;
  to: ReadHandle;
}

/**
 * Hands over every record that two copies do not have alike, by type and then by id: `base` and `live` are what is in `from`, `play` what is in
 * `to`. Whatever their logs have in common, the records themselves are compared. Yields how many it has looked at.
 */
export function* differencesOfTwo(
  { from, to }: TwoCopies,
  take: (found: Differing) => void,
): Generator<number, void, void> {
  const mergeBase = { common: 0, base: null, based: 'none' as const, promotions: [] };
  yield* differences({ live: from, play: to, mergeBase }, ({ type, id, live, play }) => {
    const found = isContent(type) && classify({ type, id, base: live, live, play, twoTypes: false });
    if (found) take(found);
  });
}
