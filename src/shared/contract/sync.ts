import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { operation } from './base.ts';
import { sentence } from '../texts/sentence.ts';
import { faults, networkProblem } from './fault-data.ts';
import { auditAction } from './history.ts';
import { streamOf } from './progress.ts';
import { auditedType, jsonValue, moment, payload } from './record.ts';
import { password, user } from './server/users.ts';
import { withDisplay } from './display-rules.ts';

/** The scope of sharing: `all`, or the id of one university; a join also accepts its name. */
const share = z.string();

/** `off`: no server. `paused`: by a user here. `signed_out`: nothing is lost. `diverged`: the server's history differs. */
export const syncState = z.enum(['off', 'idle', 'syncing', 'offline', 'paused', 'signed_out', 'diverged']);

export const syncStatus = z.object({
  state: syncState,
  server: z
    .object({
      url: z.string(),
      user,
      share,
      /** Whether the user signed in through their university, without a password. */
      by_university: z.boolean(),
    })
    .nullable(),
  /** Local changes not confirmed by the server. */
  pending: z.number(),
  /** Open conflicts: values that lost, to be reviewed. */
  conflicts: z.number(),
  quarantined: z.number(),
  /** Documents whose file the server refused, by title; absent if there is none. */
  refused_files: z.array(z.string()).optional(),
  /** Whether nothing is pending and both sides had equal digests at the last comparison. */
  in_step: z.boolean(),
  /** When this workspace last had all of the server's data. */
  last_sync: moment.nullable(),
  /** Why the last sync failed, as a code of the text catalogue. */
  problem: z.string().nullable(),
  /** For `unreachable` and `no_server`: what failed. */
  network: networkProblem.optional(),
  /** When the last sync failed, perhaps in another process; absent if it succeeded. */
  last_failure: moment.optional(),
  /** Others who are connected to the server, each with their open record. */
  people: z.array(z.object({ name: z.string(), record: z.object({ type: z.string(), id: z.string() }) })),
});
export type SyncStatus = z.infer<typeof syncStatus>;

export const status = operation.input(z.object({})).output(syncStatus);

export const watch = operation.input(z.object({})).output(eventIterator(syncStatus));

const joinInput = z.object({ url: z.string().min(1).max(2048), share: share.default('all') });

/** Joins a server, or resumes joining. `bootstrap` is the token for the first admin. `oidc`: progress has the page to open. */
export const join = operation
  .input(
    z.union([
      joinInput.extend({ oidc: z.literal(true) }),
      joinInput.extend({
        email: z.string().trim().min(1).max(254),
        password: z.string().min(1).max(1024),
        bootstrap: z.object({ token: z.string().min(1), name: z.string().trim().min(1) }).optional(),
      }),
    ]),
  )
  .output(streamOf(syncStatus));

/** Signs in again. Throws SYNC. */
export const signIn = operation.input(z.object({ password: z.string().min(1).max(1024) })).output(syncStatus);

/** Signs in again through the university: progress has the page to open. Throws SYNC, CANCELLED. */
export const signInByUniversity = operation.input(z.object({})).output(streamOf(syncStatus));

/** Changes the user's password at the server; ends their other sessions. Requires the current password. Throws SYNC, INVALID. */
export const changePassword = operation
  .input(z.object({ current: z.string().min(1).max(1024), password }))
  .output(z.object({}));

/** Announces the open record to others at the server; null for none. Does nothing without a connection. */
export const announceOpenRecord = operation
  .input(z.object({ id: z.string().nullable() }))
  .output(z.object({}));

/** The steps of reaching a server, in order. */
export const checkSteps = [
  'address',
  'proxy',
  'name',
  'connection',
  'encryption',
  'server',
  'clock',
  'hints',
  'account',
] as const;
export type CheckStep = (typeof checkSteps)[number];

const connectionCheck = z.object({
  url: z.string(),
  ok: z.boolean(),
  steps: z.array(
    z.object({
      step: z.enum(checkSteps),
      state: z.enum(['ok', 'warning', 'failed', 'skipped']),
      finding: sentence.nullable(),
      /** For a failed step: what failed and what to do. */
      problem: faults.SYNC.data.nullable(),
    }),
  ),
});
export type ConnectionCheck = z.infer<typeof connectionCheck>;

/** Checks step by step whether a server is reached; by default the joined one, with its sign-in. Changes nothing. Throws SYNC (`not_joined`). */
export const check = operation.input(z.object({ url: z.string().optional() })).output(connectionCheck);

/** Syncs once. Throws SYNC, CANCELLED. */
export const runOnce = operation.input(z.object({})).output(streamOf(syncStatus));

/** Downloads a document's file unless it is on this computer; its text becomes searchable. Throws NOT_FOUND, SYNC, CANCELLED. */
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

/** Ends the session on this computer. Records stay, and unsent changes are sent after the next sign-in. */
export const signOut = operation.input(z.object({})).output(syncStatus);

/** Disconnects from the server; records stay. Throws SYNC (`unsent`) if changes are unsent, unless `keep_unsent` is set. */
export const leave = operation
  .input(
    z.object({
      keep_unsent: z.boolean().default(false),
      /** Deletes the workspace's shared data at the server for everybody, as far as the user is allowed to; the local data stays. */
      delete_remote: z.boolean().default(false),
    }),
  )
  .output(syncStatus);

const record = z.object({ type: auditedType, id: z.string(), title: z.string() });

/** A value that lost, or that replaced another one. */
const conflict = withDisplay(
  z.object({
    id: z.string(),
    record,
    field: z.string(),
    kind: z.enum(['older', 'newer', 'deleted', 'deletes']),
    /** The losing and the winning value; undefined if the field was absent. */
    lost: jsonValue.optional(),
    won: jsonValue.optional(),
    lost_by: z.string(),
    won_by: z.string(),
    at: moment,
    state: z.enum(['open', 'kept', 'chosen']),
  }),
  {
    columns: [
      'id',
      ['record.title', 'Record'],
      'field',
      'kind',
      ['won', 'Current'],
      ['won_by', 'By'],
      ['lost', 'Replaced'],
      ['lost_by', 'By'],
    ],
  },
);
export type SyncConflict = z.infer<typeof conflict>;

export const conflicts = operation
  .input(z.object({ all: z.boolean().default(false) }))
  .output(z.object({ conflicts: z.array(conflict) }));

/** Keeps the current value, or writes the value that lost as a new change. Throws NOT_FOUND, FORBIDDEN, INVALID. */
export const resolve = operation
  .input(z.object({ id: z.string(), choose: z.enum(['kept', 'lost']) }))
  .output(z.object({ op_id: z.string().nullable() }));

/** A rejected change of a record. A field on neither side did not change. */
const refusedRecord = record.extend({
  action: auditAction,
  before: payload.nullable(),
  after: payload.nullable(),
});

/** A change that the server rejected. Records have the server's state; the user's edit is kept here. */
const quarantinedChange = z.object({
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
export type QuarantinedChange = z.infer<typeof quarantinedChange>;

export const quarantine = operation
  .input(z.object({ all: z.boolean().default(false) }))
  .output(z.object({ operations: z.array(quarantinedChange) }));

/** Accepts the rejection, or makes the change again if it is now permitted. Throws NOT_FOUND, FORBIDDEN, INVALID. */
export const resolveRejected = operation
  .input(z.object({ op_id: z.string(), as: z.enum(['accept', 'retry']) }))
  .output(z.object({ op_id: z.string().nullable() }));

const difference = z.object({
  record,
  /** Where the record exists if only on one side; else `differs`. */
  kind: z.enum(['only_here', 'only_there', 'differs']),
  fields: z.array(z.string()),
  /** The cause: a pending, conflicting or rejected change; null if unexplained. */
  reason: z.enum(['pending', 'refused']).nullable(),
});

const comparison = z.object({
  in_step: z.boolean(),
  compared: z.number(),
  round_trips: z.number(),
  differences: z.array(difference),
});
export type SyncComparison = z.infer<typeof comparison>;

/** Differences from the server with their causes. Read-only. Throws SYNC, CANCELLED. */
export const compare = operation.input(z.object({})).output(streamOf(comparison));

/** Syncs, from the beginning if needed, and takes the server's values of unexplained differences. Throws SYNC, CANCELLED. */
export const repair = operation.input(z.object({})).output(streamOf(comparison));
