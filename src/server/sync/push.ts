import type { PulledConflict, PushedOperation, RefusedOperation } from '#shared/contract/server/sync.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { stampOf } from '#shared/sync/clock.ts';
import { operationSchema } from '#shared/sync/operation.ts';
import { upgradeOperation } from '#shared/sync/upgrade.ts';
import type { Caller, Services } from '../context.ts';
import type { Sql } from '../db/database.ts';
import { iso } from '../db/time.ts';
import type { Hint } from '../hints.ts';
import { Batch } from './batch.ts';
import { hintOf } from './hint.ts';
import { HistoryWriter } from './history.ts';
import type { HistoryEntry } from './history.ts';
import { writeRecords } from './records.ts';
import { Refusal } from './refusal.ts';
import { assertStorable } from './storable.ts';

interface Pushed {
  accepted: string[];
  known: { op_id: string; seq: number }[];
  partial: string[];
  refused: RefusedOperation[];
  seq: number;
}

/**
 * Takes over operations in order, each whole or not at all. Those that are known are accepted again and not done again, so that a caller who
 * got no answer may just ask once more. Throws OTHER_HISTORY, UPGRADE_REQUIRED.
 */
export async function pushOperations(
  { database, now, hints, writing }: Services,
  caller: Caller,
  input: { generation: string; clock_offset: number; operations: readonly PushedOperation[] },
): Promise<Pushed> {
  for (const { schema } of input.operations)
    if (schema > operationSchema)
      throw new ServerFault(
        'UPGRADE_REQUIRED',
        'This server is older than your FRAMES. Ask its admin to update it.',
        {
          schema: operationSchema,
        },
      );
  const operations = input.operations.map((sent): PushedOperation => upgradeOperation(sent));
  const unstorable = new Map(operations.flatMap(unstorableOf));
  // Of an operation in parts, what it is about is known when the last one has come.
  const inOnePart = operations.filter(({ op_id, part }) => !part && !unstorable.has(op_id));
  const write = async (sql: Sql): Promise<[Pushed, Hint[]]> => {
    const time = now();
    const batch = new Batch(sql);
    // Sent together: nobody else writes while they are answered, so each wait for an answer is one of all.
    const [history, known] = await Promise.all([
      HistoryWriter.begin(sql, iso(time)),
      knownOperations(sql, operations),
      batch.read(inOnePart),
    ]);
    if (history.generation !== input.generation) throw otherHistory(history.generation);
    const there = [...known].map(([op_id, seq]) => ({ op_id, seq }));
    const done: Pushed = { accepted: [...known.keys()], known: there, partial: [], refused: [], seq: 0 };
    const whole: PushedOperation[] = [];
    const refuse = (op_id: string, { code, message, record }: Refusal): void =>
      void done.refused.push({ op_id, code, message, record });
    for (const operation of operations) {
      const { op_id } = operation;
      if (known.has(op_id)) continue;
      const refusal = unstorable.get(op_id);
      if (refusal) {
        refuse(op_id, refusal);
        continue;
      }
      const complete = operation.part ? await keepPart(sql, caller.id, operation, iso(time)) : operation;
      if (complete) whole.push(complete);
      else done.partial.push(op_id);
      // The same one may come again within the request.
      if (complete) known.set(op_id, 0);
      if (complete && operation.part) await batch.read([complete]);
    }
    const { id, role, university_id, sees } = caller;
    const actor = { id, role, university_id, sees };
    const told: Hint[] = [];
    for (const operation of whole) {
      const { op_id, replica, created_at } = operation;
      const stamp = stampOf({ made: Date.parse(created_at), offset: input.clock_offset, now: time }, replica);
      try {
        const merged = await batch.merge(operation.rows, { op_id, stamp, actor });
        const entry = entryOf(operation, { actor: caller.id, stamp, ...merged });
        told.push(hintOf(history.add(entry), entry));
        done.accepted.push(op_id);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refuse(op_id, error);
      }
    }
    await Promise.all([writeRecords(sql, batch.toWrite(), iso(time)), history.finish()]);
    return [{ ...done, seq: history.seq }, told];
  };
  const [result, told] = await writing.take(() => database.asUser(caller, write));
  hints.tell(told);
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

/** Numbers of the operations that the history has already, in the form that they are sent in or in another one: see `recovers`. */
async function knownOperations(
  sql: Sql,
  operations: readonly PushedOperation[],
): Promise<Map<string, number>> {
  const rows = await sql.all<{ op_id: string; id: number }>(
    `SELECT op_id, id FROM audit_transactions WHERE op_id = ANY ($1::text[])
     UNION ALL SELECT recovers, id FROM audit_transactions WHERE recovers = ANY ($1::text[])`,
    [operations.flatMap(({ op_id, recovers }) => (recovers === null ? [op_id] : [op_id, recovers]))],
  );
  const there = new Map(rows.map(({ op_id, id }) => [op_id, id]));
  return new Map(
    operations.flatMap(({ op_id, recovers }) => {
      const seq = there.get(op_id) ?? there.get(recovers ?? op_id);
      return seq === undefined ? [] : [[op_id, seq] as const];
    }),
  );
}

/** Keeps a part of an operation; the whole operation once its last part has come. */
async function keepPart(
  sql: Sql,
  user: string,
  operation: PushedOperation,
  time: string,
): Promise<PushedOperation | null> {
  const { op_id, part, rows } = operation;
  if (!part) return operation;
  await sql.run(
    `INSERT INTO operation_parts (op_id, user_id, part, count, rows, received_at) VALUES ($1, $2, $3, $4, $5::jsonb, $6)
     ON CONFLICT (op_id, user_id, part) DO UPDATE SET rows = excluded.rows, count = excluded.count, received_at = excluded.received_at`,
    [op_id, user, part.index, part.count, JSON.stringify(rows), time],
  );
  const of = [op_id, user, part.count];
  const where = 'op_id = $1 AND user_id = $2 AND count = $3';
  const there = await sql.get<{ n: number }>(`SELECT count(*) AS n FROM operation_parts WHERE ${where}`, of);
  if (there?.n !== part.count) return null;
  const parts = await sql.all<{ rows: PushedOperation['rows'] }>(
    `SELECT rows FROM operation_parts WHERE ${where} ORDER BY part`,
    of,
  );
  await sql.run('DELETE FROM operation_parts WHERE op_id = $1 AND user_id = $2', [op_id, user]);
  return { ...operation, part: null, rows: parts.flatMap((one) => one.rows) };
}

function entryOf(
  { op_id, replica, hlc, created_at, label, params, undoes, redoes, recovers, seen }: PushedOperation,
  merged: { actor: string; stamp: string; rows: HistoryEntry['rows']; conflicts: PulledConflict[] },
): HistoryEntry {
  const made = new Date(created_at).toISOString();
  return { op_id, replica, hlc, created_at: made, label, params, undoes, redoes, recovers, seen, ...merged };
}
