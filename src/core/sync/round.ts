import { maxOperations, maxRows } from '#shared/contract/server/sync.ts';
import type { PulledOperation, PushedOperation, RefusedOperation } from '#shared/contract/server/sync.ts';
import { Fault } from '#shared/contract/faults.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { SyncedType } from '#shared/sync/operation.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { isoTime } from '../kernel/system.ts';
import { readHead } from '../log/audit/head.ts';
import { runYielding } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import {
  acknowledgeKnown,
  applyOperations,
  applySnapshot,
  leaveToOthers,
  HistoryMismatch,
  quarantineOperations,
} from './apply.ts';
import { sendMissingRecords, resetDifferences } from './compare.ts';
import { recordFingerprints, digestOfRange } from './digest.ts';
import { WorkspaceErasure, eraseUnpulled, finishErasures } from './erasures.ts';
import { rewindLog } from './rewind.ts';
import { batchesOf, pendingTransactions, withNewId } from './outgoing.ts';
import type { PendingTransaction } from './outgoing.ts';
import { pushBatch } from './push-batch.ts';
import type { PushAnswer, PushRequest } from './push-batch.ts';
import { isServerFault, shakeHands } from './remote.ts';
import type { Hello } from './remote.ts';
import { fetchStates } from './round-context.ts';
import type { Round } from './round-context.ts';
import { changeState, joinedState } from './state.ts';
import type { Cursor, SyncState } from './state.ts';

/** Maximum passes of pushing and pulling in one sync, while others keep writing. */
const maxPasses = 20;

/** Syncs once: pulls, pushes, pulls the results, compares digests. Finished steps stay. Throws SYNC, CANCELLED. */
export async function syncOnce(round: Round): Promise<SyncState> {
  const { services, remote, signal } = round;
  const { share } = joinedState(services.read);
  const sentAt = services.source.clock.now();
  const hello = await shakeHands(remote, share, signal);
  try {
    return await syncWith(round, hello, sentAt);
  } catch (error) {
    const { data } = error as { data?: { generation?: unknown } };
    // The server was restored during this sync. The next sync reads its new history.
    if (isServerFault(error, 'OTHER_HISTORY') && data?.generation !== hello.generation)
      throw new Fault('SYNC', {
        reason: 'unreachable',
      });
    throw error;
  }
}

/** Pulls others' changes. Runs a whole sync instead for pending changes, an unfinished download, a rewind or another history. */
export async function pullChanges(round: Round): Promise<SyncState> {
  const { read, queue, source } = round.services;
  const state = joinedState(read);
  if (state.snapshot || state.rewound || pendingTransactions(read, state).length > 0) return syncOnce(round);
  try {
    await pullAll(round);
  } catch (error) {
    if (!isServerFault(error, 'OTHER_HISTORY')) throw error;
    return syncOnce(round);
  }
  const last_sync = isoTime(source.clock.now());
  return queue.series('sync', async ({ db }) => changeState(db, { last_sync }));
}

async function syncWith(round: Round, hello: Hello, sentAt: number): Promise<SyncState> {
  const { services } = round;
  const { read, queue, source } = services;
  const clockOffset = hello.now - (sentAt + source.clock.now()) / 2;
  const state = joinedState(read);
  await queue.series('sync', async ({ db }) => {
    const isKnownServer = hello.server_id === state.server_id;
    if (!isKnownServer || (hello.generation !== state.generation && !rewindLog(db, hello)))
      throw otherHistoryFault();
    if (!jsonEqual({ ...state.user }, { ...hello.user })) changeState(db, { user: hello.user });
  });
  if (state.snapshot) await downloadSnapshot(round);
  await fetchErasures(round, hello.generation);
  await pullAll(round);
  for (let pass = 0; pass < maxPasses; pass++) {
    const pending = pendingTransactions(read, joinedState(read));
    if (pending.length === 0) break;
    await pushAll(round, { offset: clockOffset, generation: hello.generation });
    await pullAll(round);
  }
  const { scope: knownScope, rewound } = joinedState(read);
  // The user's scope has changed, so records must be added or removed.
  if (hello.scope.version !== knownScope?.version) await resetDifferences(round);
  else if (rewound) await sendMissingRecords(round);
  const in_step = areLogsUnmoved(read, hello.head) || (await isInStep(round));
  const { scope, files_damaged = null, own_approval = false } = hello;
  const last_sync = isoTime(source.clock.now());
  return queue.series('sync', async ({ db }) => {
    const compared = in_step ? { id: readHead(db).id, seq: joinedState(db).cursor.seq } : null;
    return changeState(db, {
      in_step,
      compared,
      last_sync,
      scope,
      files_damaged,
      own_approval,
      rewound: false,
      diverged: false,
    });
  });
}

/** Whether neither log has moved since their digests were equal. */
function areLogsUnmoved(db: ReadHandle, head: Cursor): boolean {
  const { in_step, compared, cursor } = joinedState(db);
  if (!in_step || !compared) return false;
  return compared.id === readHead(db).id && compared.seq === cursor.seq && cursor.seq === head.seq;
}

const otherHistoryFault = (): Fault<'SYNC'> =>
  new Fault('SYNC', {
    reason: 'other_history',
  });

async function downloadSnapshot({ services, remote, onProgress, signal }: Round): Promise<void> {
  const { read, queue, log } = services;
  let done = 0;
  for (;;) {
    signal.throwIfAborted();
    const { share, snapshot } = joinedState(read);
    if (!snapshot) return;
    const { after, head } = snapshot;
    const page = await remote.sync.snapshot({ share, after }, { signal });
    const next = page.next === null ? null : { after: page.next, head };
    const { skipped } = await queue.series('sync', async (series) =>
      applySnapshot(series, page.records, { after, snapshot: next }),
    );
    if (skipped.length > 0)
      log.warn({ skipped }, 'records of the download were left out: their ids are in use');
    done += page.records.length;
    onProgress({ kind: 'progress', step: 'downloading', done, total: page.total });
  }
}

async function pullAll(round: Round): Promise<void> {
  const { services, remote, onProgress: report, signal } = round;
  const { read, queue, source } = services;
  let partialOperation: PulledOperation | null = null;
  let [offset, done, startSeq] = [0, 0, -1];
  for (;;) {
    signal.throwIfAborted();
    const { generation, cursor, share, user } = joinedState(read);
    // Another process can have moved the cursor while an operation arrived in parts.
    if (cursor.seq !== startSeq) [partialOperation, offset, startSeq] = [null, 0, cursor.seq];
    const input = { generation, after: cursor.seq, offset, share, limit: maxOperations };
    const answer = await remote.sync.pull(input, { signal });
    const operations: PulledOperation[] = joinParts(partialOperation, answer.operations);
    const last = operations.at(-1);
    if (last?.partial) {
      partialOperation = last;
      offset += maxRows;
      report({ kind: 'progress', step: 'receiving', done: done + last.rows.length, total: null });
      continue;
    }
    [partialOperation, offset] = [null, 0];
    if (answer.next.seq === cursor.seq) return;
    const context = { services, actor: user.id };
    const erasures = new Map<string, WorkspaceErasure>();
    for (const operation of operations) {
      const erasure = await WorkspaceErasure.start(context, operation);
      if (erasure) erasures.set(operation.op_id, erasure);
    }
    await withHistoryFault(services, () =>
      queue.series('sync', (series) =>
        applyOperations(
          series,
          operations,
          { ...answer, after: { generation, seq: cursor.seq } },
          isoTime(source.clock.now()),
          erasures,
        ),
      ),
    );
    if (erasures.size > 0) await endErasures(round, [...erasures.values()]);
    done += operations.reduce((sum, { rows }) => sum + rows.length, 0);
    report({ kind: 'progress', step: 'receiving', done, total: null });
    if (answer.next.seq >= answer.head.seq) return;
  }
}

/** Rewrites files after erasures are committed, because free pages still hold values, and reports each erasure. */
async function endErasures(
  { services, onErased }: Round,
  erasures: readonly WorkspaceErasure[],
): Promise<void> {
  const rewritten = await finishErasures({ services, actor: joinedState(services.read).user.id });
  for (const {
    person: { type, id },
    mentions,
    places,
  } of erasures)
    onErased?.(
      { type, id, mentions },
      places.map((place) => (place.kind === 'live' ? { ...place, rewritten } : place)),
    );
}

/** Finishes earlier erasures. Once for each generation of the server, also fetches erasures that no pull delivers. */
async function fetchErasures(
  { services, remote, signal, onErased }: Round,
  generation: string,
): Promise<void> {
  const { read, queue } = services;
  const { erasures: fetchedGeneration, user } = joinedState(read);
  const context = { services, actor: user.id };
  await finishErasures(context);
  if (fetchedGeneration === generation) return;
  try {
    const { erasures, emptyings } = await remote.sync.erasures({}, { signal });
    const received =
      emptyings?.map(({ op_id, ...empties }) => ({ op_id, erases: null, empties })) ??
      erasures.map((erases) => ({ op_id: '', erases, empties: null }));
    await eraseUnpulled(context, received, onErased);
  } catch (error) {
    // A server older than erasures has none.
    if (!isServerFault(error, 'NOT_FOUND')) throw error;
  }
  await queue.series('sync', async ({ db }) => changeState(db, { erasures: generation }));
}

function joinParts(
  partialOperation: PulledOperation | null,
  operations: readonly PulledOperation[],
): PulledOperation[] {
  const [first, ...rest] = operations;
  if (!partialOperation || !first || first.op_id !== partialOperation.op_id) return [...operations];
  return [{ ...first, rows: [...partialOperation.rows, ...first.rows], offset: 0 }, ...rest];
}

async function withHistoryFault(services: Services, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof HistoryMismatch)) throw error;
    services.log.error({ error: error.message }, 'the history of the server is another one');
    throw new Fault('SYNC', {
      reason: 'other_history',
    });
  }
}

async function pushAll(
  round: Round,
  { offset, generation }: { offset: number; generation: string },
): Promise<void> {
  const { services, onProgress, signal } = round;
  const { read, queue } = services;
  const state = joinedState(read);
  const pending = pendingTransactions(read, state);
  const { share, cursor: seen } = state;
  const sendOptions = { share, seen, generation, maxOperations };
  const roots = new Map(
    read
      .all<{ id: number; root: string }>(
        'SELECT id, root FROM sync_operations WHERE root IS NOT NULL AND seq IS NULL',
      )
      .map((one) => [one.id, one.root]),
  );
  const transactionByRoot = new Map(pending.map((one) => [roots.get(one.id) ?? one.op_id, one]));
  let done = 0;
  for (const { operations } of batchesOf(read, pending, sendOptions)) {
    signal.throwIfAborted();
    const sentById = new Map(operations.map((one) => [one.op_id, one]));
    const transactionOf = (op_id: string): PendingTransaction | undefined => {
      const operation = sentById.get(op_id);
      return operation && transactionByRoot.get(operation.recovers ?? operation.op_id);
    };
    const batch = { generation, clock_offset: offset, operations };
    const answer = await pushBatch(round, batch);
    await pushTakenAgain(round, batch, answer, { sentById, transactionOf });
    const knownTransactions = answer.known.flatMap(({ op_id, seq }) => {
      const transaction = seq <= seen.seq ? transactionOf(op_id) : undefined;
      return transaction ? [{ id: transaction.id, seq }] : [];
    });
    if (knownTransactions.length > 0)
      await queue.series('sync', async ({ db }) => acknowledgeKnown(db, knownTransactions));
    const refusals = answer.refused.flatMap((one) => {
      const transaction = transactionOf(one.op_id);
      return transaction ? [{ ...one, transaction }] : [];
    });
    const isOwn = ({ transaction }: (typeof refusals)[number]): boolean => !roots.has(transaction.id);
    const [ownRefusals, otherRefusals] = [refusals.filter(isOwn), refusals.filter((one) => !isOwn(one))];
    if (ownRefusals.length > 0) await quarantineRefused(round, ownRefusals);
    if (otherRefusals.length > 0)
      await queue.series('sync', async ({ db }) =>
        leaveToOthers(
          db,
          otherRefusals.map(({ transaction: { id } }) => id),
        ),
      );
    done += operations.length;
    onProgress({ kind: 'progress', step: 'sending', done, total: pending.length });
  }
}

interface SentOperations {
  sentById: Map<string, PushedOperation>;
  transactionOf: (op_id: string) => PendingTransaction | undefined;
}

/** Pushes operations whose ids are taken again, under new ids. Adds them to `sentById`, and the second answer to `answer`. */
async function pushTakenAgain(
  round: Round,
  batch: PushRequest,
  answer: PushAnswer,
  { sentById, transactionOf }: SentOperations,
): Promise<void> {
  const { generation } = batch;
  const renewedOperations = answer.refused.flatMap(({ code, op_id }) => {
    const [operation, transaction] = [sentById.get(op_id), transactionOf(op_id)];
    // An operation in parts would have to be sent again as a whole.
    if (code !== 'taken' || !operation || !transaction || operation.part) return [];
    return [withNewId(round.services.read, transaction, { operation, generation })];
  });
  if (renewedOperations.length === 0) return;
  for (const operation of renewedOperations) sentById.set(operation.op_id, operation);
  const secondAnswer = await pushBatch(round, { ...batch, operations: renewedOperations });
  const isRenewed = ({ op_id }: { op_id: string }): boolean => {
    const sent = sentById.get(op_id);
    return renewedOperations.some(({ recovers }) => recovers === (sent?.recovers ?? sent?.op_id));
  };
  answer.refused = [...answer.refused.filter((refusal) => !isRenewed(refusal)), ...secondAnswer.refused];
  answer.known = [...answer.known, ...secondAnswer.known];
}

const changedRecordsQuery =
  'SELECT DISTINCT entity_type AS type, entity_id AS id FROM audit_logs WHERE id >= ? AND id < ?';

/** Moves refused operations to the quarantine, and resets their records to the server's. */
async function quarantineRefused(
  round: Round,
  refusals: readonly (RefusedOperation & { transaction: PendingTransaction })[],
): Promise<void> {
  const { services } = round;
  const { read, queue, source } = services;
  const changedRecords = refusals.flatMap(({ transaction: { id, changes } }) =>
    read.all<{ type: SyncedType; id: string }>(changedRecordsQuery, [id, id + changes]),
  );
  const states = await fetchStates(
    round,
    changedRecords.map(({ id }) => id),
  );
  const time = isoTime(source.clock.now());
  const rejections = refusals.map(({ transaction: { id }, code, message }) => ({ id, code, message }));
  await queue.series('sync', async (series) =>
    quarantineOperations(series, rejections, changedRecords, states, time),
  );
}

/** Whether nothing is pending and both sides have equal digests at the same number of the history. */
async function isInStep(round: Round): Promise<boolean> {
  const { services, remote, signal } = round;
  const { read, source } = services;
  for (let attempt = 0; attempt < 3; attempt++) {
    const { share } = joinedState(read);
    const { ranges, head } = await remote.sync.digest(
      { share, ranges: [{ from: '', to: null }], parts: 1 },
      { signal },
    );
    const state = joinedState(read);
    if (pendingTransactions(read, state).length > 0) return false;
    if (state.cursor.seq !== head.seq) {
      await pullAll(round);
      continue;
    }
    const all = await runYielding(recordFingerprints(read, share), { clock: source.clock, signal });
    const [theirs] = ranges;
    const ours = digestOfRange(all, { from: '', to: null });
    return theirs?.count === ours.count && theirs.fingerprint === ours.fingerprint;
  }
  return false;
}
