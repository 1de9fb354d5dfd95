import { ServerFault } from '#shared/contract/server/faults.ts';
import type { SignedInContext } from '../context.ts';
import { iso } from '../db/time.ts';
import { userByEmail } from '../users/store.ts';
import { recordAuthEvent } from './events.ts';
import { attemptSignIn } from './lockout.ts';
import { hashPassword, isPassword } from './passwords.ts';

/**
 * Changes the caller's own password and ends their other sessions. Wrong passwords count as failed sign-ins, so an open session does not allow guessing.
 * Throws INVALID_CREDENTIALS, ACCOUNT_LOCKED.
 */
export async function changeOwnPassword(
  context: SignedInContext,
  input: { password: string; new_password: string },
): Promise<void> {
  const { services, caller } = context;
  const { database, hints, now } = services;
  const { id, email, session } = caller;
  const account = await userByEmail(database, email);
  if (
    !(await attemptSignIn(context, email, () => isPassword(account?.password_hash ?? null, input.password)))
  ) {
    await recordAuthEvent(context, { event: 'password_refused', user: id, email });
    throw new ServerFault('INVALID_CREDENTIALS', 'That is not your current password.', {});
  }
  const [password_hash, time] = [await hashPassword(input.new_password), iso(now())];
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
  await recordAuthEvent(context, { event: 'password', user: id, email });
  hints.publishUserChange(id);
}
