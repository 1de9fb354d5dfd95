import type { PulledConflict, PushedOperation, RefusedOperation } from '#shared/contract/server/sync.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { stampOf } from '#shared/sync/clock.ts';
import { operationSchema } from '#shared/sync/operation.ts';
import { upgradeOperation } from '#shared/sync/upgrade.ts';
import type { Caller, Services } from '../context.ts';
import type { WriteResult } from '../db/database.ts';
import { isoTime } from '../db/time.ts';
import type { Hint } from '../hints.ts';
import { Batch } from './batch.ts';
import { hintOf } from './hint.ts';
import { HistoryWriter } from './history.ts';
import { contentHashOf, KnownOperations } from './known-operations.ts';
import type { HistoryEntry } from './storage.ts';
import { Refusal } from './refusal.ts';
import { assertStorable } from './storable.ts';
import type { SyncStorage } from './storage.ts';

interface PushResult {
  accepted: string[];
  known: { op_id: string; seq: number }[];
  partial: string[];
  refused: RefusedOperation[];
  seq: number;
}

/** Applies operations in order, each completely or not at all; skips known ones. Throws OTHER_HISTORY, UPGRADE_REQUIRED. */
export async function pushOperations(
  {
    now,
    hints,
    syncStore,
    config,
  }: Pick<Services, 'now' | 'syncStore'> & {
    hints: Pick<Services['hints'], 'publish'>;
    config: Pick<Services['config'], 'waitingBytes' | 'ownApproval'>;
  },
  caller: Caller,
  input: { generation: string; clock_offset: number; operations: readonly PushedOperation[] },
): Promise<PushResult> {
  for (const { schema } of input.operations)
    if (schema > operationSchema)
      throw new ServerFault('UPGRADE_REQUIRED', {
        schema: operationSchema,
      });
  const operations = input.operations.map((operation): PushedOperation => upgradeOperation(operation));
  const unstorableRefusals = new Map(operations.flatMap(unstorableEntry));
  // The content of a split operation is known once its last part has arrived.
  const unsplitOperations = operations.filter(({ op_id, part }) => !part && !unstorableRefusals.has(op_id));
  const write = async (storage: SyncStorage): Promise<WriteResult<[PushResult, Hint[]]>> => {
    const time = now();
    const batch = new Batch(storage, config);
    // Sent together to save round trips, because the history lock is held meanwhile.
    const [history, knownOperations] = await Promise.all([
      HistoryWriter.begin(storage, isoTime(time)),
      KnownOperations.read(storage, operations),
      batch.loadRecords(unsplitOperations),
    ]);
    if (history.generation !== input.generation) throw otherHistoryError(history.generation);
    const outcome: PushResult = { accepted: [], known: [], partial: [], refused: [], seq: 0 };
    const completeOperations: PushedOperation[] = [];
    const refuse = (op_id: string, { code, message, record }: Refusal): void =>
      void outcome.refused.push({ op_id, code, message, record });
    /** Accepts an operation that was applied before. Returns whether it was. */
    const acceptIfKnown = async (operation: PushedOperation): Promise<boolean> => {
      const seq = await knownOperations.numberOf(operation, caller.id);
      if (seq === null) return false;
      outcome.accepted.push(operation.op_id);
      outcome.known.push({ op_id: operation.op_id, seq });
      return true;
    };
    /** Returns the whole operation if it is new. Stores a part until the others have arrived. Throws Refusal. */
    const receive = async (operation: PushedOperation): Promise<PushedOperation | 'known' | 'partial'> => {
      const refusal = unstorableRefusals.get(operation.op_id);
      if (refusal) throw refusal;
      if (await acceptIfKnown(operation)) return 'known';
      if (!operation.part) return operation;
      const limit = { time: isoTime(time), maxBytes: config.waitingBytes };
      const wholeOperation = await storage.addPart(caller, operation, limit);
      if (!wholeOperation) return 'partial';
      if (await acceptIfKnown(wholeOperation)) return 'known';
      await batch.loadRecords([wholeOperation]);
      return wholeOperation;
    };
    // The request can contain an operation twice.
    const handledIds = new Set<string>();
    for (const operation of operations) {
      const { op_id } = operation;
      if (handledIds.has(op_id)) continue;
      try {
        const received = await receive(operation);
        if (received === 'partial') outcome.partial.push(op_id);
        else handledIds.add(op_id);
        if (typeof received === 'object') completeOperations.push(received);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        handledIds.add(op_id);
        refuse(op_id, error);
      }
    }
    const { id, name, role, university_id, sees } = caller;
    const actor = { id, name, role, university_id, sees };
    const newHints: Hint[] = [];
    for (const operation of completeOperations) {
      const { op_id, replica, created_at } = operation;
      const stamp = stampOf(
        { madeAt: Date.parse(created_at), clockOffset: input.clock_offset, now: time },
        replica,
      );
      try {
        const { agent } = operation.params;
        const acting = typeof agent === 'string' ? { ...actor, agent } : actor;
        const merged = await batch.merge(operation.rows, { op_id, stamp, actor: acting, pushed: operation });
        const entry = entryOf(operation, { actor: caller.id, stamp, ...merged });
        newHints.push(hintOf(history.add(entry), entry));
        outcome.accepted.push(op_id);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refuse(op_id, error);
      }
    }
    const writes = Promise.all([
      storage.writeRecords(batch.recordsToWrite(), isoTime(time)),
      history.finish(),
    ]);
    return { value: [{ ...outcome, seq: history.seq }, newHints], writes };
  };
  const [result, newHints] = await syncStore.write(caller, write);
  hints.publish(newHints);
  return result;
}

function unstorableEntry(operation: PushedOperation): [string, Refusal][] {
  try {
    assertStorable(operation);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [[operation.op_id, error]];
  }
}

export const otherHistoryError = (generation: string): ServerFault<'OTHER_HISTORY'> =>
  new ServerFault('OTHER_HISTORY', { generation });

function entryOf(
  { op_id, replica, hlc, created_at, label, params, undoes, redoes, recovers, seen, rows }: PushedOperation,
  merged: { actor: string; stamp: string; rows: HistoryEntry['rows']; conflicts: PulledConflict[] },
): HistoryEntry {
  const createdAt = new Date(created_at).toISOString();
  const content = contentHashOf(rows);
  return {
    op_id,
    replica,
    hlc,
    created_at: createdAt,
    label,
    params,
    undoes,
    redoes,
    recovers,
    content,
    seen,
    ...merged,
  };
}
