import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { iso } from '../../db/time.ts';
import type { Expected } from './provider.ts';
import type { SignInProblemCode } from './problem.ts';

/** Seconds from the beginning of a sign-in to its end, whatever comes of it. */
export const longestSignIn = 300;

const hashOf = (handle: string): string => createHash('sha256').update(handle).digest('hex');

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
  const handle = randomBytes(32).toString('base64url');
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

/** What came of it. */
export async function settleSignIn(
  database: Database,
  state: string,
  { user, problem }: { user: string | null; problem: SignInProblemCode | null },
): Promise<void> {
  await database.run('UPDATE oidc_sign_ins SET user_id = $2, problem = $3 WHERE state = $1', [
    state,
    user,
    problem,
  ]);
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
    `DELETE FROM oidc_sign_ins WHERE handle_hash = $1 AND expires_at > $2 AND (user_id IS NOT NULL OR problem IS NOT NULL)
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
