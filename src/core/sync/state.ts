import type { Erasure, SyncScope } from '#shared/contract/server/sync.ts';
import type { User } from '#shared/contract/server/users.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { ReadHandle, WriteHandle } from '../kernel/db/connection.ts';
import { identitiesIn } from '../log/session.ts';

/** A number of the server's history and its hash. */
export interface Cursor {
  seq: number;
  hash: string;
}

export interface SyncState {
  url: string;
  server_id: string;
  user: User;
  /** Whether they signed in through their university. Absent in state written by older versions. */
  by_university?: boolean;
  /** `all`, or the id of a university. */
  share: string;
  generation: string;
  /** The last operation applied here. */
  cursor: Cursor;
  /** Position of the unfinished first download, and the head when it began. Null when complete. */
  snapshot: { after: string; head: Cursor } | null;
  /** Up to this transaction, sync transactions came from another server and are sent to this one. */
  foreign: number;
  /** Local id up to which no transaction is pending. */
  settled: number;
  /** Visible scope at the last comparison; null if one is due. */
  scope: SyncScope | null;
  /** The server lost part of its history, and records that only this workspace has must be sent again. */
  rewound: boolean;
  /** The generation whose erasures were already fetched. Absent in state written by older versions. */
  erasures?: string;
  paused: boolean;
  diverged: boolean;
  in_step: boolean;
  /** Positions of both logs when their digests were last equal. */
  compared: { id: number; seq: number } | null;
  last_sync: string | null;
}

const key = 'state';

/** Null if the workspace is not shared. */
export function readState(db: ReadHandle): SyncState | null {
  const row = db.get<{ value: string }>('SELECT value FROM sync_state WHERE key = ?', [key]);
  return row ? (JSON.parse(row.value) as SyncState) : null;
}

/** Throws SYNC, reason not_joined. */
export function joinedState(db: ReadHandle): SyncState {
  const state = readState(db);
  if (state) return state;
  throw new Fault('SYNC', {
    reason: 'not_joined',
  });
}

const setValue = `INSERT INTO sync_state (key, value) VALUES (?, ?)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value`;

export function writeState(db: WriteHandle, state: SyncState): void {
  db.run(setValue, [key, JSON.stringify(state)]);
}

/** Records that a profile joined as a user, so that each may undo the other's changes. */
export function noteIdentity(db: WriteHandle, profile: string, user: string): void {
  const known = identitiesIn(db).filter(([of, as]) => of !== profile || as !== user);
  if (profile !== user) db.run(setValue, ['identities', JSON.stringify([...known, [profile, user]])]);
}

/** An erasure that is done on the server and in live, with the work left in this workspace. */
export interface UnfinishedErasure extends Erasure {
  /** Ids of sandboxes that could not be written. */
  sandboxes: string[];
  /** Whether live was rewritten to clear its free pages. */
  rewritten: boolean;
}

export function readUnfinished(db: ReadHandle): UnfinishedErasure[] {
  const row = db.get<{ value: string }>('SELECT value FROM sync_state WHERE key = ?', ['erasing']);
  return row ? (JSON.parse(row.value) as UnfinishedErasure[]) : [];
}

export const writeUnfinished = (db: WriteHandle, all: readonly UnfinishedErasure[]): unknown =>
  all.length === 0
    ? db.run('DELETE FROM sync_state WHERE key = ?', ['erasing'])
    : db.run(setValue, ['erasing', JSON.stringify(all)]);

/** Changes fields of the state and returns it. Throws SYNC, reason not_joined. */
export function changeState(db: WriteHandle, change: Partial<SyncState>): SyncState {
  const state = { ...joinedState(db), ...change };
  writeState(db, state);
  return state;
}

/** Id of the server that was left last; null if none. */
export const leftServer = (db: ReadHandle): string | null =>
  db.get<{ value: string }>('SELECT value FROM sync_state WHERE key = ?', ['left'])?.value ?? null;

/** Forgets the server except for its id, identities, conflicts and quarantine, so that joining it again does not resend refused operations. */
export function forgetServer(db: WriteHandle): void {
  const left = readState(db)?.server_id ?? leftServer(db);
  for (const table of ['sync_operations', 'sync_heads']) db.run(`DELETE FROM ${table}`);
  // Unfinished erasures remain after leaving the server.
  db.run(`DELETE FROM sync_state WHERE key NOT IN ('identities', 'erasing')`);
  if (left !== null) db.run(`INSERT INTO sync_state (key, value) VALUES ('left', ?)`, [left]);
}

/** Forgets conflicts and refused changes, before joining another server, which gets everything. */
export function forgetDecisions(db: WriteHandle): void {
  for (const table of ['sync_conflicts', 'sync_quarantine']) db.run(`DELETE FROM ${table}`);
}
