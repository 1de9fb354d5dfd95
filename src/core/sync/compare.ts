import type { SyncComparison } from '#shared/contract/sync.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { fieldsOfRow, valueIn } from '#shared/sync/merge.ts';
import type { SyncedType } from '#shared/sync/operation.ts';
import { inTurns } from '../kernel/progress.ts';
import { locateIn } from '../log/records/locate.ts';
import { readTitle } from '../model/titles.ts';
import { takeOver } from './apply.ts';
import { findDiffering, fingerprints, mostDifferences } from './digest.ts';
import { pendingOf, pendingTransactions } from './outgoing.ts';
import { readStates } from './states.ts';
import type { Round } from './states.ts';
import { joinedState } from './state.ts';

/** The ids of shared records that are not the same here and at the server. */
async function differingIds(round: Round): Promise<{ ids: string[]; compared: number; round_trips: number }> {
  const { services, remote, signal, tell } = round;
  const { read, source } = services;
  const { share } = joinedState(read);
  const all = await inTurns(fingerprints(read, share), { clock: source.clock, signal });
  const found = await findDiffering(all, async (asked, done) => {
    const { ranges } = await remote.sync.digest({ share, ...asked }, { signal });
    tell({ kind: 'progress', step: 'comparing', done, total: null });
    return ranges;
  });
  return { ...found, compared: all.length };
}

/** What is different from the server, and why. Throws SYNC, CANCELLED. */
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
    const fields = fieldsOfRow({ before: here, after: there }).filter((field) => {
      const [left, right] = [valueIn(here, field), valueIn(there, field)];
      return left === undefined || right === undefined ? left !== right : !jsonEqual(left, right);
    });
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

/** Takes over the server's values of what differs, but for what is pending here. */
export async function takeOverDifferences(round: Round): Promise<SyncComparison> {
  let left = Infinity;
  for (;;) {
    const found = await compareWithServer(round);
    const count = found.differences.filter(({ reason }) => reason !== 'pending').length;
    // Each turn leaves fewer; what stays then is there for a reason.
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
