import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { assertEncrypted, configDefaults, configFromEnvironment } from '#server/config.ts';
import type { ServerConfig } from '#server/config.ts';
import { startServer, testDatabase } from '../support/server.ts';

test('a stopping server is not ready first, finishes running requests, and takes no more', async () => {
  const server = await startServer({ drainSeconds: 0.4 });
  // Hashing a password takes longer than stopping would.
  const started = server.api.post('auth/token', { email: 'a@example.org', password: 'x' });
  const stopped = server.stop();
  expect((await server.api.get('/readyz')).status).toBe(503);
  expect((await server.api.get('/livez')).status).toBe(200);
  expect((await started).status).toBe(401);
  await stopped;
  await expect(server.api.get('/livez')).rejects.toThrow('fetch failed');
});

test('a request that stays open is cut off in the end, and the server still ends', async () => {
  const database = await testDatabase();
  const server = await startServer({}, { database, endMilliseconds: 11_000 });
  const socket = createConnection(Number(new URL(server.api.url).port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(
    'POST /api/v1/auth/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
  );
  await setTimeout(200);
  await server.stop();
  await database.close();
  expect(database.pool.totalCount).toBe(0);
});

test('an idle connection does not delay the stop', async () => {
  const server = await startServer();
  const socket = createConnection(Number(new URL(server.api.url).port), '127.0.0.1');
  await once(socket, 'connect');
  const closed = once(socket, 'close');
  const start = performance.now();
  await server.stop();
  await closed;
  expect(performance.now() - start).toBeLessThan(5000);
});

test('servers that end as soon as they have begun give all connections back', async () => {
  const database = await testDatabase();
  // Each listens on a connection of the owner's, of which there are 14.
  const stops = Array.from({ length: 13 }, async () => (await startServer({}, { database })).stop());
  await Promise.all(stops);
  await database.close();
  expect(database.pool.totalCount).toBe(0);
});

test('overload is refused for a moment, in the shape of all errors', async () => {
  const server = await startServer({ overloadMilliseconds: 15 });
  const answerWhileBusy = () => {
    const until = performance.now() + 200;
    while (performance.now() < until);
    return server.api.get('auth/me');
  };
  let answer = await answerWhileBusy();
  // The server looks once a second at how far it lags behind.
  while (answer.status !== 503) answer = await answerWhileBusy();
  const { body, headers } = answer;
  expect(body.error.code).toBe('UNAVAILABLE');
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  for (const path of ['/livez', '/metrics']) expect((await server.api.get(path)).status, path).toBe(200);
  // It takes requests again by itself once it has less to do.
  while (answer.status === 503) answer = await server.api.get('auth/me');
  expect(answer.status).toBe(401);
  await server.stop();
  // Servers of tests share a computer, and switch this off; a server of its own has it.
  expect(
    configFromEnvironment({ DATABASE_URL: 'postgres://a/b', FRAMES_SECRET: 'x'.repeat(32) }).config,
  ).toMatchObject({
    overloadMilliseconds: 1000,
  });
});

test('plain HTTP does not leave this computer unless configured', () => {
  const config = (over: Partial<ServerConfig>): ServerConfig => ({
    ...configDefaults,
    host: '0.0.0.0',
    port: 0,
    secret: '',
    ...over,
  });
  const refused = (over: Partial<ServerConfig>): boolean => {
    try {
      assertEncrypted(config(over));
      return false;
    } catch {
      return true;
    }
  };
  for (const host of ['0.0.0.0', '::', '192.168.1.5', 'frames.example.org', '127.0.0.1.example.org', ''])
    expect(refused({ host }), host).toBe(true);
  for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', '::1'])
    expect(refused({ host }), host).toBe(false);
  expect(refused({ behindProxy: true })).toBe(false);
  expect(refused({ allowHttp: true })).toBe(false);
  expect(refused({ tls: { cert: '', key: '' } })).toBe(false);
});

test('behind a proxy its client address counts, and without one no header does', async () => {
  const addressOf = async (behindProxy: boolean): Promise<string | undefined> => {
    const server = await startServer({ behindProxy });
    const headers = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7' };
    await server.api.call('POST', 'auth/token', { body: { email: 'a', password: 'b' }, headers });
    const row = await server.database.get<{ address: string }>('SELECT address FROM auth_events');
    await server.stop();
    return row?.address;
  };
  expect(await addressOf(true)).toBe('198.51.100.7');
  expect(await addressOf(false)).toBe('127.0.0.1');
});

test('TLS is 1.3 and nothing older', async () => {
  const [cert, key] = ['cert', 'key'].map((part) =>
    readFileSync(join(import.meta.dirname, `../fixtures/tls-${part}.pem`), 'utf8'),
  ) as [string, string];
  const server = await startServer({ tls: { cert, key } });
  const { port } = new URL(server.api.url);
  expect(server.api.url).toMatch(/^https:/);
  const status = await new Promise((resolve, reject) => {
    get(`${server.api.url}/livez`, { ca: cert, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', reject);
  });
  expect(status).toBe(200);
  const old = await new Promise((resolve) => {
    const socket = connect({ port: Number(port), host: '127.0.0.1', ca: cert, maxVersion: 'TLSv1.2' });
    socket.on('secureConnect', () => resolve('connected'));
    socket.on('error', ({ message }) => resolve(message));
  });
  expect(old).toMatch(/alert protocol version/);
  await server.stop();
});
