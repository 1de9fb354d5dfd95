import { maxRows } from '#shared/contract/server/sync.ts';
import type { User } from '#shared/contract/server/users.ts';
import { Fault } from '#shared/contract/faults.ts';
import { asSubmittedBy } from '#shared/domain/actor-fields.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { verdictOn } from '#shared/domain/verdict.ts';
import { sharedTypes } from '#shared/sync/operation.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { endUniversities } from '../log/records/university.ts';
import { isRecordShared } from './outgoing.ts';
import type { Remote } from './remote.ts';

/** Throws SYNC (not_yours) if shared records would differ from the server's and the user is not allowed to write them there. */
export async function assertCanShare(
  db: ReadHandle,
  remote: Remote,
  { user, share, signal }: { user: User; share: string; signal: AbortSignal },
): Promise<void> {
  const forbidden = new Map<string, JsonObject>();
  let all = 0;
  for (const type of sharedTypes)
    for (const row of db.iterate<{ id: string; payload: string }>(
      `SELECT id, payload FROM ${tableOf[type]} WHERE deleted_at IS NULL`,
    )) {
      const payload = JSON.parse(row.payload) as JsonObject;
      if (!isRecordShared(db, share, { type, payload })) continue;
      all += 1;
      if (!creationBy(user, db, { type, id: row.id, payload })) forbidden.set(row.id, payload);
    }
  const ids = [...forbidden.keys()];
  for (let start = 0; start < ids.length; start += maxRows) {
    const { records } = await remote.sync.records(
      { share, ids: ids.slice(start, start + maxRows) },
      { signal },
    );
    for (const { id, payload, deleted } of records)
      if (!deleted && jsonEqual(payload, forbidden.get(id))) forbidden.delete(id);
  }
  if (forbidden.size === 0) return;
  throw new Fault('SYNC', { reason: 'not_yours' });
}

/** The payload with which a user creates a local record at the server; null if the user is not allowed to. */
export function creationBy(
  user: User,
  db: ReadHandle,
  { type, id, payload }: { type: AuditedType; id: string; payload: JsonObject },
): JsonObject | null {
  const after = asSubmittedBy(type, payload, user);
  const change = { type, id, before: null, after, isSubmitted: true };
  return verdictOn(user, change, (record) => endUniversities(db, record)).allowed ? after : null;
}

/** `all`, or the id of a university on the server. Throws SYNC, reason unknown_university. */
export async function resolveShare(remote: Remote, idOrName: string, signal: AbortSignal): Promise<string> {
  if (idOrName === 'all') return idOrName;
  const hasName = (name: unknown): boolean =>
    typeof name === 'string' && name.toLowerCase() === idOrName.toLowerCase();
  for (let page = 1; ; page++) {
    const { data, meta } = await remote.universities.list({ page, page_size: 100, order: 'asc' }, { signal });
    const university = data.find(({ id, name }) => id === idOrName || hasName(name));
    if (university) return university.id;
    if (page >= meta.total_pages) break;
  }
  throw new Fault('SYNC', { reason: 'unknown_university' });
}
