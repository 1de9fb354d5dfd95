import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { operation } from './base.ts';
import { auditAction } from './history.ts';
import { streamOf } from './progress.ts';
import { auditedType, jsonValue, moment, payload } from './record.ts';
import { password, user } from './server/users.ts';

/** What is shared with a server: `all`, or one university by its id; a join takes its name, too. */
const share = z.string();

/**
 * Where a workspace stands with its server. `off`: it shares with none; `offline`: the server cannot be reached just now; `paused`: by somebody here;
 * `signed_out`: nobody is signed in, and nothing here is lost by that; `diverged`: the server's history is not the one that was known.
 */
export const syncState = z.enum(['off', 'idle', 'syncing', 'offline', 'paused', 'signed_out', 'diverged']);

export const syncStatus = z.object({
  state: syncState,
  /** Null where it shares with no server. */
  server: z
    .object({
      url: z.string(),
      user,
      share,
      /** They signed in by their university, and not with a password. */
      by_university: z.boolean(),
    })
    .nullable(),
  /** Changes that were made here and that the server is not known to have. */
  pending: z.number(),
  /** Open conflicts: values that did not stay, to be looked at. */
  conflicts: z.number(),
  /** Changes that the server refused. */
  quarantined: z.number(),
  /** Nothing is pending and both sides had equal digests when they were last compared. */
  in_step: z.boolean(),
  /** When this workspace last heard all that the server has. */
  last_sync: moment.nullable(),
  /** Why it could not sync the last time, as a code of the text catalogue. */
  problem: z.string().nullable(),
  /** Others at the server who have a record open just now. */
  people: z.array(z.object({ name: z.string(), record: z.object({ type: z.string(), id: z.string() }) })),
});
export type SyncStatus = z.infer<typeof syncStatus>;

export const status = operation.input(z.object({})).output(syncStatus);

/** The status now, and at each change of it. */
export const watch = operation.input(z.object({})).output(eventIterator(syncStatus));

const joining = z.object({ url: z.url({ protocol: /^https?$/ }), share: share.default('all') });

/**
 * Joins a server, and syncs for the first time; a join that was interrupted goes on. With `bootstrap` the first admin is made by the token that the server
 * printed. With `oidc` somebody signs in by their university: progress says which page is to be opened. Throws SYNC, INVALID, CANCELLED.
 */
export const join = operation
  .input(
    z.union([
      joining.extend({ oidc: z.literal(true) }),
      joining.extend({
        email: z.string().trim().min(1).max(254),
        password: z.string().min(1).max(1024),
        bootstrap: z.object({ token: z.string().min(1), name: z.string().trim().min(1) }).optional(),
      }),
    ]),
  )
  .output(streamOf(syncStatus));

/** Signs in again. Throws SYNC. */
export const signIn = operation.input(z.object({ password: z.string().min(1).max(1024) })).output(syncStatus);

/** Signs in again by the university: progress says which page is to be opened. Throws SYNC, CANCELLED. */
export const signInByUniversity = operation.input(z.object({})).output(streamOf(syncStatus));

/** Changes the password at the server of whoever is signed in, by the current one; their sessions elsewhere end. Throws SYNC, INVALID. */
export const changePassword = operation
  .input(z.object({ current: z.string().min(1).max(1024), password }))
  .output(z.object({}));

/** Tells others at the server which record is open here; null for none. Nothing happens where nobody can be told. */
export const open = operation.input(z.object({ id: z.string().nullable() })).output(z.object({}));

/** Syncs once. Throws SYNC, CANCELLED. */
export const now = operation.input(z.object({})).output(streamOf(syncStatus));

/**
 * Fetches the file of a document, or its version with that hash, from the server, unless it is on this computer. The text becomes searchable. Throws NOT_FOUND,
 * SYNC (file_away, no_file, …), CANCELLED.
 */
export const fetchFile = operation
  .input(
    z.object({
      id: z.string(),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
    }),
  )
  .output(streamOf(z.object({ fetched: z.boolean() })));

export const pause = operation.input(z.object({ paused: z.boolean() })).output(syncStatus);

/** Ends the session on this computer. All records stay, and what was not sent is sent after the next sign-in. */
export const signOut = operation.input(z.object({})).output(syncStatus);

/** The workspace shares with the server no more. All records stay. Throws SYNC, reason unsent, where something was not sent, unless that is meant to stay here. */
export const leave = operation
  .input(
    z.object({
      keep_unsent: z.boolean().default(false),
      /** Deletes at the server, for everybody, what this workspace shares and its person may delete; here all of it stays. */
      delete_remote: z.boolean().default(false),
    }),
  )
  .output(syncStatus);

const record = z.object({ type: auditedType, id: z.string(), title: z.string() });

/** A value that did not stay, or that replaced another one. */
const conflict = z.object({
  id: z.string(),
  record,
  field: z.string(),
  kind: z.enum(['older', 'newer', 'deleted', 'deletes']),
  /** The value that did not stay, and the one that did; undefined where the field was not there. */
  lost: jsonValue.optional(),
  won: jsonValue.optional(),
  /** Who wrote them. */
  lost_by: z.string(),
  won_by: z.string(),
  at: moment,
  state: z.enum(['open', 'kept', 'chosen']),
});
export type SyncConflict = z.infer<typeof conflict>;

export const conflicts = operation
  .input(z.object({ all: z.boolean().default(false) }))
  .output(z.object({ conflicts: z.array(conflict) }));

/** Keeps what is there, or chooses the value that did not stay: then that is a change like others. Throws NOT_FOUND, FORBIDDEN, INVALID. */
export const resolve = operation
  .input(z.object({ id: z.string(), choose: z.enum(['kept', 'lost']) }))
  .output(z.object({ op_id: z.string().nullable() }));

/** What a refused change did to a record: a field that is in neither side did not change. */
const refusedRecord = record.extend({
  action: auditAction,
  before: payload.nullable(),
  after: payload.nullable(),
});

/** A change that the server refused. The records are as the server has them; what the person typed is kept here. */
const quarantined = z.object({
  op_id: z.string(),
  label: z.string(),
  params: jsonValue,
  code: z.string(),
  message: z.string(),
  at: moment,
  made_at: moment,
  by: z.string(),
  records: z.array(refusedRecord),
  changes: z.number(),
  state: z.enum(['open', 'accepted', 'withdrawn']),
});
export type Quarantined = z.infer<typeof quarantined>;

export const quarantine = operation
  .input(z.object({ all: z.boolean().default(false) }))
  .output(z.object({ operations: z.array(quarantined) }));

/** Accepts that it was refused, or makes the change anew, where it is permitted by now. Throws NOT_FOUND, FORBIDDEN, UNDO_CONFLICT. */
export const settle = operation
  .input(z.object({ op_id: z.string(), as: z.enum(['accept', 'retry']) }))
  .output(z.object({ op_id: z.string().nullable() }));

const difference = z.object({
  record,
  /** Where it is, or differs. */
  kind: z.enum(['only_here', 'only_there', 'differs']),
  fields: z.array(z.string()),
  /** Why: it is pending, in conflict or refused; null where nothing of that explains it. */
  reason: z.enum(['pending', 'refused']).nullable(),
});

const comparison = z.object({
  in_step: z.boolean(),
  compared: z.number(),
  round_trips: z.number(),
  differences: z.array(difference),
});
export type SyncComparison = z.infer<typeof comparison>;

/** What is different from the server, and why. Nothing is written. Throws SYNC, CANCELLED. */
export const compare = operation.input(z.object({})).output(streamOf(comparison));

/**
 * Syncs, with a server whose history is another one from its beginning, and takes over its values of what differs then without reason. Throws SYNC,
 * CANCELLED.
 */
export const repair = operation.input(z.object({})).output(streamOf(comparison));
