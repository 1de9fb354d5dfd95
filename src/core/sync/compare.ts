import type { SyncComparison } from '#shared/contract/sync.ts';
import { patchBetween, patchedFields } from '#shared/domain/patch.ts';
import { syncedTypes } from '#shared/sync/operation.ts';
import type { SyncedType, SyncRow } from '#shared/sync/operation.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { pushDirectly } from './push-directly.ts';
import { runYielding } from '../kernel/progress.ts';
import { locateIn } from '../log/records/locate.ts';
import { readTitle } from '../model/titles.ts';
import { resetToServer } from './apply.ts';
import { findDiffering, recordFingerprints, maxDifferences } from './digest.ts';
import { pendingChangesOf, pendingTransactions } from './outgoing.ts';
import { fetchStates } from './round-context.ts';
import { creationBy } from './share-check.ts';
import type { Round } from './round-context.ts';
import { joinedState } from './state.ts';

/** Ids of the shared records that differ from the server. */
async function findDifferingIds(
  round: Round,
): Promise<{ ids: string[]; compared: number; round_trips: number }> {
  const { services, remote, signal, onProgress } = round;
  const { read, source } = services;
  const { share } = joinedState(read);
  const fingerprints = await runYielding(recordFingerprints(read, share), { clock: source.clock, signal });
  const result = await findDiffering(fingerprints, async (request, done) => {
    const { ranges } = await remote.sync.digest({ share, ...request }, { signal });
    onProgress({ kind: 'progress', step: 'comparing', done, total: null });
    return ranges;
  });
  return { ...result, compared: fingerprints.length };
}

/** The differences from the server with their reasons. Throws SYNC, CANCELLED. */
export async function compareWithServer(round: Round): Promise<SyncComparison> {
  const { services } = round;
  const { read } = services;
  const { ids, compared, round_trips } = await findDifferingIds(round);
  const states = await fetchStates(round, ids);
  const state = joinedState(read);
  const facts = {
    settled: state.settled,
    pending: new Set(pendingTransactions(read, state).map(({ id }) => id)),
  };
  const refusedIds = new Set(
    read.column<string>(
      `SELECT DISTINCT l.entity_id FROM sync_quarantine q JOIN audit_transactions t ON t.id = q.id
       JOIN audit_logs l ON l.id >= t.id AND l.id < t.id + t.changes WHERE q.state = 'open'`,
    ),
  );
  const differences = ids.flatMap((id): SyncComparison['differences'] => {
    const theirs = states.get(id);
    const type = theirs?.type ?? typeOf(services.read, id);
    if (!type || type === 'profile') return [];
    const ours = locateIn(read, type, id);
    const isLocal = ours !== undefined && !ours.deleted;
    const isOnServer = theirs !== undefined && !theirs.deleted;
    const [localPayload, serverPayload] = [isLocal ? ours.payload : null, isOnServer ? theirs.payload : null];
    const fields = patchedFields(patchBetween(localPayload ?? {}, serverPayload ?? {}));
    if (fields.length === 0 && isLocal === isOnServer) return [];
    const pending = pendingChangesOf(read, id, facts);
    const isPending = pending.existence !== null || pending.fields.size > 0;
    const refusal = refusedIds.has(id) ? 'refused' : null;
    const onlySide = isLocal ? 'only_here' : 'only_there';
    return [
      {
        record: { type, id, title: readTitle(read, type, localPayload ?? serverPayload ?? {}) },
        kind: isLocal && isOnServer ? 'differs' : onlySide,
        fields: isLocal && isOnServer ? fields : [],
        reason: isPending ? 'pending' : refusal,
      },
    ];
  });
  return { in_step: differences.length === 0, compared, round_trips, differences };
}

function typeOf(read: Round['services']['read'], id: string): SyncedType | undefined {
  return read.get<{ entity_type: SyncedType }>(
    'SELECT entity_type FROM audit_logs WHERE entity_id = ? LIMIT 1',
    [id],
  )?.entity_type;
}

/** Resets differing records to the server's values, except for pending changes. */
export async function resetDifferences(round: Round): Promise<SyncComparison> {
  let previousCount = Infinity;
  for (;;) {
    const comparison = await compareWithServer(round);
    const count = comparison.differences.filter(({ reason }) => reason !== 'pending').length;
    // If a pass leaves as many differences as the pass before it, the rest cannot be reset.
    if (count === 0 || count >= previousCount) return comparison;
    previousCount = comparison.differences.length < maxDifferences / 2 ? count : Infinity;
    const records = comparison.differences.map(({ record }) => ({
      type: record.type as SyncedType,
      id: record.id,
    }));
    const ids = records.map(({ id }) => id);
    const states = await fetchStates(round, ids);
    const changed = await round.services.queue.series('sync', async (series) =>
      resetToServer(series, records, states),
    );
    if (changed === 0) return comparison;
  }
}

/** After the server lost history: sends it the records that it lacks and the user can write. Resets the others to the server's. */
export async function sendMissingRecords(round: Round): Promise<void> {
  const { read, queue } = round.services;
  for (;;) {
    const { differences } = await compareWithServer(round);
    // A record with a refused change becomes the server's, and is not offered again.
    const openDifferences = differences.filter(({ reason }) => reason !== 'pending');
    const states = await fetchStates(
      round,
      openDifferences.map(({ record }) => record.id),
    );
    const recordsOf = (differencesToMap: typeof openDifferences): { type: SyncedType; id: string }[] =>
      differencesToMap.map(({ record }) => ({ type: record.type as SyncedType, id: record.id }));
    const serverRecords = recordsOf(openDifferences.filter(({ record }) => states.has(record.id)));
    const localRecords = recordsOf(
      openDifferences.filter(({ record, reason }) => reason === null && !states.has(record.id)),
    );
    const changed =
      serverRecords.length === 0
        ? 0
        : await queue.series('sync', async (series) => resetToServer(series, serverRecords, states));
    const sentCount = await sendRows(round, createRows(read, localRecords));
    if (changed + sentCount === 0) return;
  }
}

/** Rows that create local records, references before dependants. */
function createRows(read: ReadHandle, records: readonly { type: SyncedType; id: string }[]): SyncRow[] {
  const { user } = joinedState(read);
  return records
    .toSorted((a, b) => syncedTypes.indexOf(a.type) - syncedTypes.indexOf(b.type))
    .flatMap(({ type, id }) => {
      const payload = locateIn(read, type, id)?.payload;
      if (!payload) return [];
      const after = creationBy(user, read, { type, id, payload });
      return after ? [{ action: 'create' as const, type, id, before: null, after }] : [];
    });
}

/** Maximum number of refused records that are skipped one by one, so that they do not hold up the others. */
const maxSkipped = 20;

async function sendRows(round: Round, allRows: readonly SyncRow[]): Promise<number> {
  let rows = allRows;
  for (let attempt = 0; attempt < maxSkipped && rows.length > 0; attempt++) {
    const refused = await pushDirectly(round, { label: 'sync.given', rows });
    if (!refused) return rows.length;
    rows = rows.filter(({ id }) => id !== refused.record?.id);
  }
  return 0;
}
