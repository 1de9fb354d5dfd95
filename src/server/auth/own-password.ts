import { ServerFault } from '#shared/contract/server/faults.ts';
import type { SignedInContext } from '../context.ts';
import { iso } from '../db/time.ts';
import { userByEmail } from '../users/store.ts';
import { noteAuth } from './events.ts';
import { attempt } from './lockout.ts';
import { hashPassword, isPassword } from './passwords.ts';

/**
 * Changes the caller's own password and ends their other sessions. Whoever found a session open and guesses the password is stopped as at a sign-in.
 * Throws INVALID_CREDENTIALS, ACCOUNT_LOCKED.
 */
export async function changeOwnPassword(
  context: SignedInContext,
  given: { password: string; new_password: string },
): Promise<void> {
  const { services, caller } = context;
  const { database, hints, now } = services;
  const { id, email, session } = caller;
  const found = await userByEmail(database, email);
  if (!(await attempt(context, email, () => isPassword(found?.password_hash ?? null, given.password)))) {
    await noteAuth(context, { event: 'password_refused', user: id, email });
    throw new ServerFault('INVALID_CREDENTIALS', 'That is not your current password.', {});
  }
  const [password_hash, time] = [await hashPassword(given.new_password), iso(now())];
  await database.transaction(async (sql) => {
    await sql.run('UPDATE users SET password_hash = $2, updated_at = $3 WHERE id = $1', [
      id,
      password_hash,
      time,
    ]);
    await sql.run(
      'UPDATE sessions SET revoked_at = $3 WHERE user_id = $1 AND id <> $2 AND revoked_at IS NULL',
      [id, session, time],
    );
  });
  await noteAuth(context, { event: 'password', user: id, email });
  hints.tellOfUser(id);
}
