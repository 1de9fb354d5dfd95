import { isFault } from '#shared/contract/faults.ts';
import type { FaultData, NetworkProblem } from '#shared/contract/fault-data.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { pendingTransactions } from './outgoing.ts';
import { readState } from './state.ts';
import type { SyncFailure, SyncState } from './state.ts';

export interface RunState {
  /** Not stored, because each process has its own sign-in. */
  state: 'idle' | 'syncing' | 'offline' | 'signed_out';
  problem: string | null;
  network?: NetworkProblem | undefined;
}

/** The error in the status: a reason of SYNC, or `internal`; null for an abort and for other declared errors. */
export function problemOf(error: unknown): Pick<RunState, 'problem' | 'network'> {
  if (isFault(error)) {
    if (error.code !== 'SYNC') return { problem: null };
    const { reason, network } = error.data as FaultData<'SYNC'>;
    return { problem: reason, network };
  }
  return { problem: error instanceof Error && error.name === 'AbortError' ? null : 'internal' };
}

/** Problems of one process, which has its own sign-in. */
export const ownProblems: readonly string[] = ['signed_out', 'no_keyring'];

/** The state after a failed sync; `idle` for other problems. */
export const stateByProblem: Readonly<Record<string, RunState['state']>> = {
  unreachable: 'offline',
  signed_out: 'signed_out',
};

/** Null if the workspace syncs. */
function lastingStateOf({ diverged, paused }: SyncState, runState: RunState['state']) {
  if (runState === 'signed_out') return runState;
  if (diverged) return 'diverged';
  return paused ? 'paused' : null;
}

/** A process that has not tried itself shows the failure of the last one that did. */
function withStoredFailure(run: RunState, failure: SyncFailure | null): RunState {
  if (!failure || run.state !== 'idle' || run.problem !== null) return run;
  const { problem, network } = failure;
  return { state: stateByProblem[problem] ?? 'idle', problem, network };
}

const openCountQuery = (table: string): string => `SELECT count(*) AS n FROM ${table} WHERE state = 'open'`;

/** The status of a workspace, without the people at the server. */
export function statusOf(db: ReadHandle, run: RunState): SyncStatus {
  const state = readState(db);
  const failure = state?.failure ?? null;
  const { state: runState, problem, network } = withStoredFailure(run, failure);
  if (!state)
    return {
      state: 'off',
      server: null,
      pending: 0,
      conflicts: 0,
      quarantined: 0,
      in_step: false,
      last_sync: null,
      problem,
      ...(network && { network }),
      people: [],
    };
  const { url, user, share, by_university = false, last_sync } = state;
  const count = (table: string): number => db.get<{ n: number }>(openCountQuery(table))?.n ?? 0;
  const pending = pendingTransactions(db, state).length;
  const lastingState = lastingStateOf(state, runState);
  const refused_files = refusedFilesOf(db, state);
  return {
    state: runState === 'syncing' ? runState : (lastingState ?? runState),
    server: { url, user, share, by_university },
    pending,
    conflicts: count('sync_conflicts'),
    quarantined: count('sync_quarantine'),
    ...(refused_files.length > 0 && { refused_files }),
    in_step:
      state.in_step &&
      pending === 0 &&
      state.snapshot === null &&
      lastingState === null &&
      runState !== 'offline',
    last_sync,
    problem,
    ...(network && { network }),
    ...(failure && runState !== 'syncing' && { last_failure: failure.at }),
    people: [],
  };
}

const refusedQuery = `SELECT coalesce(payload ->> '$.name', id) AS title FROM documents WHERE deleted_at IS NULL AND payload ->> '$.file.sha256' = ?`;

const refusedFilesOf = (db: ReadHandle, { files_refused = [] }: SyncState): string[] =>
  files_refused.flatMap((sha256) => db.column<string>(refusedQuery, [sha256]));
