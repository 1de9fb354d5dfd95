import { auditedTypes, isContent, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { inBatches } from '../kernel/chunks.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { FoldedRecord } from '../log/audit/fold-row.ts';
import { parsePayload } from '../log/audit/effect.ts';
import { namedBetween, pastOf } from '../log/past.ts';
import type { Point } from '../model/point-in-time.ts';
import { isUpkeep } from '../model/workspace-settings.ts';
import { touchedIn } from '../plan/touched.ts';
import type { Touched } from '../plan/touched.ts';
import { stateAtBase } from './base.ts';
import type { MergeBase } from './base.ts';
import { classifyRecord } from './classify.ts';
import type { Differing } from './classify.ts';
import { keysOf, absentState, rowsOf, stateOf } from './states.ts';
import type { State } from './states.ts';

const chunk = 500;

/** Two copies of a workspace (live, a sandbox, a version), each in one snapshot. `live` is compared with `play`, record by record. */
export interface Copies {
  live: ReadHandle;
  play: ReadHandle;
}

/** Two copies with the merge base of their logs: a three-way comparison. */
export interface Sides extends Copies {
  mergeBase: MergeBase;
}

/** Two points in time of one log, which is `live` and `play`. */
export interface Span extends Copies {
  from: Point;
  to: Point;
}

export type Compared = Copies | Sides | Span;

const baseIn = (compared: Compared): MergeBase | null =>
  'mergeBase' in compared ? compared.mergeBase : null;

/** Ids that the two copies use for records of different types. */
export type OtherTypes = ReadonlySet<string>;

interface Candidates {
  /** Keys of the records that may differ. */
  keys: ReadonlyMap<AuditedType, ReadonlySet<string>>;
  otherTypes: OtherTypes;
}

/**
 * Calls `take` for every record that differs, ordered by type and key. Without a merge base, `base` and `live` are the first state and `play`
 * is the second. Yields the number of compared records.
 *
 * Three-way: reads the ends of both logs since they part, and the rows they change; all records if the logs have nothing in common. Copies:
 * reads all records, without profiles and settings. Points in time: reads the log between them, without settings.
 */
export function* differencesBetween(
  compared: Compared,
  take: (found: Differing, key: string, otherTypes: OtherTypes) => void,
): Generator<number, void, void> {
  const { keys, otherTypes } = yield* candidatesOf(compared);
  let done = 0;
  for (const [type, ofType] of keys)
    for (const some of inBatches([...ofType].sort(), chunk)) {
      let at = 0;
      for (const found of compareSome(compared, otherTypes, type, some)) {
        if (found) take(found, some[at] ?? '', otherTypes);
        at += 1;
        yield ++done;
      }
    }
}

function* candidatesOf(compared: Compared): Generator<number, Candidates, void> {
  if ('from' in compared) return yield* namedIn(compared);
  const mergeBase = baseIn(compared);
  const read = (db: ReadHandle) => (mergeBase?.base ? touchedIn(db, mergeBase.common) : allRecords(db));
  const touched = { live: yield* read(compared.live), play: yield* read(compared.play) };
  const keys = new Map<AuditedType, Set<string>>();
  for (const type of auditedTypes) {
    // Shared sandboxes exist only in live. Without a common log, profiles are those of the copied workspace.
    if (type === 'shared-sandbox' || (type === 'profile' && !mergeBase?.base)) continue;
    if (!mergeBase && !isContent(type)) continue;
    const ofType = new Set<string>();
    for (const side of ['live', 'play'] as const)
      for (const ids of inBatches([...(touched[side].get(type) ?? [])], chunk))
        for (const key of keysOf(compared[side], type, ids)) ofType.add(key);
    keys.set(type, ofType);
  }
  return { keys, otherTypes: mergeBase ? withTwoTypes(touched.live, touched.play) : new Set() };
}

function* namedIn({ live, from, to }: Span): Generator<number, Candidates, void> {
  const [first, last] = from.end <= to.end ? [from.end, to.end] : [to.end, from.end];
  const keys = new Map<AuditedType, Set<string>>();
  for (const [type, ids] of yield* namedBetween(live, first, last))
    keys.set(type, new Set([...ids].filter((id) => !isUpkeep(type, id))));
  return { keys, otherTypes: new Set() };
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

function withTwoTypes(live: Touched, play: Touched): OtherTypes {
  const types = new Map<string, AuditedType>();
  for (const [type, ids] of live) for (const id of ids) types.set(id, type);
  const found = new Set<string>();
  for (const [type, ids] of play) for (const id of ids) if ((types.get(id) ?? type) !== type) found.add(id);
  return found;
}

/** Compares records of one type, in the order of their keys; null for one that does not differ. */
export function* compareSome(
  compared: Compared,
  otherTypes: OtherTypes,
  type: AuditedType,
  keys: readonly string[],
): Generator<Differing | null, void, void> {
  const { live, play } = compared;
  if ('from' in compared) {
    const [was, is] = [pastOf(live, keys, compared.from.end), pastOf(play, keys, compared.to.end)];
    for (const id of keys) {
      const base = folded(id, was.get(id));
      yield classifyRecord({ type, id, base, live: base, play: folded(id, is.get(id)), twoTypes: false });
    }
    return;
  }
  const mergeBase = baseIn(compared);
  const [inLive, inPlay] = [rowsOf(live, type, keys), rowsOf(play, type, keys)];
  for (const key of keys) {
    const [liveRow, playRow] = [inLive.get(key), inPlay.get(key)];
    const id = playRow?.id ?? liveRow?.id ?? key;
    const ours = stateOf(liveRow);
    const base = mergeBase ? stateAtBase(live, mergeBase, liveRow) : ours;
    const twoTypes = otherTypes.has(id);
    const found = classifyRecord({ type, id, base, live: ours, play: stateOf(playRow), twoTypes });
    // Without a merge base, equal records are no difference.
    yield found && (mergeBase?.base || found.class !== 'same') ? found : null;
  }
}

function folded(id: string, record: FoldedRecord | undefined): State {
  return record
    ? { id, payload: record.deleted_at === null ? parsePayload(record.payload) : null }
    : absentState;
}
