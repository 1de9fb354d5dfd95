import { mostRows } from '#shared/contract/server/sync.ts';
import type { PushedOperation } from '#shared/contract/server/sync.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { tableOf } from '#shared/domain/types.ts';
import { verdictOn } from '#shared/domain/verdict.ts';
import { operationSchema, sharedTypes } from '#shared/sync/operation.ts';
import { isoTime } from '../kernel/system.ts';
import { endUniversities } from '../log/records/university.ts';
import type { Services } from '../model/services.ts';
import { isRecordShared } from './outgoing.ts';
import type { Remote } from './remote.ts';
import { joinedState } from './state.ts';

/**
 * Deletes at the server what this workspace shares and its person may delete; here nothing changes. The server keeps it as it keeps all that is deleted.
 * Throws what the way to the server does.
 */
export async function deleteRemote({ read, source }: Services, remote: Remote): Promise<void> {
  const { user, share, generation } = joinedState(read);
  const { replica, clock, ids } = source;
  const rows: PushedOperation['rows'] = [];
  // What belongs to others comes first: a university goes last.
  for (const type of sharedTypes.toReversed())
    for (const { id, payload: text } of read.iterate<{ id: string; payload: string }>(
      `SELECT id, payload FROM ${tableOf[type]} WHERE deleted_at IS NULL`,
    )) {
      const payload = JSON.parse(text) as JsonObject;
      if (!isRecordShared(read, share, { type, payload })) continue;
      const change = { type, id, before: payload, after: null };
      if (verdictOn(user, change, (of) => endUniversities(read, of)).allowed)
        rows.push({ action: 'delete', type, id, before: payload, after: null });
    }
  for (let at = 0; at < rows.length; at += mostRows) {
    const operation: PushedOperation = {
      op_id: ids.uuid(),
      schema: operationSchema,
      replica,
      hlc: '',
      created_at: isoTime(clock.now()),
      label: 'records.remove',
      params: { count: rows.length },
      undoes: null,
      redoes: null,
      recovers: null,
      seen: null,
      part: null,
      rows: rows.slice(at, at + mostRows),
    };
    await remote.sync.push({ generation, clock_offset: 0, operations: [operation] });
  }
}
