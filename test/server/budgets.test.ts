import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createConnection } from 'node:net';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, expect, test } from 'vitest';
import { operationSchema } from '#shared/sync/operation.ts';
import { tableBudgets } from '#server/operations/storage.ts';
import { describing, store } from './support/files.ts';
import { operation, push } from './support/push.ts';
import { bootstrap, signIn, startServer, testDatabase } from './support/server.ts';
import type { TestServer } from './support/server.ts';

const database = await testDatabase();
const servers: TestServer[] = [];
afterAll(async () => {
  for (const server of servers) await server.stop();
  await database.close();
});
async function fresh(): Promise<TestServer> {
  for (const server of servers.splice(0)) await server.stop();
  await database.run('DELETE FROM rate_limits');
  const server = await startServer(
    { anonymousLimit: 6, tokenLimit: 9, userLimit: 10, operationLimit: 20, requestSeconds: 1 },
    { database },
  );
  servers.push(server);
  return server;
}
const signedIn = await bootstrap(await fresh());

/** Asks for a path as it is written, which `fetch` would normalise. Returns `[status, limit]`. */
async function askRaw({ api }: TestServer, path: string): Promise<[number, string]> {
  const sent = request({
    port: new URL(api.url).port,
    path,
    headers: { authorization: `Bearer ${signedIn.access_token}` },
  });
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  return [answer.statusCode ?? 0, String(answer.headers['x-ratelimit-limit'])];
}

test('a request is charged to the budget of the route that answers it', async () => {
  const server = await fresh();
  for (const path of [
    'sync/../auth/me',
    'sync/%2e%2e/auth/me',
    'sync/./hello',
    'sync\\..\\auth\\me',
    'teams/..',
  ])
    expect(await askRaw(server, `/api/v1/${path}`), path).toEqual([404, '10']);
  expect(await askRaw(server, `/api/v1/sync/hello?schema=${operationSchema}`)).toEqual([200, '20']);
  expect(await askRaw(server, '/api/v1/auth/me')).toEqual([200, '10']);
});

test('unreadable bodies are charged if the token would be in the body', async () => {
  for (const path of ['auth/refresh', 'auth/logout', 'auth/oidc/token']) {
    const { api } = await fresh();
    const statuses: number[] = [];
    for (const body of ['{', '[]', '{}', '{"refresh_token":5}', '{"handle":[]}', 'x', '{', '{}'])
      statuses.push((await api.call('POST', path, { body })).status);
    expect(statuses, path).toEqual([422, 422, 422, 422, 422, 422, 429, 429]);
  }
});

const noted = async (): Promise<number> =>
  (await database.get<{ count: number }>('SELECT count(*) AS count FROM auth_events'))?.count ?? 0;

test('a foreign token next to a token in the body is recorded only while the address has budget', async () => {
  for (const path of ['auth/refresh', 'auth/logout', 'auth/oidc/token']) {
    const { api } = await fresh();
    const before = await noted();
    const foreign = api.as('not.a.token');
    const statuses: number[] = [];
    for (let at = 0; at < 8; at++) statuses.push((await foreign.post(path, {})).status);
    expect(statuses, path).toEqual([422, 422, 422, 422, 422, 422, 429, 429]);
    expect((await noted()) - before, path).toBe(6);
  }
});

test('requests of an ended session are noted only while the address can pay', async () => {
  const server = await fresh();
  const { access_token, refresh_token } = await signIn(server.api, 'admin@example.org');
  await server.api.post('auth/logout', { refresh_token });
  const ended = server.api.as(access_token);
  const before = await noted();
  const statuses: number[] = [];
  // The sign-in was the first of the six that the address has.
  for (let at = 0; at < 4; at++)
    statuses.push((await ended.get(`sync/hello?schema=${operationSchema}`)).status);
  for (let at = 0; at < 3; at++)
    statuses.push((await server.api.post('auth/refresh', { refresh_token })).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
  expect((await noted()) - before).toBe(5);
});

test('requests with a token in the body are charged before the body is read', async () => {
  for (const path of ['auth/refresh', 'auth/logout', 'auth/oidc/token']) {
    const { api } = await fresh();
    await Promise.all(Array.from({ length: 9 }, () => api.post(path, {})));
    const sent = request(`${api.url}/api/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': 100 },
    });
    sent.on('error', () => {});
    sent.flushHeaders();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    expect([answer.statusCode, answer.headers['x-ratelimit-limit']], path).toEqual([429, '9']);
    sent.destroy();
  }
});

test('a body that does not arrive in time is cut off, however slowly it trickles in', async () => {
  const { api } = await fresh();
  const head =
    'POST /api/v1/auth/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{';
  const begin = async () => {
    const socket = createConnection(Number(new URL(api.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(head);
    return socket;
  };
  const silent = await begin();
  const [answer] = (await once(silent, 'data')) as [Buffer];
  expect(String(answer)).toMatch(/^HTTP\/1.1 408 [^]*VALIDATION_ERROR/);
  const trickling = await begin();
  trickling.on('error', () => {});
  const closed = new Promise((resolve) => trickling.on('close', resolve));
  const trickle = setInterval(() => trickling.write(' '), 50);
  await closed;
  clearInterval(trickle);
  expect(trickling.destroyed).toBe(true);
});

test('every table that stores text, JSON or bytes has a budget, or a reason to need none', async () => {
  const tables = await database.all<{ name: string }>(
    `SELECT DISTINCT table_name AS name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type IN ('text', 'bytea', 'jsonb', 'json', 'tsvector', 'ARRAY', 'character varying')`,
  );
  const all = await database.all<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);
  expect(names(tables).filter((name) => !Object.hasOwn(tableBudgets, name))).toEqual([]);
  expect(Object.keys(tableBudgets).filter((name) => !names(all).includes(name))).toEqual([]);
});

test('a user who sends more bytes than the budget is refused before the body is read', async () => {
  await fresh();
  const { config } = servers[0] as TestServer;
  const bounded = await startServer({ ...config, userLimit: 1000, byteLimit: 5 * 65_536 }, { database });
  servers.push(bounded);
  const api = bounded.api.as(signedIn);
  const statuses: number[] = [];
  for (let at = 0; at < 8; at++)
    statuses.push((await api.post('teams', { name: 'A', notes: 'n'.repeat(65_536) })).status);
  expect(statuses).toEqual([201, 201, 201, 201, 201, 429, 429, 429]);
  expect((await api.get('auth/me')).status).toBe(200);
});

test('made-up hashes fill no more than the budgets of their user, and the metrics show it', async () => {
  await fresh();
  const budgets = { waitingBytes: 100, fileBytes: 50, userLimit: 1000, operationLimit: 1000 };
  const server = await startServer(budgets, { database });
  servers.push(server);
  const api = server.api.as(signedIn);
  const files = Array.from({ length: 6 }, (_, at) => Buffer.from(`of twenty bytes: 00${at}`));
  await push(api, [operation(files.map((bytes, at) => describing(`doc_${at}`, bytes, null)))]);
  // The first of two parts each.
  const part = async (bytes: Buffer) => {
    const data = Buffer.alloc(40).toString('base64');
    const path = `sync/files/${hash('sha256', bytes)}/parts`;
    return (await api.post(path, { part: 0, count: 2, data })).status;
  };
  const waiting: number[] = [];
  for (const bytes of files) waiting.push(await part(bytes));
  expect(waiting).toEqual([200, 200, 413, 413, 413, 413]);
  const complete: number[] = [];
  for (const bytes of files) complete.push((await store({ api }, bytes, undefined, 1000)).status);
  expect(complete).toEqual([200, 200, 413, 413, 413, 413]);
  const { body } = await server.api.get<string>('/metrics');
  expect(body).toContain('frames_budget_bytes{budget="files",of="limit"} 50');
  expect(body).toContain('frames_budget_bytes{budget="files",of="largest_user"} 40');
  expect(body).toMatch(/frames_table_bytes\{table="file_contents",budget="files"\} [1-9]/);
});
