import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';

const issuer = 'frames';

const keys = new Map<string, Uint8Array>();

/** Derives a separate key for each use of the secret. */
function keyOf(secret: string, use: 'access' | 'refresh' | 'bootstrap'): Uint8Array {
  const cacheKey = `${use} ${secret}`;
  const key = keys.get(cacheKey) ?? new Uint8Array(hkdfSync('sha256', secret, 'frames', use, 32));
  keys.set(cacheKey, key);
  return key;
}

/** Derives the token that creates the first admin of a server. */
export const bootstrapTokenOf = (secret: string, serverId: string): string =>
  createHmac('sha256', keyOf(secret, 'bootstrap'))
    .update(serverId)
    .digest()
    .subarray(0, 24)
    .toString('base64url');

/** Signs an access token. Requests verify it without a query, except for whether the session is still valid. */
export function signAccess(
  { secret, seconds, now }: { secret: string; seconds: number; now: number },
  { user, session }: { user: string; session: string },
): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({ sid: session })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(issuer)
    .setSubject(user)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + seconds)
    .sign(keyOf(secret, 'access'));
}

interface VerifiedToken {
  user: string;
  session: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Tokens whose signature was verified, by secret and token, because clients reuse a token for 15 minutes. Times are checked each time. */
const verifiedTokens = new Map<string, VerifiedToken>();
const maxVerifiedTokens = 10_000;

/** Reads user and session of an access token. `expired` if it is valid but too old; null if it is forged. `now` in milliseconds since 1970. */
export async function readAccess(
  token: string,
  { secret, now }: { secret: string; now: number },
): Promise<{ user: string; session: string } | 'expired' | null> {
  const cacheKey = `${secret} ${token}`;
  const cachedToken = verifiedTokens.get(cacheKey);
  if (cachedToken && now < cachedToken.expiresAt)
    return { user: cachedToken.user, session: cachedToken.session };
  try {
    const { payload } = await jwtVerify(token, keyOf(secret, 'access'), {
      algorithms: ['HS256'],
      typ: 'at+jwt',
      issuer,
      audience: issuer,
      requiredClaims: ['exp'],
      currentDate: new Date(now),
    });
    const { sub, sid, exp = 0 } = payload;
    if (typeof sub !== 'string' || typeof sid !== 'string') return null;
    if (verifiedTokens.size >= maxVerifiedTokens) verifiedTokens.clear();
    verifiedTokens.set(cacheKey, { user: sub, session: sid, expiresAt: exp * 1000 });
    return { user: sub, session: sid };
  } catch (error) {
    return error instanceof errors.JWTExpired ? 'expired' : null;
  }
}

/** Derives the refresh token of a turn of a session from the secret. It is not stored, and a repeated refresh returns the same token. */
export function refreshToken(secret: string, session: string, turn: number): string {
  const body = `${session}.${turn}`;
  return `${body}.${createHmac('sha256', keyOf(secret, 'refresh')).update(body).digest('base64url')}`;
}

/** Returns session and turn of a refresh token; null if it is forged. */
export function readRefresh(secret: string, token: string): { session: string; turn: number } | null {
  const [session = '', turnText = ''] = token.split('.');
  const turn = Number(turnText);
  if (!Number.isSafeInteger(turn)) return null;
  const [actual, expected] = [Buffer.from(token), Buffer.from(refreshToken(secret, session, turn))];
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? { session, turn } : null;
}
