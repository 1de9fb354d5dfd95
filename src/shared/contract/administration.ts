import { z } from 'zod';
import { longest } from '../domain/limits.ts';
import { operation } from './base.ts';
import * as admin from './server/admin.ts';
import * as audit from './server/audit.ts';
import { pageOf } from './server/base.ts';
import * as status from './server/status.ts';
import * as users from './server/users.ts';

/*
 * Administration of the server that this workspace shares with, for its admins; one's own sessions are anybody's. Every operation asks the server and keeps nothing here; it is no part of
 * syncing, and works while that is paused. All throw SYNC.
 */

const id = z.string().min(1).max(longest.id);
const person = z.object({
  name: z.string().trim().min(1).max(longest.name),
  email: users.email,
  role: users.role,
  university_id: id.nullable(),
  sees: z.enum(['all', 'university']),
});

/** Everybody who may sign in, or might once, by name. */
export const listUsers = operation.input(z.object({})).output(z.object({ users: z.array(users.user) }));

/** Throws INVALID. */
export const createUser = operation.input(person.extend({ password: users.password })).output(users.user);

/** What is not given stays. A new password, and that they may not sign in any more, end their sessions. Throws INVALID. */
export const updateUser = operation
  .input(person.partial().extend({ id, password: users.password.optional(), active: z.boolean().optional() }))
  .output(users.user);

/** Where somebody is signed in, the session that was used last first. */
export const sessions = operation
  .input(z.object({ user: id }))
  .output(z.object({ sessions: z.array(users.session) }));

/** Ends a session at once; one that has ended already is no error. */
export const revokeSession = operation.input(z.object({ id })).output(z.object({}));

/** How the server is, and its figures; the database's own are null where the server is too old to tell them. */
export const server = operation.input(z.object({})).output(
  z.object({
    status: status.serverStatus,
    database: z.object({ health: admin.databaseHealth, stats: admin.databaseStats }).nullable(),
  }),
);
export type ServerFigures = z.infer<NonNullable<(typeof server)['~orpc']['outputSchema']>>;

/** Gives back room in the server's database. */
export const vacuum = operation.input(z.object({})).output(z.object({ milliseconds: z.number() }));

/** The newest first. */
export const backups = operation
  .input(z.object({}))
  .output(z.object({ backups: z.array(admin.serverBackup) }));

/** The backup or restore that runs or ran last, and when the next backup is due. */
export const backupStatus = operation
  .input(z.object({}))
  .output(z.object({ job: admin.serverJob.nullable(), next: z.string().nullable() }));

/** Begins a backup of the server. */
export const backUp = operation.input(z.object({})).output(admin.serverJob);

/** Begins to put a backup in the place of everything on the server. `confirm` is its id once more. */
export const restore = operation.input(z.object({ backup: id, confirm: id })).output(admin.serverJob);

const page = z.object({ page: z.number().int().min(1).default(1), person: id.nullable().default(null) });

/** Changes of records, newest first; of one person where they are named. */
export const changes = operation.input(page).output(pageOf(audit.auditedChange));

/** Attempts to sign in and what came of them, newest first. */
export const signIns = operation.input(page).output(pageOf(audit.signIn));

/** Who read data about people, and what admins did with the server's database, newest first. */
export const access = operation.input(page).output(pageOf(audit.accessEvent));
