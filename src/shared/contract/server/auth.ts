import { z } from 'zod';
import { maxLengths } from '../../domain/limits.ts';
import { operation, withoutToken } from './base.ts';
import { email, password, user } from './users.ts';

const tokens = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  token_type: z.literal('Bearer'),
  /** Lifetime of the access token in seconds. */
  expires_in: z.number(),
});
export type Tokens = z.infer<typeof tokens>;

const signInResult = tokens.extend({ user });
export type SignInResult = z.infer<typeof signInResult>;

/** Name of a session for its user, such as "FRAMES on kiwi". */
const device = z.string().trim().max(maxLengths.name).default('');

/** Creates the first admin, once, with the token that the server printed at its latest start. */
export const bootstrap = operation
  .route({
    method: 'POST',
    path: '/auth/bootstrap',
    successStatus: 201,
    summary: 'Make the first admin',
    tags: ['Sign-in'],
    spec: withoutToken,
  })
  .input(
    z.object({
      bootstrap_token: z.string().max(200),
      email,
      password,
      name: z.string().trim().min(1).max(maxLengths.name),
      device,
    }),
  )
  .output(signInResult);

export const token = operation
  .route({ method: 'POST', path: '/auth/token', summary: 'Sign in', tags: ['Sign-in'], spec: withoutToken })
  .input(
    z
      .object({
        email: z.string().max(254).optional(),
        /** Alias of `email` for OAuth clients. */
        username: z.string().max(254).optional(),
        password: z.string().max(1024),
        device,
      })
      .refine((input) => (input.email ?? input.username) !== undefined, {
        path: ['email'],
        message: 'is missing',
      }),
  )
  .output(signInResult);

/** The next pair of tokens. The previous refresh token gives the same pair until that is used; an older one ends the session. */
export const refresh = operation
  .route({
    method: 'POST',
    path: '/auth/refresh',
    summary: 'Get the next tokens',
    tags: ['Sign-in'],
    spec: withoutToken,
  })
  .input(z.object({ refresh_token: z.string().max(500) }))
  .output(tokens);

/** Ends the session of a refresh token; no error for an unknown one. */
export const logout = operation
  .route({
    method: 'POST',
    path: '/auth/logout',
    successStatus: 204,
    summary: 'Sign out',
    tags: ['Sign-in'],
    spec: withoutToken,
  })
  .input(z.object({ refresh_token: z.string().max(500) }))
  .output(z.void());

/** Starts a sign-in through a university. The browser opens `url`; the client polls every `interval` seconds. */
export const oidcStart = operation
  .route({
    method: 'GET',
    path: '/auth/oidc/start',
    summary: 'Begin a sign-in by a university',
    tags: ['Sign-in'],
    spec: withoutToken,
  })
  .input(z.object({ device }))
  .output(z.object({ url: z.string(), handle: z.string(), expires_in: z.number(), interval: z.number() }));

/** The signed-in user, returned once; null while the sign-in is pending. */
export const oidcToken = operation
  .route({
    method: 'POST',
    path: '/auth/oidc/token',
    summary: 'Get the tokens of a sign-in by a university',
    tags: ['Sign-in'],
    spec: withoutToken,
  })
  .input(z.object({ handle: z.string().max(200) }))
  .output(z.object({ signed_in: signInResult.nullable() }));

/** Changes the caller's password. Requires the current one; ends all sessions except the caller's. */
export const changePassword = operation
  .route({
    method: 'POST',
    path: '/auth/password',
    successStatus: 204,
    summary: 'Change your password',
    tags: ['Sign-in'],
  })
  .input(z.object({ password: z.string().max(1024), new_password: password }))
  .output(z.void());

export const me = operation
  .route({ method: 'GET', path: '/auth/me', summary: 'Who is signed in', tags: ['Sign-in'] })
  .output(user);
