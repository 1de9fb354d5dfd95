import type { PulledConflict, PushedOperation, RefusedOperation } from '#shared/contract/server/sync.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { stampOf } from '#shared/sync/clock.ts';
import { operationSchema } from '#shared/sync/operation.ts';
import { upgradeOperation } from '#shared/sync/upgrade.ts';
import type { Caller, Services } from '../context.ts';
import type { Sql, Written } from '../db/database.ts';
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
  { now, hints, writing, config }: Services,
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
  const write = async (sql: Sql): Promise<Written<[Pushed, Hint[]]>> => {
    const time = now();
    const batch = new Batch(sql);
    // Sent together: nobody else writes while they are answered, so each wait for an answer is one of all.
    const [history, known] = await Promise.all([
      HistoryWriter.begin(sql, iso(time)),
      KnownOperations.read(sql, operations),
      batch.read(inOnePart),
    ]);
    if (history.generation !== input.generation) throw otherHistory(history.generation);
    const done: Pushed = { accepted: [], known: [], partial: [], refused: [], seq: 0 };
    const whole: PushedOperation[] = [];
    const refuse = (op_id: string, { code, message, record }: Refusal): void =>
      void done.refused.push({ op_id, code, message, record });
    /** Whether it was done before, and is only accepted again. */
    const isKnown = async (operation: PushedOperation): Promise<boolean> => {
      const seq = await known.numberOf(operation, caller.id);
      if (seq === null) return false;
      done.accepted.push(operation.op_id);
      done.known.push({ op_id: operation.op_id, seq });
      return true;
    };
    // The same one may come again within the request.
    const settled = new Set<string>();
    for (const operation of operations) {
      const { op_id } = operation;
      if (settled.has(op_id)) continue;
      try {
        const unfit = unstorable.get(op_id);
        if (unfit) throw unfit;
        if (await isKnown(operation)) settled.add(op_id);
        else {
          const complete = operation.part
            ? await keepPart(sql, caller, operation, { time: iso(time), most: config.waitingBytes })
            : operation;
          if (!complete) done.partial.push(op_id);
          else {
            settled.add(op_id);
            if (operation.part && (await isKnown(complete))) continue;
            whole.push(complete);
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
    const written = Promise.all([writeRecords(sql, batch.toWrite(), iso(time)), history.finish()]);
    return { value: [{ ...done, seq: history.seq }, told], written };
  };
  const [result, told] = await writing.write(caller, write);
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

/** Keeps a part of an operation; returns the whole operation once its last part has come. Throws Refusal where the caller may write nothing, or would have more than `most` bytes waiting. */
async function keepPart(
  sql: Sql,
  caller: Pick<Caller, 'id' | 'role'>,
  operation: PushedOperation,
  { time, most }: { time: string; most: number },
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
  if ((waiting?.bytes ?? 0) + bytes > most) {
    await sql.run('DELETE FROM operation_parts WHERE op_id = $1 AND user_id = $2', [op_id, user]);
    throw new Refusal('too_large', `Parts of operations of more than ${most} bytes wait for the rest.`, null);
  }
  await sql.run(
    `INSERT INTO operation_parts (op_id, user_id, part, count, rows, bytes, received_at) VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7)
     ON CONFLICT (op_id, user_id, part) DO UPDATE SET rows = excluded.rows, count = excluded.count, bytes = excluded.bytes,
       received_at = excluded.received_at`,
    [op_id, user, part.index, part.count, text, bytes, time],
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
  { op_id, replica, hlc, created_at, label, params, undoes, redoes, recovers, seen, rows }: PushedOperation,
  merged: { actor: string; stamp: string; rows: HistoryEntry['rows']; conflicts: PulledConflict[] },
): HistoryEntry {
  const made = new Date(created_at).toISOString();
  const content = contentOf(rows);
  return {
    op_id,
    replica,
    hlc,
    created_at: made,
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
