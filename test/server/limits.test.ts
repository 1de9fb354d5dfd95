import { afterAll, expect, test } from 'vitest';
import type { SignInResult } from '#shared/contract/server/auth.ts';
import { create, hello, operation } from './support/push.ts';
import { bootstrap, startServer, testDatabase } from './support/server.ts';
import type { TestServer } from './support/server.ts';

const database = await testDatabase();
const limits = { anonymousLimit: 8, userLimit: 12, operationLimit: 20 };
const servers: TestServer[] = [];
afterAll(async () => {
  for (const server of servers) await server.stop();
  await database.close();
});

/** Two servers over the same database, with budgets that nobody has touched. */
async function twoServers(): Promise<[TestServer, TestServer]> {
  // Each holds a connection, of which the database has few.
  for (const server of servers.splice(0)) await server.stop();
  await database.run('DELETE FROM rate_limits');
  const two = [await startServer(limits, { database }), await startServer(limits, { database })] as const;
  servers.push(...two);
  return [...two];
}

const signedIn = await bootstrap((await twoServers())[1]);
const left = (headers: Headers): number => Number(headers.get('x-ratelimit-remaining'));

test('requests without a token have a small budget over all servers of one database', async () => {
  const [first, second] = await twoServers();
  const statuses: number[] = [];
  for (let at = 0; at < 10; at++) {
    const { status, headers } = await (at % 2 ? first : second).api.get('auth/me');
    statuses.push(status);
    expect(headers.get('x-ratelimit-limit')).toBe('8');
    expect(left(headers)).toBe(Math.max(0, 7 - at));
    const reset = Number(headers.get('x-ratelimit-reset')) - Date.now() / 1000;
    expect(reset).toBeGreaterThan(3500);
    expect(reset).toBeLessThanOrEqual(3601);
  }
  expect(statuses).toEqual([...Array.from({ length: 8 }, () => 401), 429, 429]);
  const { status, body, headers } = await first.api.post('auth/token', { email: 'a', password: 'b' });
  expect([status, body.error.code]).toEqual([429, 'RATE_LIMITED']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(3500);
  expect(body.error.details['retry_after']).toBe(Number(headers.get('retry-after')));
});

test('of many at once each is charged, and no more pass than the budget allows', async () => {
  const [first, second] = await twoServers();
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, at) => (at % 2 ? first : second).api.as(signedIn).get('auth/me')),
  );
  const byStatus = Map.groupBy(answers, ({ status }) => status);
  const remaining = (byStatus.get(200) ?? []).map(({ headers }) => left(headers));
  expect(remaining.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at));
  expect(byStatus.get(429)).toHaveLength(12);
});

test('a user has a separate budget, independent of address and false tokens', async () => {
  const [first, second] = await twoServers();
  const api = first.api.as(signedIn);
  const forged = first.api.as(`${signedIn.access_token.slice(0, -4)}AAAA`);
  for (let at = 0; at < 12; at++) expect((await api.get('auth/me')).status).toBe(200);
  expect((await api.get('auth/me')).status).toBe(429);
  expect((await second.api.as(signedIn).get('auth/me')).status).toBe(429);
  expect((await first.api.get('auth/me')).status).toBe(401);
  expect((await forged.get('auth/me')).headers.get('x-ratelimit-limit')).toBe('8');
});

test('a body beyond the budget is not read', async () => {
  const [first] = await twoServers();
  for (let at = 0; at < 8; at++) await first.api.get('auth/me');
  expect(await first.api.refusal('POST', 'auth/token', '{')).toEqual([429, 'RATE_LIMITED']);
  const api = first.api.as(signedIn);
  for (let at = 0; at < 12; at++) await api.get('auth/me');
  expect(await api.refusal('POST', 'teams', '{')).toEqual([429, 'RATE_LIMITED']);
});

test('sync is counted in operations, besides the requests', async () => {
  const [first] = await twoServers();
  const api = first.api.as(signedIn);
  const { generation } = await hello(api);
  const push = (count: number) => {
    const operations = Array.from({ length: count }, (_, at) =>
      operation([create('team', `team_${crypto.randomUUID()}_${at}`, { name: 'A', university_id: null })]),
    );
    return api.post('sync/push', { generation, clock_offset: 0, operations });
  };
  const one = await push(15);
  expect([one.status, one.headers.get('x-ratelimit-limit'), left(one.headers)]).toEqual([200, '20', 4]);
  const two = await push(9);
  expect([two.status, two.body.error.code]).toEqual([429, 'RATE_LIMITED']);
  expect((await api.get('auth/me')).status).toBe(200);
});

test('a refresh with a token that is ours is not paid for by the address', async () => {
  const [first] = await twoServers();
  for (let at = 0; at < 9; at++) await first.api.get('auth/me');
  const { refresh_token } = signedIn;
  expect((await first.api.post<SignInResult>('auth/refresh', { refresh_token })).status).toBe(200);
  expect((await first.api.post('auth/refresh', { refresh_token: 'a.1.b' })).status).toBe(429);
});

test('the budget is new after its time', async () => {
  const [first, second] = await twoServers();
  for (let at = 0; at < 8; at++) await first.api.get('auth/me');
  expect((await first.api.get('auth/me')).status).toBe(429);
  await database.run('UPDATE rate_limits SET expire = expire - 3600000');
  // The first server remembers until when the budget was spent.
  expect((await second.api.get('auth/me')).status).toBe(401);
});

test('liveness is free', async () => {
  const [first] = await twoServers();
  for (let at = 0; at < 12; at++) expect((await first.api.get('/livez')).status).toBe(200);
});
