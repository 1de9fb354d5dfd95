import type { IDToken } from 'openid-client';
import { email as emailSchema } from '#shared/contract/server/users.ts';
import type { User } from '#shared/contract/server/users.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { longest, withoutControls } from '#shared/domain/limits.ts';
import type { RequestContext } from '../../context.ts';
import { iso } from '../../db/time.ts';
import { createUser, userByEmail, userById } from '../../users/store.ts';
import type { OidcConfig } from './config.ts';
import { SignInProblem } from './problem.ts';

/**
 * Who the claims are of: known by issuer and subject, else by an email that the provider has verified, else made where their university is known and that is
 * allowed. Throws SignInProblem.
 */
export async function userOf(context: RequestContext, config: OidcConfig, claims: IDToken): Promise<User> {
  const { database } = context.services;
  const user = (await byIdentity(context, claims)) ?? (await byEmail(context, config, claims));
  if (!user.active) throw new SignInProblem('inactive');
  const { iss, sub } = claims;
  // Somebody who was deleted, and has an account again.
  await database.run(
    `DELETE FROM identities i USING users u WHERE u.id = i.user_id AND u.deleted_at IS NOT NULL AND i.issuer = $1 AND i.subject = $2`,
    [iss, sub],
  );
  // An address may have gone to another person of the university: whoever signed in with it first is who has the account.
  await database.run(
    'INSERT INTO identities (issuer, subject, user_id, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [iss, sub, user.id, iso(context.services.now())],
  );
  if ((await byIdentity(context, claims))?.id !== user.id) throw new SignInProblem('other_person');
  return user;
}

async function byIdentity({ services }: RequestContext, { iss, sub }: IDToken): Promise<User | null> {
  const known = await services.database.get<{ user_id: string }>(
    `SELECT user_id FROM identities JOIN users ON users.id = user_id AND deleted_at IS NULL WHERE issuer = $1 AND subject = $2`,
    [iss, sub],
  );
  return known ? userById(services.database, known.user_id) : null;
}

async function byEmail(context: RequestContext, config: OidcConfig, claims: IDToken): Promise<User> {
  const { database } = context.services;
  const verified: unknown = claims['email_verified'];
  const email = emailSchema.safeParse(claims['email']).data;
  // Some providers write it as text.
  if (email === undefined || (verified !== true && verified !== 'true'))
    throw new SignInProblem('unverified');
  const found = await userByEmail(database, email);
  if (found) return found.user;
  // Whose access an admin ended does not get another account by signing in once more.
  const former = await database.get('SELECT 1 FROM identities WHERE issuer = $1 AND subject = $2', [
    claims.iss,
    claims.sub,
  ]);
  if (former) throw new SignInProblem('inactive');
  const university_id = universityOf(config, claims, email);
  const { newRole: role } = config;
  // The first admin is made by the bootstrap token, as long as there is nobody.
  const isBegun = await database.get('SELECT 1 FROM users LIMIT 1');
  if (role === null || university_id === null || !isBegun) throw new SignInProblem('unknown');
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
    // The settings name a university that does not exist here.
    if (error instanceof ServerFault && error.code === 'VALIDATION_ERROR')
      throw new SignInProblem('unknown', { cause: error });
    // Somebody was faster, maybe the same person in another window.
    const made = error instanceof ServerFault && error.code === 'EMAIL_TAKEN';
    const other = made ? await userByEmail(database, email) : undefined;
    if (!other) throw error;
    return other.user;
  }
}

/** The id here of the university that somebody is of; null where nobody said which. */
export function universityOf(
  { universityClaim, universities }: OidcConfig,
  claims: Readonly<Record<string, unknown>>,
  email: string,
): string | null {
  const said = universityClaim === null ? email.slice(email.lastIndexOf('@') + 1) : claims[universityClaim];
  const keys = [said].flat().filter((one) => typeof one === 'string');
  for (const key of [...keys.map((one) => one.toLowerCase()), '*'])
    if (Object.hasOwn(universities, key)) return universities[key] ?? null;
  return null;
}

function nameOf(claims: IDToken, email: string): string {
  const said = typeof claims['name'] === 'string' ? withoutControls(claims['name'].toWellFormed()) : '';
  return (said || email).slice(0, longest.name).toWellFormed();
}
