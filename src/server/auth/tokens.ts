import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';

const issuer = 'frames';

const keys = new Map<string, Uint8Array>();

/** A key of its own for each use of the server's secret. */
function keyOf(secret: string, use: 'access' | 'refresh'): Uint8Array {
  const name = `${use} ${secret}`;
  const key = keys.get(name) ?? new Uint8Array(hkdfSync('sha256', secret, 'frames', use, 32));
  keys.set(name, key);
  return key;
}

/** An access token: it says whose session it is of and is not asked back but for whether that goes on. */
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

/**
 * Tokens whose signature was found right, by secret and token: a client sends the same one with every request of a quarter of an hour. Only the signature is
 * remembered; time and session are checked each time.
 */
const verified = new Map<string, Verified>();
const mostVerified = 10_000;

/** Whose session an access token is of; `expired` for one of ours that is over, null for one that is not ours or was altered. `now` in milliseconds since 1970. */
export async function readAccess(
  token: string,
  { secret, now }: { secret: string; now: number },
): Promise<{ user: string; session: string } | 'expired' | null> {
  const name = `${secret} ${token}`;
  const known = verified.get(name);
  if (known && now < known.expires) return { user: known.user, session: known.session };
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
    if (verified.size >= mostVerified) verified.clear();
    verified.set(name, { user: sub, session: sid, expires: exp * 1000 });
    return { user: sub, session: sid };
  } catch (error) {
    return error instanceof errors.JWTExpired ? 'expired' : null;
  }
}

/**
 * The refresh token of a turn of a session. It is made from the server's secret, so nothing of it is stored, and asking twice for the successor
 * gives the same one.
 */
export function refreshToken(secret: string, session: string, turn: number): string {
  const facts = `${session}.${turn}`;
  return `${facts}.${createHmac('sha256', keyOf(secret, 'refresh')).update(facts).digest('base64url')}`;
}

/** Which turn of which session a refresh token is of; null where it is not ours. */
export function readRefresh(secret: string, token: string): { session: string; turn: number } | null {
  const [session = '', text = ''] = token.split('.');
  const turn = Number(text);
  if (!Number.isSafeInteger(turn)) return null;
  const [given, ours] = [Buffer.from(token), Buffer.from(refreshToken(secret, session, turn))];
  return given.length === ours.length && timingSafeEqual(given, ours) ? { session, turn } : null;
}
