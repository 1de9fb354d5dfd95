import type { SyncStatus } from '#shared/contract/sync.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { pendingTransactions } from './outgoing.ts';
import { readState } from './state.ts';

const openCountQuery = (table: string): string => `SELECT count(*) AS n FROM ${table} WHERE state = 'open'`;

export interface RunState {
  /** Not stored, because each process has its own sign-in. */
  state: 'idle' | 'syncing' | 'offline' | 'signed_out';
  problem: string | null;
}

export function statusOf(db: ReadHandle, { state: runState, problem }: RunState): SyncStatus {
  const state = readState(db);
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
      people: [],
    };
  const { url, user, share, by_university = false, last_sync } = state;
  const count = (table: string): number => db.get<{ n: number }>(openCountQuery(table))?.n ?? 0;
  const pending = pendingTransactions(db, state).length;
  const lastingState =
    runState === 'signed_out' ? runState : state.diverged ? 'diverged' : state.paused ? 'paused' : null;
  return {
    state: runState === 'syncing' ? runState : (lastingState ?? runState),
    server: { url, user, share, by_university },
    pending,
    conflicts: count('sync_conflicts'),
    quarantined: count('sync_quarantine'),
    in_step:
      state.in_step &&
      pending === 0 &&
      state.snapshot === null &&
      lastingState === null &&
      runState !== 'offline',
    last_sync,
    problem,
    people: [],
  };
}
