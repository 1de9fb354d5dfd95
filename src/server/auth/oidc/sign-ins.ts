import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { iso } from '../../db/time.ts';
import type { Expected } from './provider.ts';
import type { SignInProblemCode } from './problem.ts';

/** Seconds from the beginning of a sign-in to its end, whatever comes of it. */
export const longestSignIn = 300;

const newSecret = (): string => randomBytes(32).toString('base64url');
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A sign-in by a university that is under way. It is kept in Postgres: each of its steps may reach another server. */
export interface OidcSignIn extends Expected {
  device: string;
}

/** Begins one. Returns its handle, which only its client has: the state is in the address that the browser shows. */
export async function keepSignIn(
  database: Database,
  time: number,
  { state, nonce, verifier, device }: OidcSignIn,
): Promise<string> {
  const handle = newSecret();
  await database.run('DELETE FROM oidc_sign_ins WHERE expires_at < $1', [iso(time)]);
  await database.run(
    `INSERT INTO oidc_sign_ins (state, handle_hash, nonce, verifier, device, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [state, hashOf(handle), nonce, verifier, device, iso(time + longestSignIn * 1000)],
  );
  return handle;
}

/** The one that a browser comes back for: once, and in time. Null for any other. */
export async function takeSignIn(
  database: Database,
  time: number,
  state: string,
): Promise<OidcSignIn | null> {
  const row = await database.get<OidcSignIn>(
    `UPDATE oidc_sign_ins SET answered = true WHERE state = $1 AND NOT answered AND expires_at > $2
     RETURNING state, nonce, verifier, device`,
    [state, iso(time)],
  );
  return row ?? null;
}

/** Whom the provider named. It counts once the page of the browser has been confirmed with the answer's token, which nobody else has. */
export async function identifySignIn(database: Database, state: string, user: string): Promise<string> {
  const confirmation = newSecret();
  await database.run('UPDATE oidc_sign_ins SET user_id = $2, confirmation_hash = $3 WHERE state = $1', [
    state,
    user,
    hashOf(confirmation),
  ]);
  return confirmation;
}

/** Whoever signed in at the provider says that it was they who began this, or that it was not. Null where there is nothing to confirm, or not any more. */
export async function confirmSignIn(
  database: Database,
  time: number,
  { confirmation, isMine }: { confirmation: string; isMine: boolean },
): Promise<{ user_id: string } | null> {
  const row = await database.get<{ user_id: string }>(
    `UPDATE oidc_sign_ins SET confirmation_hash = NULL, problem = $3 WHERE confirmation_hash = $1 AND expires_at > $2 RETURNING user_id`,
    [hashOf(confirmation), iso(time), isMine ? null : ('denied' satisfies SignInProblemCode)],
  );
  return row ?? null;
}

/** Why nobody is signed in by it. */
export async function refuseSignIn(
  database: Database,
  state: string,
  problem: SignInProblemCode,
): Promise<void> {
  await database.run('UPDATE oidc_sign_ins SET problem = $2 WHERE state = $1', [state, problem]);
}

interface Settled {
  device: string;
  user_id: string | null;
  problem: SignInProblemCode | null;
}

/** What came of the sign-in of a handle, told once; `pending` while nothing has, null where there is no such sign-in, or not any more. */
export async function outcomeOf(
  database: Database,
  time: number,
  handle: string,
): Promise<Settled | 'pending' | null> {
  const of = [hashOf(handle), iso(time)];
  const settled = await database.get<Settled>(
    `DELETE FROM oidc_sign_ins WHERE handle_hash = $1 AND expires_at > $2 AND (problem IS NOT NULL OR user_id IS NOT NULL AND confirmation_hash IS NULL)
     RETURNING device, user_id, problem`,
    of,
  );
  return settled ?? ((await isUnderWay(database, time, handle)) ? 'pending' : null);
}

/** Whether there is such a sign-in, whatever has come of it. */
export async function isUnderWay(database: Database, time: number, handle: string): Promise<boolean> {
  const found = await database.get('SELECT 1 FROM oidc_sign_ins WHERE handle_hash = $1 AND expires_at > $2', [
    hashOf(handle),
    iso(time),
  ]);
  return found !== undefined;
}
