import { applyPatch } from '#shared/domain/patch.ts';
import { setImmediate as breathe } from 'node:timers/promises';
import { hash } from 'node:crypto';
import type {
  PulledConflict,
  PulledOperation,
  RecordState,
  SyncScope,
} from '#shared/contract/server/sync.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { operationText } from '#shared/sync/chain.ts';
import { syncedTypes } from '#shared/sync/operation.ts';
import type { SyncedType, SyncRecord, SyncRow } from '#shared/sync/operation.ts';
import { nothingPending, replayConflicts, replayRow, replayState } from '#shared/sync/replay.ts';
import type { LocalChange } from '#shared/sync/replay.ts';
import type { WriteHandle } from '../kernel/db/connection.ts';
import type { Series } from '../log/commands/write-queue.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import type { RecordWriter } from '../log/records/record-writer.ts';
import type { WorkspaceErasure } from './erasures.ts';
import { keepConflicts, settleChanged } from './keep-conflicts.ts';
import { factsOf, pendingOf, pendingTransactions, rejectOperation } from './outgoing.ts';
import type { Facts } from './outgoing.ts';
import { isSettledBy } from './settled.ts';
import { changeState, joinedState } from './state.ts';
import type { Cursor, SyncState } from './state.ts';

/** The server's history is not the known one: something is missing or reordered. */
export class OtherHistory extends Error {}

const sameRoot = 'SELECT id FROM sync_operations WHERE root = ?';
/** Neither pending nor known to be on the server: refused, or left to others to offer again. */
const notSent = `SELECT id, op_id FROM audit_transactions
  WHERE id IN (SELECT id FROM sync_quarantine UNION ALL SELECT id FROM sync_operations WHERE seq = 0)`;
const acknowledge = `INSERT INTO sync_operations (id, seq, root) VALUES (?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET seq = excluded.seq`;

/** The number of the history at which a pull began. */
export interface Start {
  generation: string;
  seq: number;
}

/**
 * Applies the server's operations, each as a transaction in its author's name; an own operation acknowledges its transaction. Pending local
 * changes stay on top. Does nothing if the cursor has moved since. Throws OtherHistory if the operations do not continue the known history.
 */
export async function applyOperations(
  series: Series,
  operations: readonly PulledOperation[],
  { after, next, scope }: { after: Start; next: Cursor; scope: SyncScope },
  time: string,
  erasures: ReadonlyMap<string, WorkspaceErasure> = new Map(),
): Promise<void> {
  const { db } = series;
  const state = joinedState(db);
  // Another process with this workspace open did it.
  if (state.generation !== after.generation || state.cursor.seq !== after.seq) return;
  // A user who does not see everything sees gaps.
  const seesAll = scope.universities === null;
  checkChain(operations, state.cursor, !seesAll);
  checkSeen(db, operations, seesAll);
  const facts = factsOf(db, state);
  const here = new Map(
    [...pendingTransactions(db, state), ...db.all<{ id: number; op_id: string }>(notSent)].map((one) => [
      one.op_id,
      one.id,
    ]),
  );
  let done = 0;
  for (const operation of operations) {
    const { op_id, seq, actor } = operation;
    const erasing = await erasures.get(op_id)?.begin(db, operation, facts, time);
    // Both forms count: as sent by its author, or as offered again to a restored server.
    const root = operation.recovers ?? op_id;
    const isDoneBy = (id: number | undefined): id is number =>
      id !== undefined && isSettledBy(db, state, id, operation);
    const known = [here.get(op_id), here.get(root)].find(isDoneBy);
    for (const { id } of db.all<{ id: number }>(sameRoot, [root]).filter((one) => isDoneBy(one.id))) {
      facts.pending.delete(id);
      db.run(acknowledge, [id, seq, root]);
    }
    if (known !== undefined) {
      facts.pending.delete(known);
      db.run(acknowledge, [known, seq, null]);
      db.run('DELETE FROM sync_quarantine WHERE id = ?', [known]);
    }
    // An id is in the log once: another operation has used this one.
    const isTaken = db.get('SELECT 1 FROM audit_transactions WHERE op_id = ?', [op_id]) !== undefined;
    if (known !== undefined || isTaken) {
      series.write(actor, null, (records, audit) => {
        audit.label('sync.reset', { op_id });
        erasing?.({ db, audit, records });
        replayRows(db, records, operation, facts);
      });
    } else {
      const { label, params, replica, stamp, undoes, redoes, created_at } = operation;
      const head = series.write(actor, { op_id, replica, stamp }, (records, audit) => {
        audit.copyLabel(label, { ...params, made_at: created_at, ...erasing?.({ db, audit, records }) });
        if (undoes) audit.undoes(undoes);
        if (redoes) audit.redoes(redoes);
        replayRows(db, records, operation, facts);
      });
      if (head) db.run(acknowledge, [head.id, seq, root]);
    }
    replayKeptValues(series, operation, facts);
    settleChanged(db, operation);
    keepConflicts(db, operation, state.user.id, time);
    done += operation.rows.length;
    if (done > 500) {
      await breathe();
      done = 0;
    }
  }
  changeState(db, { cursor: next, settled: settledNow(db, facts) });
}

/** Everything before the first pending transaction is settled. */
function settledNow(db: WriteHandle, { pending }: Facts): number {
  if (pending.size > 0) return Math.min(...pending) - 1;
  return db.get<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM audit_transactions')?.id ?? 0;
}

function checkChain(operations: readonly PulledOperation[], cursor: Cursor, hasGaps: boolean): void {
  let last: Cursor = cursor;
  for (const operation of operations) {
    const { seq, previous_hash, hash: stated } = operation;
    if (seq <= last.seq) throw new OtherHistory(`number ${seq} came after ${last.seq}`);
    if (!hasGaps && last.seq > 0 && previous_hash !== last.hash)
      throw new OtherHistory(`what comes before number ${seq} is not what was known`);
    if (hash('sha256', operationText(operation), 'hex') !== stated)
      throw new OtherHistory(`number ${seq} does not match its hash`);
    last = { seq, hash: stated };
  }
}

/** Acknowledges transactions whose server numbers were passed; the comparison at the end finds what became of them. */
export function acknowledgePassed(db: WriteHandle, passed: readonly { id: number; seq: number }[]): void {
  const state = joinedState(db);
  const facts = factsOf(db, state);
  for (const { id, seq } of passed) {
    db.run(acknowledge, [id, seq, null]);
    facts.pending.delete(id);
  }
  changeState(db, { settled: settledNow(db, facts), scope: state.rewound ? state.scope : null });
}

/** Operations of others that the server refuses from this user. Someone who may do so offers them again. */
export function leaveToOthers(db: WriteHandle, transactions: readonly number[]): void {
  const state = joinedState(db);
  const facts = factsOf(db, state);
  for (const id of transactions) {
    db.run('UPDATE sync_operations SET seq = 0 WHERE id = ?', [id]);
    facts.pending.delete(id);
  }
  changeState(db, { settled: settledNow(db, facts) });
}

/** Heads kept to check authors against. */
const keptHeads = 20_000;

const keepHead = `INSERT INTO sync_heads (seq, hash) VALUES (?, ?)
  ON CONFLICT (seq) DO UPDATE SET hash = excluded.hash`;

/**
 * Checks that authors saw the same history as this workspace, so that the server shows everyone the same. A user who sees everything has
 * every number from the first kept one; one with gaps keeps none, and begins again on seeing everything.
 */
function checkSeen(db: WriteHandle, operations: readonly PulledOperation[], seesAll: boolean): void {
  if (!seesAll) {
    db.run('DELETE FROM sync_heads');
    return;
  }
  const oldest = db.get<{ seq: number | null }>('SELECT min(seq) AS seq FROM sync_heads')?.seq ?? null;
  for (const { seq, hash: own, seen } of operations) {
    const known = seen && db.get<{ hash: string }>('SELECT hash FROM sync_heads WHERE seq = ?', [seen.seq]);
    const isLeftOut = seen && !known && oldest !== null && seen.seq >= oldest;
    if (isLeftOut || (known && known.hash !== seen.hash))
      throw new OtherHistory(`the author of number ${seq} saw another number ${seen.seq}`);
    db.run(keepHead, [seq, own]);
  }
  db.run(
    'DELETE FROM sync_heads WHERE seq < (SELECT seq FROM sync_heads ORDER BY seq DESC LIMIT 1 OFFSET ?)',
    [keptHeads],
  );
}

function replayRows(db: WriteHandle, records: RecordWriter, { rows }: PulledOperation, facts: Facts): void {
  for (const row of rows as SyncRow[]) {
    const pending = pendingOf(db, row.id, facts);
    change(db, records, row, replayRow(currentOf(db, row), row, pending));
  }
}

/** Takes over the values that the server kept, in a transaction for each author, so that the log credits their writers. */
function replayKeptValues(series: Series, { actor, conflicts }: PulledOperation, facts: Facts): void {
  const { db } = series;
  const kept = conflicts.filter(({ kind }) => kind === 'older');
  for (const [author, ofAuthor] of Map.groupBy(kept, ({ other }) => other?.actor ?? actor))
    series.write(author, null, (records, audit) => {
      audit.label('sync.kept', {});
      for (const [id, of] of Map.groupBy(ofAuthor, (one) => one.id)) {
        const [{ type }] = of as [PulledConflict];
        const found = of.map((one) => ({ ...one, lost: boxed(one.lost), won: boxed(one.won) }));
        const pending = pendingOf(db, id, facts);
        change(db, records, { type, id }, replayConflicts(currentOf(db, { type, id }), found, pending));
      }
    });
}

type Boxed = { value: JsonObject[string] } | null;
const boxed = (value: PulledConflict['lost']): Boxed => value as Boxed;

function currentOf(
  db: WriteHandle,
  { type, id }: { type: SyncedType; id: string },
): Omit<SyncRecord, 'type'> | undefined {
  return locateIn(db, type, id);
}

function change(
  db: WriteHandle,
  records: RecordWriter,
  { type, id }: { type: SyncedType; id: string },
  changes: readonly LocalChange[],
): void {
  for (const one of changes) {
    const record = locateIn(db, type, id);
    if (one.kind === 'create') {
      // The server decides about an id that another type has here: the other record was or will be refused.
      if (!locateRecord(db, id)) records.create({ type, id, payload: one.payload });
    } else if (!record) continue;
    else if (one.kind === 'delete') records.remove(record);
    else if (one.kind === 'restore') records.restore(record);
    else records.replace(record, applyPatch(record.payload, one.patch));
  }
}

/** Writes records of the first download in one transaction; nothing if it has continued since the page was requested. */
export function applySnapshot(
  series: Series,
  states: readonly RecordState[],
  { after, snapshot }: { after: string; snapshot: SyncState['snapshot'] },
): { skipped: { type: string; id: string }[] } {
  const { db } = series;
  const state = joinedState(db);
  if (state.snapshot?.after !== after) return { skipped: [] };
  const facts = factsOf(db, state);
  const skipped: { type: string; id: string }[] = [];
  series.write(state.user.id, null, (records, audit) => {
    audit.label('sync.snapshot', { count: states.length });
    writeStates(db, records, states, facts, skipped);
  });
  const cursor = snapshot ? state.cursor : (state.snapshot?.head ?? state.cursor);
  if (!snapshot) db.run(keepHead, [cursor.seq, cursor.hash]);
  changeState(db, { snapshot, cursor, settled: settledNow(db, facts) });
  return { skipped };
}

function writeStates(
  db: WriteHandle,
  records: RecordWriter,
  states: readonly RecordState[],
  facts: Facts,
  skipped: { type: string; id: string }[],
): void {
  for (const { type, id, payload, deleted } of inOrder(states)) {
    const elsewhere = locateRecord(db, id);
    if (elsewhere && elsewhere.type !== type) {
      skipped.push({ type, id });
      continue;
    }
    const pending = facts.pending.size === 0 ? nothingPending : pendingOf(db, id, facts);
    change(
      db,
      records,
      { type, id },
      replayState(currentOf(db, { type, id }), { payload, deleted }, pending),
    );
  }
}

const inOrder = (states: readonly RecordState[]): RecordState[] =>
  states.toSorted((a, b) => syncedTypes.indexOf(a.type) - syncedTypes.indexOf(b.type));

/** Reverts an operation that the server refused; its records become the server's except for pending changes. */
export function quarantineOperation(
  series: Series,
  refused: readonly { id: number; code: string; message: string }[],
  touched: readonly { type: SyncedType; id: string }[],
  states: ReadonlyMap<string, RecordState>,
  time: string,
): void {
  const { db } = series;
  const state = joinedState(db);
  const facts = factsOf(db, state);
  for (const { id, code, message } of refused) {
    rejectOperation(db, { id, code, message }, facts, time);
  }
  resetRecords(series, touched, states, facts, 'sync.refused');
  changeState(db, { settled: settledNow(db, facts) });
}

/** Makes records equal to the server's, except for pending changes. Returns the number changed. */
export function takeOver(
  series: Series,
  records: readonly { type: SyncedType; id: string }[],
  states: ReadonlyMap<string, RecordState>,
): number {
  return resetRecords(series, records, states, factsOf(series.db, joinedState(series.db)), 'sync.reset');
}

function resetRecords(
  series: Series,
  touched: readonly { type: SyncedType; id: string }[],
  states: ReadonlyMap<string, RecordState>,
  facts: Facts,
  label: 'sync.refused' | 'sync.reset',
): number {
  const { db } = series;
  const { user } = joinedState(db);
  const each = new Map(touched.map((one) => [one.id, one]));
  const head = series.write(user.id, null, (records, audit) => {
    audit.label(label, { count: each.size });
    const missing = [...each.values()].filter(({ id }) => !states.has(id));
    // Records that the server has come first, so that deleted ones are no longer needed.
    writeStates(
      db,
      records,
      [...each.keys()].flatMap((id) => states.get(id) ?? []),
      facts,
      [],
    );
    for (const one of missing)
      change(db, records, one, replayState(currentOf(db, one), undefined, pendingOf(db, one.id, facts)));
  });
  return head?.changes ?? 0;
}
