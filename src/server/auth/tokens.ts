import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';

const issuer = 'frames';

/** A key of its own for each use of the server's secret. */
const keyOf = (secret: string, use: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, 'frames', use, 32));

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

/** Whose session an access token is of; `expired` for one of ours that is over, null for one that is not ours or was altered. */
export async function readAccess(
  token: string,
  { secret, now }: { secret: string; now: number },
): Promise<{ user: string; session: string } | 'expired' | null> {
  try {
    const { payload } = await jwtVerify(token, keyOf(secret, 'access'), {
      algorithms: ['HS256'],
      typ: 'at+jwt',
      issuer,
      audience: issuer,
      requiredClaims: ['exp'],
      currentDate: new Date(now),
    });
    const { sub, sid } = payload;
    return typeof sub === 'string' && typeof sid === 'string' ? { user: sub, session: sid } : null;
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
