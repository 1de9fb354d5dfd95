import { expect, test } from 'vitest';
import type { Tokens } from '#shared/contract/server/auth.ts';
import { addUser, bootstrap, serverOfFile } from '../support/server.ts';

const server = await serverOfFile();
const admin = server.api.as(await bootstrap(server));

const refresh = (refresh_token: string) => server.api.post<Tokens>('auth/refresh', { refresh_token });
const next = async (refresh_token: string): Promise<string> =>
  (await refresh(refresh_token)).body.refresh_token;

test('each refresh gives another token, and the former gives the same successor until that one is used', async () => {
  const { signedIn } = await addUser(admin, { role: 'viewer' });
  const first = signedIn.refresh_token;
  const second = await next(first);
  expect(second).not.toBe(first);
  // The answer was lost: whoever asks again has lost nothing.
  expect(await next(first)).toBe(second);
  expect(await next(first)).toBe(second);
  const third = await next(second);
  expect(third).not.toBe(second);
  expect(await next(second)).toBe(third);
});

test('a token older than that ends the session, also for the holder of the newest', async () => {
  const { signedIn, api } = await addUser(admin, { role: 'viewer' });
  const first = signedIn.refresh_token;
  const second = await next(first);
  const third = await next(second);
  expect(await server.api.refusal('POST', 'auth/refresh', { refresh_token: first })).toEqual([
    401,
    'SESSION_REVOKED',
  ]);
  for (const refresh_token of [first, second, third])
    expect(await server.api.refusal('POST', 'auth/refresh', { refresh_token })).toEqual([
      401,
      'INVALID_CREDENTIALS',
    ]);
  expect(await api.refusal('GET', 'auth/me')).toEqual([401, 'UNAUTHORIZED']);
});

test('many at once get the same successor', async () => {
  const { signedIn } = await addUser(admin, { role: 'viewer' });
  const answers = await Promise.all(Array.from({ length: 12 }, () => next(signedIn.refresh_token)));
  expect(new Set(answers).size).toBe(1);
});

test('a token of another turn, session or server is refused', async () => {
  const { signedIn } = await addUser(admin, { role: 'viewer' });
  const [session, turn, mac] = signedIn.refresh_token.split('.');
  const forged = [
    `${session}.${Number(turn) + 1}.${mac}`,
    `${session}.${turn}.${'A'.repeat(43)}`,
    `${session}.${turn}`,
    `${session}.1e1.${mac}`,
    `${session}. ${turn}.${mac}`,
    `other.${turn}.${mac}`,
    '',
    '..',
  ];
  for (const refresh_token of forged)
    expect(await server.api.refusal('POST', 'auth/refresh', { refresh_token }), refresh_token).toEqual([
      401,
      'INVALID_CREDENTIALS',
    ]);
  expect((await refresh(signedIn.refresh_token)).status).toBe(200);
});
