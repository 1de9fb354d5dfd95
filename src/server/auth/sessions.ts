import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Tokens } from '#shared/contract/server/auth.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { Caller, RequestContext, Services } from '../context.ts';
import { Batcher } from '../batcher.ts';
import { isLoopback } from '#shared/domain/safe-url.ts';
import { isoTime } from '../db/time.ts';
import { readAccess, readRefresh, refreshToken, signAccess } from './tokens.ts';
import { recordAuthEvent, recordRefusedToken } from './events.ts';

/** Begins a session of a user on a device. Returns its first tokens. */
export async function beginSession(services: Services, user: string, device: string): Promise<Tokens> {
  const { database, config, now } = services;
  const [session, time] = [randomUUID(), now()];
  await database.run(
    `INSERT INTO sessions (id, user_id, device, created_at, used_at, expires_at) VALUES ($1, $2, $3, $4, $4, $5)`,
    [session, user, device, isoTime(time), isoTime(time + config.sessionSeconds * 1000)],
  );
  return createTokens(services, { user, session, turn: 1 });
}

async function createTokens(
  { config, now }: Services,
  { user, session, turn }: { user: string; session: string; turn: number },
): Promise<Tokens> {
  const { secret, accessSeconds: seconds } = config;
  return {
    access_token: await signAccess({ secret, seconds, now: now() }, { user, session }),
    refresh_token: refreshToken(secret, session, turn),
    token_type: 'Bearer',
    expires_in: seconds,
  };
}

/** The session’s turn, which numbers its refresh tokens, after a refresh. Null for a token older than the previous one: it counts as stolen. */
export const turnAfter = (turn: number, sessionTurn: number): number | null =>
  turn < sessionTurn - 1 ? null : Math.max(sessionTurn, turn + 1);

interface SessionRow {
  user_id: string;
  turn: number;
}

const selectSession = `SELECT s.user_id, s.turn FROM sessions s JOIN users u ON u.id = s.user_id
  WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND u.active`;

/** Refreshes a session’s tokens. The previous token gets the same ones again; an older one counts as stolen and ends the session. */
export async function refreshSession(context: RequestContext, token: string): Promise<Tokens> {
  const { services } = context;
  const { database, config, now } = services;
  const tokenFacts = readRefresh(config.secret, token);
  await chargeSession(context, tokenFacts?.session);
  if (!tokenFacts) {
    await recordRefusedToken(context, { event: 'refresh_refused', user: null });
    throw notSignedIn();
  }
  const { session, turn } = tokenFacts;
  const outcome = await database.transaction(
    async (sql): Promise<(SessionRow & { isReused: boolean }) | null> => {
      const row = await sql.get<SessionRow>(`${selectSession} FOR UPDATE OF s`, [session, isoTime(now())]);
      if (!row) return null;
      const nextTurn = turnAfter(turn, row.turn);
      if (nextTurn === null) {
        await sql.run('UPDATE sessions SET revoked_at = $2 WHERE id = $1', [session, isoTime(now())]);
        return { ...row, isReused: true };
      }
      await sql.run('UPDATE sessions SET turn = $2, used_at = $3, expires_at = $4 WHERE id = $1', [
        session,
        nextTurn,
        isoTime(now()),
        isoTime(now() + config.sessionSeconds * 1000),
      ]);
      return { ...row, turn: nextTurn, isReused: false };
    },
  );
  if (!outcome) {
    await recordRefusedToken(context, { event: 'refresh_refused', user: null });
    throw notSignedIn();
  }
  if (outcome.isReused) {
    services.hints.publishUserChange(outcome.user_id);
    await recordAuthEvent(context, { event: 'refresh_reused', user: outcome.user_id });
    throw new ServerFault('SESSION_REVOKED', {});
  }
  return createTokens(services, { user: outcome.user_id, session, turn: outcome.turn });
}

/** Charges the session instead of the address, which many users can share. */
function chargeSession({ limits, address }: RequestContext, session: string | undefined): Promise<void> {
  return session === undefined ? limits.charge('address', address) : limits.charge('user', session);
}

/** Ends the session of a refresh token. Returns its user; null if the session had ended or the token is forged, which is recorded. */
export async function endSession(context: RequestContext, token: string): Promise<string | null> {
  const { database, config, now } = context.services;
  const tokenFacts = readRefresh(config.secret, token);
  await chargeSession(context, tokenFacts?.session);
  if (!tokenFacts) {
    await recordRefusedToken(context, { event: 'refresh_refused', user: null });
    return null;
  }
  const row = await database.get<{ user_id: string }>(
    'UPDATE sessions SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING user_id',
    [tokenFacts.session, isoTime(now())],
  );
  if (row) context.services.hints.publishUserChange(row.user_id);
  return row?.user_id ?? null;
}

const selectCallers = `SELECT u.id, u.name, u.email, u.role, u.university_id, u.sees, u.scope_version, s.id AS session
  FROM sessions s JOIN users u ON u.id = s.user_id
  WHERE s.id = ANY ($1::text[]) AND s.revoked_at IS NULL AND s.expires_at > $2 AND u.active`;

/** Looks up the sessions of concurrent requests with one query. */
export function batchSessions({ database, now }: Pick<Services, 'database' | 'now'>): Services['sessions'] {
  return new Batcher(async (requests) => {
    const ids = [...new Set(requests.map(({ session }) => session))];
    const callers = await database.prepared.all<Caller>(selectCallers, [ids, isoTime(now())]);
    return requests.map(({ user, session }) => ({
      status: 'fulfilled',
      value: callers.find((caller) => caller.session === session && caller.id === user) ?? null,
    }));
  }, maxBatchedSessions);
}

const maxBatchedSessions = 100;

/** Reads user and session from the access token without a query. Null if the token is missing, expired or forged. */
export async function readBearer(
  authorization: string | undefined,
  { config, now }: Pick<Services, 'config' | 'now'>,
): Promise<{ user: string; session: string } | null> {
  const token = tokenIn(authorization);
  const bearer = token === undefined ? null : await readAccess(token, { secret: config.secret, now: now() });
  return bearer === 'expired' ? null : bearer;
}

const tokenIn = (authorization: string | undefined): string | undefined =>
  /^Bearer ([\w.-]+)$/i.exec(authorization ?? '')?.[1];

/** Records a forged token. Expired tokens are normal and not recorded. Throws RATE_LIMITED. */
export async function recordForgedToken(
  context: RequestContext,
  authorization: string | undefined,
): Promise<void> {
  const { config, now } = context.services;
  const token = tokenIn(authorization);
  const isGenuine =
    token !== undefined && (await readAccess(token, { secret: config.secret, now: now() })) !== null;
  if (authorization !== undefined && !isGenuine)
    await recordRefusedToken(context, { event: 'bearer_refused', user: null });
}

/** Returns the user of a session; null if it has ended or does not exist. */
export async function findCaller(
  bearer: { user: string; session: string } | null,
  { sessions }: Pick<Services, 'sessions'>,
): Promise<Caller | null> {
  return bearer && sessions.add(bearer);
}

const selectActor = `SELECT id, name, email, role, university_id, sees, scope_version, '' AS session FROM users
  WHERE (id = $1 OR email = lower($1)) AND active AND deleted_at IS NULL`;

/** Reads the user from the header `X-Actor`, on a trial server on loopback. The host must name this computer, which stops DNS rebinding by web pages. */
export async function readActor(
  { 'x-actor': actor, host = '', authorization }: IncomingHttpHeaders,
  { database, config }: Pick<Services, 'database' | 'config'>,
): Promise<Caller | null> {
  const isLocal = isLoopback(config.host) && isLoopback(host.replace(/:\d+$/, ''));
  if (!config.trustsActor || !isLocal || authorization !== undefined || typeof actor !== 'string')
    return null;
  return (await database.get<Caller>(selectActor, [actor])) ?? null;
}

/** Returns the caller. Throws UNAUTHORIZED, RATE_LIMITED. */
export async function requireCaller(context: RequestContext): Promise<Caller> {
  const { bearer, actor, services } = context;
  const caller = actor ?? (await findCaller(bearer, services));
  if (caller) return caller;
  // The session has ended or the user is deactivated.
  if (bearer) await recordRefusedToken(context, { event: 'bearer_refused', user: bearer.user });
  throw unauthorizedError();
}

export const unauthorizedError = (): ServerFault<'UNAUTHORIZED'> => new ServerFault('UNAUTHORIZED', {});

export const notSignedIn = (): ServerFault<'INVALID_CREDENTIALS'> =>
  new ServerFault('INVALID_CREDENTIALS', {});
