import type { Erasure, SyncScope } from '#shared/contract/server/sync.ts';
import type { User } from '#shared/contract/server/users.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { ReadHandle, WriteHandle } from '../kernel/db/connection.ts';
import { identitiesIn } from '../log/session.ts';

/** A number of the server's history, and the hash there. */
export interface Cursor {
  seq: number;
  hash: string;
}

/** What this workspace knows of the server that it shares with. */
export interface SyncState {
  url: string;
  server_id: string;
  user: User;
  /** They signed in by their university; not there, as before it was noted: with a password. */
  by_university?: boolean;
  /** `all`, or the id of a university. */
  share: string;
  generation: string;
  /** Everything up to here is in this workspace. */
  cursor: Cursor;
  /** Of the first download, as long as it is not complete: up to where it is here, and the history's head when it began. */
  snapshot: { after: string; head: Cursor } | null;
  /** Up to this transaction what sync itself wrote came from another server: to this one it is what everything else here is. */
  foreign: number;
  /** All transactions up to this one, by its id here, are acknowledged or not to be sent. */
  settled: number;
  /** What may be seen at the server, when that was last compared; null where it has to be compared anew. */
  scope: SyncScope | null;
  /** The server lost what came after a number of its history: what only this workspace has since is given to it again. */
  rewound: boolean;
  /** The generation whose erasures were already fetched. Absent in state written by older versions. */
  erasures?: string;
  paused: boolean;
  diverged: boolean;
  in_step: boolean;
  /** Where both logs were when their digests were equal: nothing is compared again before one has moved. */
  compared: { id: number; seq: number } | null;
  last_sync: string | null;
}

const key = 'state';

/** Null where the workspace shares with no server. */
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

/** Notes that the person with that profile joined as that user: what either has changed, both may undo. */
export function noteIdentity(db: WriteHandle, profile: string, user: string): void {
  const known = identitiesIn(db).filter(([of, as]) => of !== profile || as !== user);
  if (profile !== user) db.run(setValue, ['identities', JSON.stringify([...known, [profile, user]])]);
}

/** A person who was erased at the server and from live, and what is left to do in this workspace. */
export interface UnfinishedErasure extends Erasure {
  /** Ids of sandboxes that could not be written. */
  sandboxes: string[];
  /** Live was rewritten: nothing is left in its free space. */
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

/** Changes what is known; what is not given stays. Returns it. Throws SYNC, reason not_joined. */
export function changeState(db: WriteHandle, change: Partial<SyncState>): SyncState {
  const state = { ...joinedState(db), ...change };
  writeState(db, state);
  return state;
}

/** The server that was left last; null where none was. */
export const leftServer = (db: ReadHandle): string | null =>
  db.get<{ value: string }>('SELECT value FROM sync_state WHERE key = ?', ['left'])?.value ?? null;

/**
 * Forgets what is known of the server, but for which it was and who joined as whom. What somebody has to decide, or has decided, stays: whoever joins that
 * server again is not to send what it has refused.
 */
export function forgetServer(db: WriteHandle): void {
  const left = readState(db)?.server_id ?? leftServer(db);
  for (const table of ['sync_operations', 'sync_heads']) db.run(`DELETE FROM ${table}`);
  // Unfinished erasures remain after leaving the server.
  db.run(`DELETE FROM sync_state WHERE key NOT IN ('identities', 'erasing')`);
  if (left !== null) db.run(`INSERT INTO sync_state (key, value) VALUES ('left', ?)`, [left]);
}

/** Forgets conflicts and refused changes: they are nothing to another server, which is offered everything. */
export function forgetDecisions(db: WriteHandle): void {
  for (const table of ['sync_conflicts', 'sync_quarantine']) db.run(`DELETE FROM ${table}`);
}
