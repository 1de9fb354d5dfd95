import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { isoTime } from '../../db/time.ts';
import type { ExpectedAnswer } from './provider.ts';
import type { SignInProblemCode } from './problem.ts';

export const signInLifetimeSeconds = 300;

const newSecret = (): string => randomBytes(32).toString('base64url');
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A pending sign-in. Stored in Postgres, because each step can reach another server. */
export interface OidcSignIn extends ExpectedAnswer {
  device: string;
}

/** Stores a new sign-in. Returns its handle, which only the client gets; the browser gets only the state. */
export async function storeSignIn(
  database: Database,
  time: number,
  { state, nonce, verifier, device }: OidcSignIn,
): Promise<string> {
  const handle = newSecret();
  await database.run('DELETE FROM oidc_sign_ins WHERE expires_at < $1', [isoTime(time)]);
  await database.run(
    `INSERT INTO oidc_sign_ins (state, handle_hash, nonce, verifier, device, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [state, hashOf(handle), nonce, verifier, device, isoTime(time + signInLifetimeSeconds * 1000)],
  );
  return handle;
}

/** Returns the sign-in of a redirect and marks it as answered. Null if it is unknown, has expired, or was answered before. */
export async function consumeSignIn(
  database: Database,
  time: number,
  state: string,
): Promise<OidcSignIn | null> {
  const row = await database.get<OidcSignIn>(
    `UPDATE oidc_sign_ins SET answered = true WHERE state = $1 AND NOT answered AND expires_at > $2
     RETURNING state, nonce, verifier, device`,
    [state, isoTime(time)],
  );
  return row ?? null;
}

/** Stores the user that the provider named. Returns the confirmation token, which only this browser gets. */
export async function identifySignIn(database: Database, state: string, user: string): Promise<string> {
  const confirmation = newSecret();
  await database.run('UPDATE oidc_sign_ins SET user_id = $2, confirmation_hash = $3 WHERE state = $1', [
    state,
    user,
    hashOf(confirmation),
  ]);
  return confirmation;
}

/** Stores whether the user confirmed or rejected the sign-in. Null if the token is unknown, was used, or has expired. */
export async function confirmSignIn(
  database: Database,
  time: number,
  { confirmation, isMine }: { confirmation: string; isMine: boolean },
): Promise<{ user_id: string } | null> {
  const row = await database.get<{ user_id: string }>(
    `UPDATE oidc_sign_ins SET confirmation_hash = NULL, problem = $3 WHERE confirmation_hash = $1 AND expires_at > $2 RETURNING user_id`,
    [hashOf(confirmation), isoTime(time), isMine ? null : ('denied' satisfies SignInProblemCode)],
  );
  return row ?? null;
}

export async function refuseSignIn(
  database: Database,
  state: string,
  problem: SignInProblemCode,
): Promise<void> {
  await database.run('UPDATE oidc_sign_ins SET problem = $2 WHERE state = $1', [state, problem]);
}

interface SignInOutcome {
  device: string;
  user_id: string | null;
  problem: SignInProblemCode | null;
}

/** Returns the outcome of a sign-in and deletes it. `pending` while there is none; null if the sign-in is unknown or has expired. */
export async function consumeOutcome(
  database: Database,
  time: number,
  handle: string,
): Promise<SignInOutcome | 'pending' | null> {
  const values = [hashOf(handle), isoTime(time)];
  const outcome = await database.get<SignInOutcome>(
    `DELETE FROM oidc_sign_ins WHERE handle_hash = $1 AND expires_at > $2 AND (problem IS NOT NULL OR user_id IS NOT NULL AND confirmation_hash IS NULL)
     RETURNING device, user_id, problem`,
    values,
  );
  return outcome ?? ((await hasSignIn(database, time, handle)) ? 'pending' : null);
}

/** Whether a sign-in with this handle exists and has not expired, answered or not. */
export async function hasSignIn(database: Database, time: number, handle: string): Promise<boolean> {
  const row = await database.get('SELECT 1 FROM oidc_sign_ins WHERE handle_hash = $1 AND expires_at > $2', [
    hashOf(handle),
    isoTime(time),
  ]);
  return row !== undefined;
}
