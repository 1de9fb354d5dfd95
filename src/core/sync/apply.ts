import { applyPatch } from '#shared/domain/patch.ts';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { hash } from 'node:crypto';
import type {
  PulledConflict,
  PulledOperation,
  RecordState,
  SyncScope,
} from '#shared/contract/server/sync.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { operationText } from '#shared/sync/chain.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { syncedTypes } from '#shared/sync/operation.ts';
import type { SyncedType, SyncRecord, SyncRow } from '#shared/sync/operation.ts';
import { noPendingChanges, replayConflicts, replayRow, replayState } from '#shared/sync/replay.ts';
import type { LocalChange } from '#shared/sync/replay.ts';
import type { WriteHandle, ReadHandle } from '../kernel/db/connection.ts';
import type { Series } from '../log/commands/write-queue.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import type { RecordWriter } from '../log/records/record-writer.ts';
import type { WorkspaceErasure } from './erasures.ts';
import { storeConflicts, settleConflicts } from './keep-conflicts.ts';
import {
  pendingFactsOf,
  pendingChangesOf,
  pendingTransactions,
  rejectOperation,
  sharedRows,
} from './outgoing.ts';
import type { PendingFacts } from './outgoing.ts';
import { changeState, joinedState } from './state.ts';
import type { Cursor, SyncState } from './state.ts';
import { isCovered } from '#shared/sync/is-covered.ts';

/** The server's history is not the known one: operations are missing, reordered or changed. */
export class HistoryMismatch extends Error {}

const idsByRootQuery = 'SELECT id FROM sync_operations WHERE root = ?';
/** Transactions that are neither pending nor acknowledged: quarantined, or left to other users to offer again. */
const unsentQuery = `SELECT id, op_id FROM audit_transactions
  WHERE id IN (SELECT id FROM sync_quarantine UNION ALL SELECT id FROM sync_operations WHERE seq = 0)`;
const acknowledgeQuery = `INSERT INTO sync_operations (id, seq, root) VALUES (?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET seq = excluded.seq`;

/** The point of the history after which a pull began. */
export interface PullStart {
  generation: string;
  seq: number;
}

/**
 * Applies the server's operations, each as a transaction of its author; one made here acknowledges its transaction. Pending local changes
 * stay on top. Does nothing if the cursor has moved. Throws HistoryMismatch if the operations do not continue the known history.
 */
export async function applyOperations(
  series: Series,
  operations: readonly PulledOperation[],
  { after, next, scope }: { after: PullStart; next: Cursor; scope: SyncScope },
  time: string,
  erasures: ReadonlyMap<string, WorkspaceErasure> = new Map(),
): Promise<void> {
  const { db } = series;
  const state = joinedState(db);
  // Another process already applied these operations.
  if (state.generation !== after.generation || state.cursor.seq !== after.seq) return;
  // A user with a restricted scope sees gaps in the sequence.
  const seesAll = scope.universities === null;
  checkChain(operations, state.cursor, !seesAll);
  checkSeenHeads(db, operations, seesAll);
  const facts = pendingFactsOf(db, state);
  const unsent = db.all<{ id: number; op_id: string }>(unsentQuery);
  const localIds = new Map(
    [...pendingTransactions(db, state), ...unsent].map(({ id, op_id }) => [op_id, id]),
  );
  let rowsSinceYield = 0;
  for (const operation of operations) {
    const { op_id, seq, actor } = operation;
    const erase = await erasures.get(op_id)?.prepareLive(db, { operation, scope }, facts, time);
    const localId = acknowledgeOperation(db, operation, { state, facts, localIds });
    // If another transaction of the log has the id, the rows are written in a transaction of sync.
    const isIdTaken = db.get('SELECT 1 FROM audit_transactions WHERE op_id = ?', [op_id]) !== undefined;
    if (localId !== undefined || isIdTaken) {
      series.write(actor, null, (records, audit) => {
        audit.label('sync.reset', { op_id });
        erase?.({ db, audit, records });
        replayRows(db, records, operation, facts);
      });
    } else {
      const { label, params, replica, stamp, undoes, redoes, created_at } = operation;
      const head = series.write(actor, { op_id, replica, stamp }, (records, audit) => {
        audit.copyLabel(label, { ...params, made_at: created_at, ...erase?.({ db, audit, records }) });
        if (undoes) audit.undoes(undoes);
        if (redoes) audit.redoes(redoes);
        replayRows(db, records, operation, facts);
      });
      if (head) db.run(acknowledgeQuery, [head.id, seq, rootOf(operation)]);
    }
    replayKeptValues(series, operation, facts);
    settleConflicts(db, operation);
    storeConflicts(db, operation, state.user.id, time);
    rowsSinceYield += operation.rows.length;
    if (rowsSinceYield > 500) {
      await yieldToEventLoop();
      rowsSinceYield = 0;
    }
  }
  changeState(db, { cursor: next, settled: lastSettled(db, facts) });
}

/** The author's id of an operation, which can have another one since it was offered to a restored server. */
const rootOf = ({ op_id, recovers }: PulledOperation): string => recovers ?? op_id;

/** Acknowledges the transactions here that are this operation. Returns the unsent or pending one with its id, if any. */
function acknowledgeOperation(
  db: WriteHandle,
  operation: PulledOperation,
  {
    state,
    facts,
    localIds,
  }: { state: SyncState; facts: PendingFacts; localIds: ReadonlyMap<string, number> },
): number | undefined {
  const { op_id, seq } = operation;
  const root = rootOf(operation);
  const isOperation = (id: number | undefined): id is number =>
    id !== undefined && isSameOperation(db, state, id, operation);
  const localId = [localIds.get(op_id), localIds.get(root)].find(isOperation);
  for (const id of db.column<number>(idsByRootQuery, [root]).filter(isOperation)) {
    facts.pending.delete(id);
    db.run(acknowledgeQuery, [id, seq, root]);
  }
  if (localId !== undefined) {
    facts.pending.delete(localId);
    db.run(acknowledgeQuery, [localId, seq, null]);
    db.run('DELETE FROM sync_quarantine WHERE id = ?', [localId]);
  }
  return localId;
}

/** Everything before the first pending transaction is settled. */
function lastSettled(db: WriteHandle, { pending }: PendingFacts): number {
  if (pending.size > 0) return Math.min(...pending) - 1;
  return db.get<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM audit_transactions')?.id ?? 0;
}

function checkChain(operations: readonly PulledOperation[], cursor: Cursor, canHaveGaps: boolean): void {
  let previous: Cursor = cursor;
  for (const operation of operations) {
    const { seq, previous_hash, hash: statedHash } = operation;
    if (seq <= previous.seq) throw new HistoryMismatch(`number ${seq} came after ${previous.seq}`);
    if (!canHaveGaps && previous.seq > 0 && previous_hash !== previous.hash)
      throw new HistoryMismatch(`what comes before number ${seq} is not what was known`);
    if (hash('sha256', operationText(operation), 'hex') !== statedHash)
      throw new HistoryMismatch(`number ${seq} does not match its hash`);
    previous = { seq, hash: statedHash };
  }
}

/** Acknowledges transactions that the server has before our cursor and no pull delivers. The next sync compares all records. */
export function acknowledgeKnown(
  db: WriteHandle,
  transactions: readonly { id: number; seq: number }[],
): void {
  const state = joinedState(db);
  const facts = pendingFactsOf(db, state);
  for (const { id, seq } of transactions) {
    db.run(acknowledgeQuery, [id, seq, null]);
    facts.pending.delete(id);
  }
  changeState(db, { settled: lastSettled(db, facts), scope: state.rewound ? state.scope : null });
}

/** Stops offering operations of others that the server refuses from this user. A user with permission offers them. */
export function leaveToOthers(db: WriteHandle, transactions: readonly number[]): void {
  const state = joinedState(db);
  const facts = pendingFactsOf(db, state);
  for (const id of transactions) {
    db.run('UPDATE sync_operations SET seq = 0 WHERE id = ?', [id]);
    facts.pending.delete(id);
  }
  changeState(db, { settled: lastSettled(db, facts) });
}

/** Number of heads that are kept, to compare them with the heads that authors saw. */
const maxHeads = 20_000;

const insertHeadQuery = `INSERT INTO sync_heads (seq, hash) VALUES (?, ?)
  ON CONFLICT (seq) DO UPDATE SET hash = excluded.hash`;

/**
 * Checks that authors saw the same history as this workspace: a server must show everyone the same. Needs every number from the first kept
 * head on, so a workspace with a restricted scope keeps no heads.
 */
function checkSeenHeads(db: WriteHandle, operations: readonly PulledOperation[], seesAll: boolean): void {
  if (!seesAll) {
    db.run('DELETE FROM sync_heads');
    return;
  }
  const oldestSeq = db.get<{ seq: number | null }>('SELECT min(seq) AS seq FROM sync_heads')?.seq ?? null;
  for (const { seq, hash: ownHash, seen } of operations) {
    const knownHead =
      seen && db.get<{ hash: string }>('SELECT hash FROM sync_heads WHERE seq = ?', [seen.seq]);
    const isMissing = seen && !knownHead && oldestSeq !== null && seen.seq >= oldestSeq;
    if (isMissing || (knownHead && knownHead.hash !== seen.hash))
      throw new HistoryMismatch(`the author of number ${seq} saw another number ${seen.seq}`);
    db.run(insertHeadQuery, [seq, ownHash]);
  }
  db.run(
    'DELETE FROM sync_heads WHERE seq < (SELECT seq FROM sync_heads ORDER BY seq DESC LIMIT 1 OFFSET ?)',
    [maxHeads],
  );
}

function replayRows(
  db: WriteHandle,
  records: RecordWriter,
  { rows }: PulledOperation,
  facts: PendingFacts,
): void {
  for (const row of rows as SyncRow[]) {
    const pending = pendingChangesOf(db, row.id, facts);
    applyChanges(db, records, row, replayRow(currentRecord(db, row), row, pending));
  }
}

/** Applies the older values that the server kept, in one transaction for each author, so that the log credits their writers. */
function replayKeptValues(series: Series, { actor, conflicts }: PulledOperation, facts: PendingFacts): void {
  const { db } = series;
  const olderConflicts = conflicts.filter(({ kind }) => kind === 'older');
  for (const [author, authorConflicts] of Map.groupBy(olderConflicts, ({ other }) => other?.actor ?? actor))
    series.write(author, null, (records, audit) => {
      audit.label('sync.kept', {});
      for (const [id, recordConflicts] of Map.groupBy(authorConflicts, (one) => one.id)) {
        const [{ type }] = recordConflicts as [PulledConflict];
        const boxedConflicts = recordConflicts.map((one) => ({
          ...one,
          lost: asBoxedValue(one.lost),
          won: asBoxedValue(one.won),
        }));
        const pending = pendingChangesOf(db, id, facts);
        applyChanges(
          db,
          records,
          { type, id },
          replayConflicts(currentRecord(db, { type, id }), boxedConflicts, pending),
        );
      }
    });
}

type BoxedValue = { value: JsonObject[string] } | null;
const asBoxedValue = (value: PulledConflict['lost']): BoxedValue => value as BoxedValue;

function currentRecord(
  db: WriteHandle,
  { type, id }: { type: SyncedType; id: string },
): Omit<SyncRecord, 'type'> | undefined {
  return locateIn(db, type, id);
}

function applyChanges(
  db: WriteHandle,
  records: RecordWriter,
  { type, id }: { type: SyncedType; id: string },
  changes: readonly LocalChange[],
): void {
  for (const change of changes) {
    const record = locateIn(db, type, id);
    if (change.kind === 'create') {
      // If a local record of another type has the id, the server has refused that record or will refuse it.
      if (!locateRecord(db, id)) records.create({ type, id, payload: change.payload });
    } else if (!record) continue;
    else if (change.kind === 'delete') records.remove(record);
    else if (change.kind === 'restore') records.restore(record);
    else records.replace(record, applyPatch(record.payload, change.patch));
  }
}

/** Writes one page of the snapshot download, unless another process did. Returns the records whose ids belong to other types here. */
export function applySnapshot(
  series: Series,
  states: readonly RecordState[],
  { after, snapshot }: { after: string; snapshot: SyncState['snapshot'] },
): { skipped: { type: string; id: string }[] } {
  const { db } = series;
  const state = joinedState(db);
  if (state.snapshot?.after !== after) return { skipped: [] };
  const facts = pendingFactsOf(db, state);
  const skipped: { type: string; id: string }[] = [];
  series.write(state.user.id, null, (records, audit) => {
    audit.label('sync.snapshot', { count: states.length });
    writeStates(db, records, states, facts, skipped);
  });
  const cursor = snapshot ? state.cursor : (state.snapshot?.head ?? state.cursor);
  if (!snapshot) db.run(insertHeadQuery, [cursor.seq, cursor.hash]);
  changeState(db, { snapshot, cursor, settled: lastSettled(db, facts) });
  return { skipped };
}

function writeStates(
  db: WriteHandle,
  records: RecordWriter,
  states: readonly RecordState[],
  facts: PendingFacts,
  skipped: { type: string; id: string }[],
): void {
  for (const { type, id, payload, deleted } of sortByType(states)) {
    const recordWithId = locateRecord(db, id);
    if (recordWithId && recordWithId.type !== type) {
      skipped.push({ type, id });
      continue;
    }
    const current = isEntityType(type) ? recordWithId : currentRecord(db, { type, id });
    const pending = facts.pending.size === 0 ? noPendingChanges : pendingChangesOf(db, id, facts);
    applyChanges(db, records, { type, id }, replayState(current, { payload, deleted }, pending));
  }
}

const sortByType = (states: readonly RecordState[]): RecordState[] =>
  states.toSorted((a, b) => syncedTypes.indexOf(a.type) - syncedTypes.indexOf(b.type));

/** Quarantines operations that the server refused; their records become the server's except for pending changes. */
export function quarantineOperations(
  series: Series,
  refusals: readonly { id: number; code: string; message: string }[],
  changedRecords: readonly { type: SyncedType; id: string }[],
  states: ReadonlyMap<string, RecordState>,
  time: string,
): void {
  const { db } = series;
  const state = joinedState(db);
  const facts = pendingFactsOf(db, state);
  for (const { id, code, message } of refusals) {
    rejectOperation(db, { id, code, message }, facts, time);
  }
  resetRecords(series, changedRecords, states, facts, 'sync.refused');
  changeState(db, { settled: lastSettled(db, facts) });
}

/** Makes records equal to the server's, except for pending changes. Returns the number changed. */
export function resetToServer(
  series: Series,
  records: readonly { type: SyncedType; id: string }[],
  states: ReadonlyMap<string, RecordState>,
): number {
  return resetRecords(
    series,
    records,
    states,
    pendingFactsOf(series.db, joinedState(series.db)),
    'sync.reset',
  );
}

function resetRecords(
  series: Series,
  targets: readonly { type: SyncedType; id: string }[],
  states: ReadonlyMap<string, RecordState>,
  facts: PendingFacts,
  label: 'sync.refused' | 'sync.reset',
): number {
  const { db } = series;
  const { user } = joinedState(db);
  const recordsById = new Map(targets.map((one) => [one.id, one]));
  const head = series.write(user.id, null, (records, audit) => {
    audit.label(label, { count: recordsById.size });
    const missingRecords = [...recordsById.values()].filter(({ id }) => !states.has(id));
    // Records on the server are written first, so that no reference to the missing ones remains when these are deleted.
    const serverStates = [...recordsById.keys()].flatMap((id) => states.get(id) ?? []);
    writeStates(db, records, serverStates, facts, []);
    for (const one of missingRecords)
      applyChanges(
        db,
        records,
        one,
        replayState(currentRecord(db, one), undefined, pendingChangesOf(db, one.id, facts)),
      );
  });
  return head?.changes ?? 0;
}

const originQuery = `SELECT t.actor, s.root FROM audit_transactions t LEFT JOIN sync_operations s ON s.id = t.id WHERE t.id = ?`;

/** Whether a server operation with a transaction's id is that transaction. Ids are public, so the author or the rows must match too. */
function isSameOperation(
  db: ReadHandle,
  { user, share }: SyncState,
  id: number,
  { actor, rows }: PulledOperation,
): boolean {
  const origin = db.get<{ actor: string; root: string | null }>(originQuery, [id]);
  const author = origin?.root == null ? user.id : origin.actor;
  return actor === author || isCovered(sharedRows(db, id, share), rows);
}
