import { randomUUID } from 'node:crypto';
import type { Issue } from '#shared/contract/fault-data.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { nextTimestamp } from '#shared/sync/clock.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import type { Caller, Services } from '../context.ts';
import type { Sql, WriteResult } from '../db/database.ts';
import { isoTime } from '../db/time.ts';
import type { Hint } from '../hints.ts';
import { Batch } from '../sync/batch.ts';
import { hintOf } from '../sync/hint.ts';
import { HistoryWriter } from '../sync/history.ts';
import { serverFacts } from '../sync/own-operation.ts';
import { postgresStorage } from '../sync/postgres-storage.ts';
import { Refusal } from '../sync/refusal.ts';

/** A change requested through a route: its label in the history and its rows. Nothing is written without rows. */
export interface RequestedChange {
  label: string;
  params: JsonObject;
  rows: readonly SyncRow[];
}

/** Writes a change as an operation of the history. `plan` runs under the history lock. Throws FORBIDDEN, VALIDATION_ERROR, DUPLICATE_ID. */
export async function writeChange<T>(
  { now, hints, groupCommit, config }: Pick<Services, 'now' | 'hints' | 'groupCommit' | 'config'>,
  caller: Pick<Caller, 'id' | 'name' | 'role' | 'university_id' | 'sees' | 'repository'>,
  plan: (sql: Sql, seq: number) => Promise<RequestedChange>,
  read: (sql: Sql, seq: number) => Promise<T>,
): Promise<T> {
  const [time, op_id] = [now(), randomUUID()];
  const write = async (sql: Sql): Promise<WriteResult<[T, Hint | null]>> => {
    const storage = postgresStorage(sql);
    const history = await HistoryWriter.begin(storage, isoTime(time));
    const { label, params, rows } = await plan(sql, history.seq);
    if (rows.length === 0) return { value: [await read(sql, history.seq), null], writes: Promise.resolve() };
    const stamp = nextTimestamp(null, time, 'server');
    const batch = new Batch(storage, config);
    await batch.loadRecords([{ rows }]);
    const { id, name, role, university_id, sees, repository } = caller;
    const actor = { id, name, role, university_id, sees, repository };
    const merged = await batch.merge(rows, { op_id, stamp, actor }).catch((error: unknown) => {
      throw error instanceof Refusal ? faultOf(error) : error;
    });
    const entry = { ...serverFacts({ op_id, actor: caller.id, label, params, stamp, time }), ...merged };
    const seq = history.add(entry);
    const writes = Promise.all([
      storage.writeRecords(batch.recordsToWrite(), isoTime(time)),
      history.finish(),
    ]);
    const [value] = await Promise.all([read(sql, seq), writes]);
    return { value: [value, hintOf(seq, entry)], writes };
  };
  const [result, hint] = await groupCommit.write(caller, write);
  if (hint) hints.publish([hint]);
  return result;
}

function faultOf({ code, message, record }: Refusal): ServerFault {
  if (code.startsWith('forbidden:') || code === 'people')
    return new ServerFault('FORBIDDEN', { rule: code.replace('forbidden:', '') });
  if (code === 'erased') return new ServerFault('FORBIDDEN', { rule: 'erased' });
  if (code === 'other_type') return new ServerFault('DUPLICATE_ID', { id: record?.id ?? '' });
  return validationError([{ path: '', code, message }]);
}

export function validationError(issues: readonly Issue[]): ServerFault<'VALIDATION_ERROR'> {
  return new ServerFault('VALIDATION_ERROR', { issues: [...issues] });
}

type Underscored<T extends string> = T extends `${infer A}-${infer B}` ? `${A}_${Underscored<B>}` : T;
type ReadableType = EntityType | 'shared-sandbox';

/** Returns the error for a record that the caller cannot see: `TEAM_NOT_FOUND` etc. */
export function notFound(type: ReadableType, id: string): ServerFault {
  // Fails to compile if a type lacks a code in the faults.
  const code =
    `${type.replaceAll('-', '_').toUpperCase()}_NOT_FOUND` as `${Uppercase<Underscored<ReadableType>>}_NOT_FOUND`;
  return new ServerFault(code, { id });
}
