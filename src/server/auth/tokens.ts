import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';

const issuer = 'frames';

const keys = new Map<string, Uint8Array>();

/** Derives a separate key for each use of the secret. */
function keyOf(secret: string, use: 'access' | 'refresh'): Uint8Array {
  const name = `${use} ${secret}`;
  const key = keys.get(name) ?? new Uint8Array(hkdfSync('sha256', secret, 'frames', use, 32));
  keys.set(name, key);
  return key;
}

/** Signs an access token. Requests verify it without a query, except for whether the session is still valid. */
export function signAccess(
  { secret, seconds, now }: { secret: string; seconds: number; now: number },
  { user, session }: { user: string; session: string },
): Promise<string> {
  const issued = Math.floor(now / 1000);
  return new SignJWT({ sid: session })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(issuer)
    .setSubject(user)
    .setIssuedAt(issued)
    .setExpirationTime(issued + seconds)
    .sign(keyOf(secret, 'access'));
}

interface Verified {
  user: string;
  session: string;
  /** Milliseconds since 1970. */
  expires: number;
}

/** Tokens with a valid signature, by secret and token, because clients reuse a token for 15 minutes. Times and sessions are checked each time. */
const verified = new Map<string, Verified>();
const maxVerified = 10_000;

/** Reads user and session of an access token. `expired` if it is valid but too old; null if it is forged. `now` in milliseconds since 1970. */
export async function readAccess(
  token: string,
  { secret, now }: { secret: string; now: number },
): Promise<{ user: string; session: string } | 'expired' | null> {
  const name = `${secret} ${token}`;
  const cached = verified.get(name);
  if (cached && now < cached.expires) return { user: cached.user, session: cached.session };
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
    if (verified.size >= maxVerified) verified.clear();
    verified.set(name, { user: sub, session: sid, expires: exp * 1000 });
    return { user: sub, session: sid };
  } catch (error) {
    return error instanceof errors.JWTExpired ? 'expired' : null;
  }
}

/** Derives the refresh token of a turn of a session from the secret. It is not stored, and a repeated refresh returns the same token. */
export function refreshToken(secret: string, session: string, turn: number): string {
  const facts = `${session}.${turn}`;
  return `${facts}.${createHmac('sha256', keyOf(secret, 'refresh')).update(facts).digest('base64url')}`;
}

/** Returns session and turn of a refresh token; null if it is forged. */
export function readRefresh(secret: string, token: string): { session: string; turn: number } | null {
  const [session = '', text = ''] = token.split('.');
  const turn = Number(text);
  if (!Number.isSafeInteger(turn)) return null;
  const [actual, expected] = [Buffer.from(token), Buffer.from(refreshToken(secret, session, turn))];
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? { session, turn } : null;
}
