import { z } from 'zod';
import { maxLengths } from '../../domain/limits.ts';
import { vocabulary } from '../../domain/vocabulary.ts';
import { operation, pageOf, paging } from './base.ts';

export const role = z.enum(vocabulary.role);
export const email = z.email().max(254).toLowerCase();
/** At least twelve characters: length makes a password strong (NIST SP 800-63B). */
export const password = z.string().min(12).max(1024);

export const user = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  university_id: z.string().nullable(),
  /** Scope of visible data: everything, or only their own university. */
  sees: z.enum(['all', 'university']),
  active: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type User = z.infer<typeof user>;

const userFields = z.object({
  name: z.string().trim().min(1).max(maxLengths.name),
  role,
  university_id: z.string().min(1).max(maxLengths.id).nullable().default(null),
  sees: z.enum(['all', 'university']).default('all'),
});

/** For admins, like all operations that change users. */
export const create = operation
  .route({ method: 'POST', path: '/users', successStatus: 201, summary: 'Make a user', tags: ['Users'] })
  .input(userFields.extend({ email, password }))
  .output(user);

export const list = operation
  .route({ method: 'GET', path: '/users', summary: 'List users', tags: ['Users'] })
  .input(
    paging.extend({
      sort_by: z.enum(['name', 'email', 'role', 'created_at', 'updated_at']).default('created_at'),
    }),
  )
  .output(pageOf(user));

const params = z.object({ id: z.string().min(1).max(maxLengths.id) });
const inputStructure = 'detailed';

export const get = operation
  .route({ method: 'GET', path: '/users/{id}', summary: 'Read a user', tags: ['Users'], inputStructure })
  .input(z.object({ params }))
  .output(user);

/** Omitted fields keep their values. A new password or deactivation ends the user's sessions. */
export const update = operation
  .route({ method: 'PATCH', path: '/users/{id}', summary: 'Change a user', tags: ['Users'], inputStructure })
  .input(
    z.object({
      params,
      body: z.object({
        email: email.optional(),
        password: password.optional(),
        name: userFields.shape.name.optional(),
        role: role.optional(),
        university_id: userFields.shape.university_id.unwrap().optional(),
        sees: z.enum(['all', 'university']).optional(),
        active: z.boolean().optional(),
      }),
    }),
  )
  .output(user);

/** Like `update`, but replaces all fields except the password; omitted ones get their defaults. */
export const replace = operation
  .route({
    method: 'PUT',
    path: '/users/{id}',
    summary: 'Replace all fields of a user',
    tags: ['Users'],
    inputStructure,
  })
  .input(
    z.object({
      params,
      body: userFields.extend({ email, password: password.optional(), active: z.boolean().default(true) }),
    }),
  )
  .output(user);

/** Removes a user from all lists, blocks sign-in, and frees the email address. The id stays, because the history refers to it. */
export const remove = operation
  .route({
    method: 'DELETE',
    path: '/users/{id}',
    summary: 'Delete a user',
    tags: ['Users'],
    inputStructure,
    successStatus: 204,
  })
  .input(z.object({ params }))
  .output(z.void());

export const session = z.object({
  id: z.string(),
  device: z.string(),
  created_at: z.string(),
  /** When the session's tokens were last refreshed. */
  used_at: z.string(),
  expires_at: z.string(),
  current: z.boolean(),
});
export type Session = z.infer<typeof session>;

/** Sessions of a user. For the user and admins. */
export const sessions = operation
  .route({
    method: 'GET',
    path: '/users/{id}/sessions',
    summary: 'Where a user is signed in',
    description: 'Only an admin reads the sessions of others.',
    tags: ['Users'],
    inputStructure,
  })
  .input(z.object({ params }))
  .output(z.object({ data: z.array(session) }));

/** Ends a session at once. For the user and admins. */
export const revokeSession = operation
  .route({
    method: 'DELETE',
    path: '/sessions/{id}',
    summary: 'End a session',
    description: 'Only an admin ends a session of somebody else.',
    tags: ['Users'],
    inputStructure,
    successStatus: 204,
  })
  .input(z.object({ params }))
  .output(z.void());
