import type { SyncStatus } from '#shared/contract/sync.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { pendingTransactions } from './outgoing.ts';
import { readState } from './state.ts';

const open = (table: string): string => `SELECT count(*) AS n FROM ${table} WHERE state = 'open'`;

export interface Running {
  /** Each process knows its own sign-in; it is not stored. */
  state: 'idle' | 'syncing' | 'offline' | 'signed_out';
  problem: string | null;
}

export function statusOf(db: ReadHandle, { state: running, problem }: Running): SyncStatus {
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
  const count = (table: string): number => db.get<{ n: number }>(open(table))?.n ?? 0;
  const pending = pendingTransactions(db, state).length;
  const lasting =
    running === 'signed_out' ? running : state.diverged ? 'diverged' : state.paused ? 'paused' : null;
  return {
    state: running === 'syncing' ? running : (lasting ?? running),
    server: { url, user, share, by_university },
    pending,
    conflicts: count('sync_conflicts'),
    quarantined: count('sync_quarantine'),
    in_step:
      state.in_step && pending === 0 && state.snapshot === null && lasting === null && running !== 'offline',
    last_sync,
    problem,
    people: [],
  };
}
