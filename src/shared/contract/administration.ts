import { z } from 'zod';
import { maxLengths } from '../domain/limits.ts';
import { id, operation } from './base.ts';
import type { OutputOf } from './base.ts';
import * as admin from './server/admin.ts';
import * as audit from './server/audit.ts';
import * as hook from './server/hooks.ts';
import { pageOf } from './server/base.ts';
import * as status from './server/status.ts';
import * as users from './server/users.ts';

/* Administration of the server, for admins; own sessions for everybody. Nothing is stored in the workspace. All throw SYNC. */

const userFields = z.object({
  name: z.string().trim().min(1).max(maxLengths.name),
  email: users.email,
  role: users.role,
  university_id: id.nullable(),
  sees: z.enum(['all', 'university']),
});

export const listUsers = operation.input(z.object({})).output(z.object({ users: z.array(users.user) }));

/** Throws INVALID. */
export const createUser = operation.input(userFields.extend({ password: users.password })).output(users.user);

/** Omitted fields keep their values. A new password or deactivation ends the user's sessions. Throws INVALID. */
export const updateUser = operation
  .input(
    userFields.partial().extend({ id, password: users.password.optional(), active: z.boolean().optional() }),
  )
  .output(users.user);

export const sessions = operation
  .input(z.object({ user: id }))
  .output(z.object({ sessions: z.array(users.session) }));

/** Ends a session at once; no error if it has ended already. */
export const revokeSession = operation.input(z.object({ id })).output(z.object({}));

/** State and statistics of the server. Those of the database and of files are null if the server is too old to report them. */
export const serverStatus = operation.input(z.object({})).output(
  z.object({
    status: status.serverStatus,
    database: z.object({ health: admin.databaseHealth, stats: admin.databaseStats }).nullable(),
    files: admin.filesReport.nullable(),
  }),
);
export type ServerFigures = OutputOf<typeof serverStatus>;

export const vacuum = operation.input(z.object({})).output(z.object({ milliseconds: z.number() }));

export const backups = operation
  .input(z.object({}))
  .output(z.object({ backups: z.array(admin.serverBackup) }));

/** The running or last backup or restore, and when the next backup is due. */
export const backupStatus = operation
  .input(z.object({}))
  .output(z.object({ job: admin.serverJob.nullable(), next: z.string().nullable() }));

export const backUp = operation.input(z.object({})).output(admin.serverJob);

/** Starts to replace everything on the server with a backup. `confirm` repeats the backup's id. */
export const restore = operation.input(z.object({ backup: id, confirm: id })).output(admin.serverJob);

const pageInput = z.object({ page: z.number().int().min(1).default(1), person: id.nullable().default(null) });

export const changes = operation.input(pageInput).output(pageOf(audit.auditedChange));

export const signIns = operation.input(pageInput).output(pageOf(audit.signIn));

/** Access to personal data and database actions of admins, newest first. */
export const access = operation.input(pageInput).output(pageOf(audit.accessEvent));

/** Webhooks of the server. `address` is where one receives, or sends to. */
export const hooks = operation
  .input(z.object({}))
  .output(z.object({ hooks: z.array(hook.hook.extend({ address: z.string() })) }));
export type Hook = OutputOf<typeof hooks>['hooks'][number];

/** Throws INVALID. */
export const createHook = operation
  .input(hook.newHook)
  .output(hook.changedHook.extend({ address: z.string() }));

/** `resend` sends dead deliveries again, and turns the webhook on. */
export const changeHook = operation
  .input(z.object({ id, action: z.enum(['rotate', 'remove', 'resend', 'test']) }))
  .output(hook.changedHook);
