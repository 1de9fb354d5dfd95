import type { IDToken } from 'openid-client';
import { email as emailSchema } from '#shared/contract/server/users.ts';
import type { User } from '#shared/contract/server/users.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { maxLengths, withoutControls } from '#shared/domain/limits.ts';
import type { RequestContext } from '../../context.ts';
import { isoTime } from '../../db/time.ts';
import { createUser, userByEmail, userById } from '../../users/store.ts';
import type { OidcConfig } from './config.ts';
import { SignInProblem } from './problem.ts';

/** Finds the user of the claims: by issuer and subject, or by verified email. Else creates the user if the settings allow it. Throws SignInProblem. */
export async function resolveUser(
  context: RequestContext,
  config: OidcConfig,
  claims: IDToken,
): Promise<User> {
  const { database } = context.services;
  const user =
    (await findByIdentity(context, claims)) ?? (await findOrCreateByEmail(context, config, claims));
  if (!user.active) throw new SignInProblem('inactive');
  const { iss, sub } = claims;
  // Unlinks the identity from a deleted account.
  await database.run(
    `DELETE FROM identities i USING users u WHERE u.id = i.user_id AND u.deleted_at IS NOT NULL AND i.issuer = $1 AND i.subject = $2`,
    [iss, sub],
  );
  // An email can pass to another person of the university. The first identity that signed in with it keeps the account.
  await database.run(
    'INSERT INTO identities (issuer, subject, user_id, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [iss, sub, user.id, isoTime(context.services.now())],
  );
  if ((await findByIdentity(context, claims))?.id !== user.id) throw new SignInProblem('other_person');
  return user;
}

async function findByIdentity({ services }: RequestContext, { iss, sub }: IDToken): Promise<User | null> {
  const identity = await services.database.get<{ user_id: string }>(
    `SELECT user_id FROM identities JOIN users ON users.id = user_id AND deleted_at IS NULL WHERE issuer = $1 AND subject = $2`,
    [iss, sub],
  );
  return identity ? userById(services.database, identity.user_id) : null;
}

async function findOrCreateByEmail(
  context: RequestContext,
  config: OidcConfig,
  claims: IDToken,
): Promise<User> {
  const { database } = context.services;
  const emailVerified: unknown = claims['email_verified'];
  const email = emailSchema.safeParse(claims['email']).data;
  // Some providers send `email_verified` as text.
  if (email === undefined || (emailVerified !== true && emailVerified !== 'true'))
    throw new SignInProblem('unverified');
  const account = await userByEmail(database, email);
  if (account) return account.user;
  // A user removed by an admin does not get a new account by signing in again.
  const formerIdentity = await database.get('SELECT 1 FROM identities WHERE issuer = $1 AND subject = $2', [
    claims.iss,
    claims.sub,
  ]);
  if (formerIdentity) throw new SignInProblem('inactive');
  const university_id = universityIdOf(config, claims, email);
  const { newRole: role } = config;
  // Only the bootstrap token creates the first admin.
  const hasUsers = await database.get('SELECT 1 FROM users LIMIT 1');
  if (role === null || university_id === null || !hasUsers) throw new SignInProblem('unknown');
  const name = nameOf(claims, email);
  try {
    return await createUser(context, {
      email,
      password: null,
      name,
      role,
      university_id,
      sees: 'university',
    });
  } catch (error) {
    // The settings can name an unknown university.
    if (error instanceof ServerFault && error.code === 'VALIDATION_ERROR')
      throw new SignInProblem('unknown', { cause: error });
    // A concurrent sign-in created the user, perhaps of the same person in another window.
    const isEmailTaken = error instanceof ServerFault && error.code === 'EMAIL_TAKEN';
    const concurrentAccount = isEmailTaken ? await userByEmail(database, email) : undefined;
    if (!concurrentAccount) throw error;
    return concurrentAccount.user;
  }
}

/** Returns the id of the user's university; null if the claims do not name it. */
export function universityIdOf(
  { universityClaim, universities }: OidcConfig,
  claims: Readonly<Record<string, unknown>>,
  email: string,
): string | null {
  const claim = universityClaim === null ? email.slice(email.lastIndexOf('@') + 1) : claims[universityClaim];
  const keys = [claim].flat().filter((value) => typeof value === 'string');
  for (const key of [...keys.map((value) => value.toLowerCase()), '*'])
    if (Object.hasOwn(universities, key)) return universities[key] ?? null;
  return null;
}

function nameOf(claims: IDToken, email: string): string {
  const claimedName =
    typeof claims['name'] === 'string' ? withoutControls(claims['name'].toWellFormed()) : '';
  return (claimedName || email).slice(0, maxLengths.name).toWellFormed();
}
