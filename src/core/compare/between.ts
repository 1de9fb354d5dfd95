import { auditedTypes, isContent, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { inBatches } from '../kernel/batches.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { FoldedRecord } from '../log/audit/fold-row.ts';
import { parsePayload } from '../log/audit/undo-effect.ts';
import { recordIdsBetween, recordsBefore } from '../log/records-before.ts';
import type { Point } from '../model/point-in-time.ts';
import { isSetting } from '../model/workspace-settings.ts';
import type { RecordIds } from '../log/records-before.ts';
import { stateAtBase } from './base.ts';
import type { MergeBase } from './base.ts';
import { classifyRecord } from './classify.ts';
import type { RecordDifference } from './classify.ts';
import { keysOf, absentState, rowsOf, stateOf } from './states.ts';
import type { State } from './states.ts';

const batchSize = 500;

/** Two copies of a workspace, each in one snapshot. `ours` is live in a merge, else the first side; `theirs` the sandbox or the second. */
export interface Copies {
  ours: ReadHandle;
  theirs: ReadHandle;
}

/** Two copies with the merge base of their logs: a three-way comparison. */
export interface MergeSides extends Copies {
  mergeBase: MergeBase;
}

/** Two points in time of one log, which is both `ours` and `theirs`. */
export interface PointPair extends Copies {
  from: Point;
  to: Point;
}

export type ComparisonInput = Copies | MergeSides | PointPair;

export const mergeBaseIn = (compared: ComparisonInput): MergeBase | null =>
  'mergeBase' in compared ? compared.mergeBase : null;

/** Ids that the two copies use for records of different types. */
export type TypeConflicts = ReadonlySet<string>;

interface Candidates {
  /** Keys of the records that can differ. */
  keys: ReadonlyMap<AuditedType, ReadonlySet<string>>;
  typeConflicts: TypeConflicts;
}

/**
 * Calls `onDifference` for every record that differs, ordered by type and key. Without a merge base, `base` and `ours` are the first state
 * and `theirs` is the second. Yields the number of compared records.
 *
 * Three-way: reads both logs from where they diverge, and the records that these rows change; all records if the logs share nothing.
 * Copies: reads all records, without profiles and settings. Points in time: reads the log between them, without settings.
 */
export function* differencesBetween(
  compared: ComparisonInput,
  onDifference: (difference: RecordDifference, key: string, typeConflicts: TypeConflicts) => void,
): Generator<number, void, void> {
  const { keys, typeConflicts } = yield* candidatesOf(compared);
  let done = 0;
  for (const [type, keysOfType] of keys)
    for (const batch of inBatches([...keysOfType].sort(), batchSize)) {
      let index = 0;
      for (const difference of compareBatch(compared, typeConflicts, type, batch)) {
        if (difference) onDifference(difference, batch[index] ?? '', typeConflicts);
        index += 1;
        yield ++done;
      }
    }
}

function* candidatesOf(compared: ComparisonInput): Generator<number, Candidates, void> {
  if ('from' in compared) return yield* candidatesInLog(compared);
  const mergeBase = mergeBaseIn(compared);
  const findIds = (db: ReadHandle) =>
    mergeBase?.base ? recordIdsBetween(db, mergeBase.commonEnd) : allIds(db);
  const idsByType = { ours: yield* findIds(compared.ours), theirs: yield* findIds(compared.theirs) };
  const keys = new Map<AuditedType, Set<string>>();
  for (const type of auditedTypes) {
    // Shared sandboxes exist only in live. Without a common log, profiles are those of the copied workspace.
    if (type === 'shared-sandbox' || (type === 'profile' && !mergeBase?.base)) continue;
    if (!mergeBase && !isContent(type)) continue;
    const keysOfType = new Set<string>();
    for (const side of ['ours', 'theirs'] as const)
      for (const ids of inBatches([...(idsByType[side].get(type) ?? [])], batchSize))
        for (const key of keysOf(compared[side], type, ids)) keysOfType.add(key);
    keys.set(type, keysOfType);
  }
  return { keys, typeConflicts: mergeBase ? findTypeConflicts(idsByType.ours, idsByType.theirs) : new Set() };
}

function* candidatesInLog({ ours: db, from, to }: PointPair): Generator<number, Candidates, void> {
  const [firstRow, lastRow] = from.end <= to.end ? [from.end, to.end] : [to.end, from.end];
  const keys = new Map<AuditedType, Set<string>>();
  for (const [type, ids] of yield* recordIdsBetween(db, firstRow, lastRow))
    keys.set(type, new Set([...ids].filter((id) => !isSetting(type, id))));
  return { keys, typeConflicts: new Set() };
}

function* allIds(db: ReadHandle): Generator<number, RecordIds, void> {
  const idsByType = new Map<AuditedType, Set<string>>();
  for (const type of auditedTypes) {
    const ids = db.column<string>(`SELECT id FROM ${tableOf[type]}`);
    idsByType.set(type, new Set(ids));
    yield ids.length;
  }
  return idsByType;
}

function findTypeConflicts(ours: RecordIds, theirs: RecordIds): TypeConflicts {
  const types = new Map<string, AuditedType>();
  for (const [type, ids] of ours) for (const id of ids) types.set(id, type);
  const conflicts = new Set<string>();
  for (const [type, ids] of theirs)
    for (const id of ids) if ((types.get(id) ?? type) !== type) conflicts.add(id);
  return conflicts;
}

/** Compares records of one type, in the order of their keys; null for a record that does not differ. */
export function* compareBatch(
  compared: ComparisonInput,
  typeConflicts: TypeConflicts,
  type: AuditedType,
  keys: readonly string[],
): Generator<RecordDifference | null, void, void> {
  const { ours: ourDb, theirs } = compared;
  if ('from' in compared) {
    const [before, after] = [
      recordsBefore(ourDb, keys, compared.from.end),
      recordsBefore(theirs, keys, compared.to.end),
    ];
    for (const id of keys) {
      const base = stateOfFolded(id, before.get(id));
      yield classifyRecord({
        type,
        id,
        base,
        ours: base,
        theirs: stateOfFolded(id, after.get(id)),
        hasTypeConflict: false,
      });
    }
    return;
  }
  const mergeBase = mergeBaseIn(compared);
  const [ourRows, theirRows] = [rowsOf(ourDb, type, keys), rowsOf(theirs, type, keys)];
  for (const key of keys) {
    const [ourRow, theirRow] = [ourRows.get(key), theirRows.get(key)];
    const id = theirRow?.id ?? ourRow?.id ?? key;
    const ourState = stateOf(ourRow);
    const base = mergeBase ? stateAtBase(ourDb, mergeBase, ourRow) : ourState;
    const hasTypeConflict = typeConflicts.has(id);
    const difference = classifyRecord({
      type,
      id,
      base,
      ours: ourState,
      theirs: stateOf(theirRow),
      hasTypeConflict,
    });
    // Without a merge base, equal records are no difference.
    yield difference && (mergeBase?.base || difference.class !== 'same') ? difference : null;
  }
}

function stateOfFolded(id: string, record: FoldedRecord | undefined): State {
  return record
    ? { id, payload: record.deleted_at === null ? parsePayload(record.payload) : null }
    : absentState;
}
