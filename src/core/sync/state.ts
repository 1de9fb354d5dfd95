import type { NetworkProblem } from '#shared/contract/fault-data.ts';
import type { EmptiedRecord, Erasure, SyncScope } from '#shared/contract/server/sync.ts';
import type { User } from '#shared/contract/server/users.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { ReadHandle, WriteHandle } from '../kernel/db/connection.ts';
import { identitiesIn } from '../log/session.ts';

export interface Cursor {
  seq: number;
  hash: string;
}

export interface SyncState {
  url: string;
  server_id: string;
  user: User;
  /** Signed in through the university. Absent, as in older state, means by password. */
  by_university?: boolean;
  /** `all`, or the id of a university. */
  share: string;
  generation: string;
  /** All operations up to this point are in this workspace. */
  cursor: Cursor;
  /** During the first download: its position, and the head of the history when the download began. */
  snapshot: { after: string; head: Cursor } | null;
  /** Sync's own transactions up to this one came from another server, and are sent to this one like all others. */
  foreign: number;
  /** All transactions up to this one are acknowledged or will not be sent. */
  settled: number;
  /** The user's scope at the last comparison; null forces a new comparison. */
  scope: SyncScope | null;
  /** The server lost its history after a number. Changes since then that only this workspace has are sent again. */
  rewound: boolean;
  /** The generation whose erasures were already fetched. Absent in state written by older versions. */
  erasures?: string;
  /** When the server last found a file damaged, so that files are offered again. Absent if never. */
  files_damaged?: string | null;
  /** Whether people may approve their own repairs there. Absent from older servers. */
  own_approval?: boolean;
  /** Hashes of files that the server refused at the last upload. Absent in state written by older versions. */
  files_refused?: string[];
  paused: boolean;
  diverged: boolean;
  in_step: boolean;
  /** Positions of both logs when their digests were equal. The digests are compared again once a log has moved. */
  compared: { id: number; seq: number } | null;
  last_sync: string | null;
  /** Why the last sync failed, for other processes; null if it succeeded. Absent in state written by older versions. */
  failure?: SyncFailure | null;
}

export interface SyncFailure {
  /** A reason of SYNC, or `internal`. */
  problem: string;
  network?: NetworkProblem | undefined;
  at: string;
}

const stateKey = 'state';

export function readState(db: ReadHandle): SyncState | null {
  const row = db.get<{ value: string }>('SELECT value FROM sync_state WHERE key = ?', [stateKey]);
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

const setValueQuery = `INSERT INTO sync_state (key, value) VALUES (?, ?)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value`;

export function writeState(db: WriteHandle, state: SyncState): void {
  db.run(setValueQuery, [stateKey, JSON.stringify(state)]);
}

/** Records that a profile joined as a user: each can undo the other's changes. */
export function recordIdentity(db: WriteHandle, profile: string, user: string): void {
  const identities = identitiesIn(db).filter(
    ([profileId, userId]) => profileId !== profile || userId !== user,
  );
  if (profile !== user)
    db.run(setValueQuery, ['identities', JSON.stringify([...identities, [profile, user]])]);
}

/** An erased person, with the remaining work in this workspace. */
export interface UnfinishedErasure extends Erasure {
  /** Ids of sandboxes that could not be written. */
  sandboxes: string[];
  /** The remainders of emptied texts, for sandboxes that could not be written. Absent in state written by older versions. */
  records?: EmptiedRecord[];
  /** Live was rewritten, so that its free space holds no erased values. */
  rewritten: boolean;
}

export function readUnfinished(db: ReadHandle): UnfinishedErasure[] {
  const row = db.get<{ value: string }>('SELECT value FROM sync_state WHERE key = ?', ['erasing']);
  return row ? (JSON.parse(row.value) as UnfinishedErasure[]) : [];
}

export const writeUnfinished = (db: WriteHandle, unfinished: readonly UnfinishedErasure[]): unknown =>
  unfinished.length === 0
    ? db.run('DELETE FROM sync_state WHERE key = ?', ['erasing'])
    : db.run(setValueQuery, ['erasing', JSON.stringify(unfinished)]);

/** Changes the given fields and returns the state. Throws SYNC, reason not_joined. */
export function changeState(db: WriteHandle, change: Partial<SyncState>): SyncState {
  const state = { ...joinedState(db), ...change };
  writeState(db, state);
  return state;
}

/** The server that was left last, or null. */
export const leftServer = (db: ReadHandle): string | null =>
  db.get<{ value: string }>('SELECT value FROM sync_state WHERE key = ?', ['left'])?.value ?? null;

/** Deletes the server's state except its identity, who joined, and unfinished erasures. Conflicts and refused operations stay. */
export function deleteServerState(db: WriteHandle): void {
  const leftServerId = readState(db)?.server_id ?? leftServer(db);
  for (const table of ['sync_operations', 'sync_heads']) db.run(`DELETE FROM ${table}`);
  db.run(`DELETE FROM sync_state WHERE key NOT IN ('identities', 'erasing')`);
  if (leftServerId !== null) db.run(`INSERT INTO sync_state (key, value) VALUES ('left', ?)`, [leftServerId]);
}

/** Deletes conflicts and refused operations, which mean nothing to another server. */
export function deleteDecisions(db: WriteHandle): void {
  for (const table of ['sync_conflicts', 'sync_quarantine']) db.run(`DELETE FROM ${table}`);
}
