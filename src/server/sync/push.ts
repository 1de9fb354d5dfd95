import type { PulledConflict, PushedOperation, RefusedOperation } from '#shared/contract/server/sync.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { stampOf } from '#shared/sync/clock.ts';
import { operationSchema } from '#shared/sync/operation.ts';
import { upgradeOperation } from '#shared/sync/upgrade.ts';
import type { Caller, Services } from '../context.ts';
import type { Sql, WriteResult } from '../db/database.ts';
import { iso } from '../db/time.ts';
import type { Hint } from '../hints.ts';
import { Batch } from './batch.ts';
import { hintOf } from './hint.ts';
import { HistoryWriter } from './history.ts';
import { contentOf, KnownOperations } from './known.ts';
import type { HistoryEntry } from './history.ts';
import { writeRecords } from './records.ts';
import { Refusal } from './refusal.ts';
import { assertStorable } from './storable.ts';

interface PushResult {
  accepted: string[];
  known: { op_id: string; seq: number }[];
  partial: string[];
  refused: RefusedOperation[];
  seq: number;
}

/**
 * Applies operations in order, each completely or not at all. Known operations are accepted without being applied again, so clients can simply retry.
 * Throws OTHER_HISTORY, UPGRADE_REQUIRED.
 */
export async function pushOperations(
  { now, hints, writing, config }: Services,
  caller: Caller,
  input: { generation: string; clock_offset: number; operations: readonly PushedOperation[] },
): Promise<PushResult> {
  for (const { schema } of input.operations)
    if (schema > operationSchema)
      throw new ServerFault(
        'UPGRADE_REQUIRED',
        'This server is older than your FRAMES. Ask its admin to update it.',
        {
          schema: operationSchema,
        },
      );
  const operations = input.operations.map((operation): PushedOperation => upgradeOperation(operation));
  const unstorable = new Map(operations.flatMap(unstorableOf));
  // The content of a split operation is known once its last part has arrived.
  const inOnePart = operations.filter(({ op_id, part }) => !part && !unstorable.has(op_id));
  const write = async (sql: Sql): Promise<WriteResult<[PushResult, Hint[]]>> => {
    const time = now();
    const batch = new Batch(sql);
    // Sent together to save round trips, because the history lock is held meanwhile.
    const [history, known] = await Promise.all([
      HistoryWriter.begin(sql, iso(time)),
      KnownOperations.read(sql, operations),
      batch.read(inOnePart),
    ]);
    if (history.generation !== input.generation) throw otherHistory(history.generation);
    const outcome: PushResult = { accepted: [], known: [], partial: [], refused: [], seq: 0 };
    const completeOperations: PushedOperation[] = [];
    const refuse = (op_id: string, { code, message, record }: Refusal): void =>
      void outcome.refused.push({ op_id, code, message, record });
    /** Whether the operation was applied before. */
    const isKnown = async (operation: PushedOperation): Promise<boolean> => {
      const seq = await known.numberOf(operation, caller.id);
      if (seq === null) return false;
      outcome.accepted.push(operation.op_id);
      outcome.known.push({ op_id: operation.op_id, seq });
      return true;
    };
    // The request may contain an operation twice.
    const settled = new Set<string>();
    for (const operation of operations) {
      const { op_id } = operation;
      if (settled.has(op_id)) continue;
      try {
        const refusal = unstorable.get(op_id);
        if (refusal) throw refusal;
        if (await isKnown(operation)) settled.add(op_id);
        else {
          const complete = operation.part
            ? await storePart(sql, caller, operation, { time: iso(time), maxBytes: config.waitingBytes })
            : operation;
          if (!complete) outcome.partial.push(op_id);
          else {
            settled.add(op_id);
            if (operation.part && (await isKnown(complete))) continue;
            completeOperations.push(complete);
            if (operation.part) await batch.read([complete]);
          }
        }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        settled.add(op_id);
        refuse(op_id, error);
      }
    }
    const { id, role, university_id, sees } = caller;
    const actor = { id, role, university_id, sees };
    const newHints: Hint[] = [];
    for (const operation of completeOperations) {
      const { op_id, replica, created_at } = operation;
      const stamp = stampOf({ made: Date.parse(created_at), offset: input.clock_offset, now: time }, replica);
      try {
        const merged = await batch.merge(operation.rows, { op_id, stamp, actor });
        const entry = entryOf(operation, { actor: caller.id, stamp, ...merged });
        newHints.push(hintOf(history.add(entry), entry));
        outcome.accepted.push(op_id);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refuse(op_id, error);
      }
    }
    const written = Promise.all([writeRecords(sql, batch.toWrite(), iso(time)), history.finish()]);
    return { value: [{ ...outcome, seq: history.seq }, newHints], written };
  };
  const [result, newHints] = await writing.write(caller, write);
  hints.publish(newHints);
  return result;
}

function unstorableOf(operation: PushedOperation): [string, Refusal][] {
  try {
    assertStorable(operation);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [[operation.op_id, error]];
  }
}

export const otherHistory = (generation: string): ServerFault<'OTHER_HISTORY'> =>
  new ServerFault(
    'OTHER_HISTORY',
    'The server was restored, or is another one: its history is not the one you know.',
    { generation },
  );

/**
 * Stores a part of an operation. Returns the whole operation after its last part. Throws Refusal if the caller may not write, or would exceed `maxBytes`
 * bytes of incomplete operations.
 */
async function storePart(
  sql: Sql,
  caller: Pick<Caller, 'id' | 'role'>,
  operation: PushedOperation,
  { time, maxBytes }: { time: string; maxBytes: number },
): Promise<PushedOperation | null> {
  const { op_id, part, rows } = operation;
  const { id: user, role } = caller;
  if (!part) return operation;
  if (role === 'viewer') throw new Refusal('forbidden:viewers_read_only', 'Viewers change nothing.', null);
  const text = JSON.stringify(rows);
  const bytes = Buffer.byteLength(text);
  const waiting = await sql.get<{ bytes: number }>(
    `SELECT coalesce(sum(bytes), 0)::bigint AS bytes FROM operation_parts WHERE user_id = $1 AND NOT (op_id = $2 AND part = $3)`,
    [user, op_id, part.index],
  );
  if ((waiting?.bytes ?? 0) + bytes > maxBytes) {
    await sql.run('DELETE FROM operation_parts WHERE op_id = $1 AND user_id = $2', [op_id, user]);
    throw new Refusal(
      'too_large',
      `Parts of operations of more than ${maxBytes} bytes wait for the rest.`,
      null,
    );
  }
  await sql.run(
    `INSERT INTO operation_parts (op_id, user_id, part, count, rows, bytes, received_at) VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7)
     ON CONFLICT (op_id, user_id, part) DO UPDATE SET rows = excluded.rows, count = excluded.count, bytes = excluded.bytes,
       received_at = excluded.received_at`,
    [op_id, user, part.index, part.count, text, bytes, time],
  );
  const values = [op_id, user, part.count];
  const condition = 'op_id = $1 AND user_id = $2 AND count = $3';
  const received = await sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM operation_parts WHERE ${condition}`,
    values,
  );
  if (received?.n !== part.count) return null;
  const parts = await sql.all<{ rows: PushedOperation['rows'] }>(
    `SELECT rows FROM operation_parts WHERE ${condition} ORDER BY part`,
    values,
  );
  await sql.run('DELETE FROM operation_parts WHERE op_id = $1 AND user_id = $2', [op_id, user]);
  return { ...operation, part: null, rows: parts.flatMap((stored) => stored.rows) };
}

function entryOf(
  { op_id, replica, hlc, created_at, label, params, undoes, redoes, recovers, seen, rows }: PushedOperation,
  merged: { actor: string; stamp: string; rows: HistoryEntry['rows']; conflicts: PulledConflict[] },
): HistoryEntry {
  const createdAt = new Date(created_at).toISOString();
  const content = contentOf(rows);
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
