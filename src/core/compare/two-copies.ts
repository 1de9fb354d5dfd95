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
 * Passes on every record that differs between two copies, ordered by type and id: `base` and `live` are its state in `from`, `play` in
 * `to`. Compares the records, not the logs. Yields the number of records read.
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
