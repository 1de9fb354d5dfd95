import type { SyncComparison } from '#shared/contract/sync.ts';
import { patchBetween, patchFields } from '#shared/domain/patch.ts';
import { syncedTypes } from '#shared/sync/operation.ts';
import type { SyncedType, SyncRow } from '#shared/sync/operation.ts';
import { verdictOn } from '#shared/domain/verdict.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { endUniversities } from '../log/records/university.ts';
import { pushDirectly } from './direct.ts';
import { inTurns } from '../kernel/progress.ts';
import { locateIn } from '../log/records/locate.ts';
import { readTitle } from '../model/titles.ts';
import { takeOver } from './apply.ts';
import { findDiffering, recordFingerprints, mostDifferences } from './digest.ts';
import { pendingOf, pendingTransactions } from './outgoing.ts';
import { readStates } from './states.ts';
import type { Round } from './states.ts';
import { joinedState } from './state.ts';

/** Ids of the shared records that differ from the server. */
async function differingIds(round: Round): Promise<{ ids: string[]; compared: number; round_trips: number }> {
  const { services, remote, signal, onProgress } = round;
  const { read, source } = services;
  const { share } = joinedState(read);
  const all = await inTurns(recordFingerprints(read, share), { clock: source.clock, signal });
  const found = await findDiffering(all, async (request, done) => {
    const { ranges } = await remote.sync.digest({ share, ...request }, { signal });
    onProgress({ kind: 'progress', step: 'comparing', done, total: null });
    return ranges;
  });
  return { ...found, compared: all.length };
}

/** The differences from the server with their reasons. Throws SYNC, CANCELLED. */
export async function compareWithServer(round: Round): Promise<SyncComparison> {
  const { services } = round;
  const { read } = services;
  const { ids, compared, round_trips } = await differingIds(round);
  const states = await readStates(round, ids);
  const state = joinedState(read);
  const facts = {
    settled: state.settled,
    pending: new Set(pendingTransactions(read, state).map(({ id }) => id)),
  };
  const refused = new Set(
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
    const isHere = ours !== undefined && !ours.deleted;
    const isThere = theirs !== undefined && !theirs.deleted;
    const [here, there] = [isHere ? ours.payload : null, isThere ? theirs.payload : null];
    const fields = patchFields(patchBetween(here ?? {}, there ?? {}));
    if (fields.length === 0 && isHere === isThere) return [];
    const pending = pendingOf(read, id, facts);
    const isPending = pending.existence !== null || pending.fields.size > 0;
    return [
      {
        record: { type, id, title: readTitle(read, type, here ?? there ?? {}) },
        kind: isHere && isThere ? 'differs' : isHere ? 'only_here' : 'only_there',
        fields: isHere && isThere ? fields : [],
        reason: isPending ? 'pending' : refused.has(id) ? 'refused' : null,
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

/** Takes over the server's values of differing records, except for pending changes. */
export async function takeOverDifferences(round: Round): Promise<SyncComparison> {
  let left = Infinity;
  for (;;) {
    const found = await compareWithServer(round);
    const count = found.differences.filter(({ reason }) => reason !== 'pending').length;
    // Each pass leaves fewer; the rest differs for a reason.
    if (count === 0 || count >= left) return found;
    left = found.differences.length < mostDifferences / 2 ? count : Infinity;
    const records = found.differences.map(({ record }) => ({
      type: record.type as SyncedType,
      id: record.id,
    }));
    const ids = records.map(({ id }) => id);
    const states = await readStates(round, ids);
    const changed = await round.services.queue.series('sync', async (series) =>
      takeOver(series, records, states),
    );
    if (changed === 0) return found;
  }
}

/** After the server lost history: creates there what only this workspace has and the user may write. The rest becomes the server's. */
export async function giveWhatIsOnlyHere(round: Round): Promise<void> {
  const { read, queue } = round.services;
  for (;;) {
    const { differences } = await compareWithServer(round);
    // A record with a refused change becomes the server's, and is not offered again.
    const open = differences.filter(({ reason }) => reason !== 'pending');
    const states = await readStates(
      round,
      open.map(({ record }) => record.id),
    );
    const recordsOf = (some: typeof open): { type: SyncedType; id: string }[] =>
      some.map(({ record }) => ({ type: record.type as SyncedType, id: record.id }));
    const known = recordsOf(open.filter(({ record }) => states.has(record.id)));
    const unknown = recordsOf(open.filter(({ record, reason }) => reason === null && !states.has(record.id)));
    const changed =
      known.length === 0 ? 0 : await queue.series('sync', async (series) => takeOver(series, known, states));
    const given = await give(round, rowsThatMake(read, unknown));
    if (changed + given === 0) return;
  }
}

/** Rows that create local records, each after those it belongs to. */
function rowsThatMake(read: ReadHandle, records: readonly { type: SyncedType; id: string }[]): SyncRow[] {
  const { user } = joinedState(read);
  return records
    .toSorted((a, b) => syncedTypes.indexOf(a.type) - syncedTypes.indexOf(b.type))
    .flatMap(({ type, id }) => {
      const after = locateIn(read, type, id)?.payload;
      if (!after) return [];
      const { allowed } = verdictOn(user, { type, id, before: null, after }, (of) =>
        endUniversities(read, of),
      );
      return allowed ? [{ action: 'create' as const, type, id, before: null, after }] : [];
    });
}

/** Leaves out refused records one by one, so that they do not hold up the others. */
const mostLeftOut = 20;

async function give(round: Round, all: readonly SyncRow[]): Promise<number> {
  let rows = all;
  for (let turn = 0; turn < mostLeftOut && rows.length > 0; turn++) {
    const refused = await pushDirectly(round, { label: 'sync.given', rows });
    if (!refused) return rows.length;
    rows = rows.filter(({ id }) => id !== refused.record?.id);
  }
  return 0;
}
