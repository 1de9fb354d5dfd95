import { Fault } from '#shared/contract/faults.ts';
import { tableOf } from '#shared/domain/types.ts';
import { verdictOn } from '#shared/domain/verdict.ts';
import { sharedTypes } from '#shared/sync/operation.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import { endUniversities, universityOf } from '../log/records/university.ts';
import { pushDirectly } from './push-directly.ts';
import { joinedState } from './state.ts';
import { fetchStates } from './round-context.ts';
import type { Round } from './round-context.ts';

/** Deletes the records on the server that the user can delete, as one change; local records stay. Throws SYNC. */
export async function deleteOnServer(round: Round): Promise<void> {
  const { read } = round.services;
  const { user, share } = joinedState(read);
  // Universities come last, because other records refer to them.
  const localIds = sharedTypes
    .toReversed()
    .flatMap((type) => read.column<string>(`SELECT id FROM ${tableOf[type]} WHERE deleted_at IS NULL`));
  const serverRecords = await fetchStates(round, localIds);
  const rows = localIds.flatMap((id): SyncRow[] => {
    const record = serverRecords.get(id);
    if (!record || record.deleted) return [];
    const { type, payload: before } = record;
    const universities =
      type === 'interface'
        ? endUniversities(read, before)
        : [universityOf(read, { type, id, payload: before })];
    if (type === 'profile' || (share !== 'all' && !universities.includes(share))) return [];
    const { allowed } = verdictOn(user, { type, id, before, after: null }, (payload) =>
      endUniversities(read, payload),
    );
    return allowed ? [{ action: 'delete', type, id, before, after: null }] : [];
  });
  if (rows.length === 0) return;
  const refused = await pushDirectly(round, { label: 'records.remove', rows });
  if (refused) throw new Fault('SYNC', { reason: 'forbidden', detail: refused.message });
}
