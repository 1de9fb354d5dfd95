import { auditedTypes } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { portions } from '../kernel/chunks.ts';
import type { Footing } from './base.ts';
import { atBase } from './at-base.ts';
import { classify } from './classify.ts';
import type { Differing } from './classify.ts';
import { keysOf, rowsOf, stateOf } from './states.ts';
import { candidates } from './touched.ts';
import type { Candidates } from './touched.ts';

/** Records read together. */
const together = 500;

/** Both sides, each at one moment. */
export interface Sides {
  live: ReadHandle;
  play: ReadHandle;
  footing: Footing;
}

/**
 * Hands over every record that is not the same in live, in Play and at the base, by type and then by what tells records of it apart. It
 * reads the ends of both logs since they parted, and the rows that these are about. `take` gets what it is told apart by, too, and what the
 * logs are about. Yields how many records it has looked at.
 */
export function* differences(
  sides: Sides,
  take: (found: Differing, key: string, among: Candidates) => void,
): Generator<number, void, void> {
  const among = yield* candidates(sides.live, sides.play, sides.footing);
  let done = 0;
  for (const type of auditedTypes) {
    const keys = new Set<string>();
    for (const side of ['live', 'play'] as const)
      for (const ids of portions([...(among[side].get(type)?.keys() ?? [])], together))
        for (const key of keysOf(sides[side], type, ids)) keys.add(key);
    for (const some of portions([...keys].sort(), together)) {
      let at = 0;
      for (const found of compareSome(sides, among, type, some)) {
        if (found) take(found, some[at] ?? '', among);
        at += 1;
        yield ++done;
      }
    }
  }
}

/** Compares records of one type anew, in the order of what they are told apart by; null for one that is the same. */
export function* compareSome(
  sides: Sides,
  among: Omit<Candidates, 'play'>,
  type: AuditedType,
  keys: readonly string[],
): Generator<Differing | null, void, void> {
  const [inLive, inPlay] = [rowsOf(sides.live, type, keys), rowsOf(sides.play, type, keys)];
  const comparing = { ...sides, among };
  for (const key of keys) {
    const [theirs, ours] = [inLive.get(key), inPlay.get(key)];
    const id = ours?.id ?? theirs?.id ?? key;
    const states = { live: stateOf(theirs), play: stateOf(ours) };
    const was = atBase(comparing, { type, id, theirs, ours });
    const found = classify({ type, id, base: was, ...states, twoTypes: among.twoTypes.has(id) });
    // With nothing to compare with, what is the same on both sides is no difference.
    yield found && (sides.footing.base || found.class !== 'same') ? found : null;
  }
}
