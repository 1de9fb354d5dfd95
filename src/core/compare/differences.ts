import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { batches } from '../kernel/chunks.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { touchedIn } from '../plan/touched.ts';
import type { Touched } from '../plan/touched.ts';
import { stateAtBase } from './base.ts';
import type { MergeBase } from './base.ts';
import { classify } from './classify.ts';
import type { Differing } from './classify.ts';
import { keysOf, rowsOf, stateOf } from './states.ts';

const chunk = 500;

/** Both sides, each in one snapshot. */
export interface Sides {
  live: ReadHandle;
  play: ReadHandle;
  mergeBase: MergeBase;
}

function* allRecords(db: ReadHandle): Generator<number, Touched, void> {
  const found = new Map<AuditedType, Set<string>>();
  for (const type of auditedTypes) {
    const ids = db.column<string>(`SELECT id FROM ${tableOf[type]}`);
    found.set(type, new Set(ids));
    yield ids.length;
  }
  return found;
}

/** Ids that the two sides use for records of different types. */
export type OtherTypes = ReadonlySet<string>;

function withTwoTypes(live: Touched, play: Touched): OtherTypes {
  const types = new Map<string, AuditedType>();
  for (const [type, ids] of live) for (const id of ids) types.set(id, type);
  const found = new Set<string>();
  for (const [type, ids] of play) for (const id of ids) if ((types.get(id) ?? type) !== type) found.add(id);
  return found;
}

/**
 * Passes every record that differs between live, Play and the base to `take`, with its key, ordered by type and key. Reads both logs from
 * where they part, and the rows they name. Without a common log it compares everything except profiles. Shared sandboxes belong to live
 * alone and are skipped. Yields the number of records read.
 */
export function* differences(
  sides: Sides,
  take: (found: Differing, key: string, otherTypes: OtherTypes) => void,
): Generator<number, void, void> {
  const { mergeBase } = sides;
  const read = (db: ReadHandle) => (mergeBase.base ? touchedIn(db, mergeBase.common) : allRecords(db));
  const touched = { live: yield* read(sides.live), play: yield* read(sides.play) };
  const otherTypes = withTwoTypes(touched.live, touched.play);
  let done = 0;
  for (const type of auditedTypes) {
    if (type === 'shared-sandbox' || (type === 'profile' && !mergeBase.base)) continue;
    const keys = new Set<string>();
    for (const side of ['live', 'play'] as const)
      for (const ids of batches([...(touched[side].get(type) ?? [])], chunk))
        for (const key of keysOf(sides[side], type, ids)) keys.add(key);
    for (const some of batches([...keys].sort(), chunk)) {
      let at = 0;
      for (const found of compareSome(sides, otherTypes, type, some)) {
        if (found) take(found, some[at] ?? '', otherTypes);
        at += 1;
        yield ++done;
      }
    }
  }
}

/** Compares records of one type again, in the order of their keys; null for one that is the same. */
export function* compareSome(
  { live, play, mergeBase }: Sides,
  otherTypes: OtherTypes,
  type: AuditedType,
  keys: readonly string[],
): Generator<Differing | null, void, void> {
  const [inLive, inPlay] = [rowsOf(live, type, keys), rowsOf(play, type, keys)];
  for (const key of keys) {
    const [liveRow, playRow] = [inLive.get(key), inPlay.get(key)];
    const id = playRow?.id ?? liveRow?.id ?? key;
    const found = classify({
      type,
      id,
      base: stateAtBase(live, mergeBase, liveRow),
      live: stateOf(liveRow),
      play: stateOf(playRow),
      twoTypes: otherTypes.has(id),
    });
    // Without a base, equal records are no difference.
    yield found && (mergeBase.base || found.class !== 'same') ? found : null;
  }
}
