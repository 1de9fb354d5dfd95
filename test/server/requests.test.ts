import { request } from 'node:http';
import { expect, test } from 'vitest';
import { bootstrap, serverOfFile } from './support/server.ts';

const server = await serverOfFile();
const admin = server.api.as(await bootstrap(server));

test('every answer names its request, by the caller’s id if that is valid', async () => {
  const named = await admin.call('GET', 'nowhere', { headers: { 'x-request-id': 'my-request-1' } });
  expect(named.headers.get('x-request-id')).toBe('my-request-1');
  expect(named.body.error).toMatchObject({ code: 'NOT_FOUND', request_id: 'my-request-1', details: {} });
  for (const id of ['short', 'with blank and so on', 'x'.repeat(200)]) {
    const own = await admin.call('GET', 'auth/me', { headers: { 'x-request-id': id } });
    expect(own.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  }
});

test('an unknown route is reported in the shape of all errors', async () => {
  for (const path of ['/nowhere', '/api/v1/nowhere', '/api/v2/auth/me', '/api/v1/auth/%E0%A4%A', '/%', '//'])
    expect((await admin.get(path)).body.error, path).toMatchObject({ message: expect.any(String) as string });
  expect(await admin.refusal('PUT', 'auth/me')).toEqual([404, 'NOT_FOUND']);
});

test('invalid JSON and too large bodies are refused unread', async () => {
  const post = (body: string, headers = {}) => server.api.call('POST', 'auth/token', { body, headers });
  expect((await post('{')).body.error.code).toBe('VALIDATION_ERROR');
  expect((await post('"text"')).body.error.code).toBe('VALIDATION_ERROR');
  expect((await post('[]')).body.error.code).toBe('VALIDATION_ERROR');
  expect((await post('{"__proto__": {"email": "x"}}')).body.error.code).toBe('VALIDATION_ERROR');
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await post('email=a&password=b', form)).body.error.code).toBe('VALIDATION_ERROR');
  const large = await post(JSON.stringify({ email: 'a', password: 'b'.repeat(70_000) }));
  expect([large.status, large.body.error.code]).toEqual([413, 'TOO_LARGE']);
  const deep = await post('['.repeat(30_000) + ']'.repeat(30_000));
  expect(deep.status).toBe(422);
});

test('without a token only sign-in bodies are read', async () => {
  const nobody = server.api;
  for (const api of [nobody, nobody.as(`${admin.token ?? ''}x`)])
    for (const path of ['sync/push', 'teams', 'users/a', 'nowhere'])
      expect(await api.refusal('POST', path, '{'), path).toEqual([401, 'UNAUTHORIZED']);
  expect(await admin.refusal('POST', 'sync/push', '{')).toEqual([422, 'VALIDATION_ERROR']);
  expect(await nobody.refusal('POST', 'auth/token', '{')).toEqual([422, 'VALIDATION_ERROR']);
});

test('a body without an announced length is cut off at the limit', async () => {
  const answer = await new Promise<number | string>((resolve, reject) => {
    const sent = request(`${server.api.url}/api/v1/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    // Whoever goes on sending after the answer is cut off.
    sent.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve('cut off') : reject(error),
    );
    for (let at = 0; at < 40; at++) sent.write(' '.repeat(10_000));
    sent.end();
  });
  expect([413, 'cut off']).toContain(answer);
});

test('a text that Postgres cannot keep is refused, not a fault', async () => {
  expect(
    await server.api.refusal('POST', 'auth/token', { email: 'nul\u0000@example.org', password: 'x' }),
  ).toEqual([422, 'VALIDATION_ERROR']);
  expect(await admin.refusal('GET', 'users/a%00b')).toEqual([422, 'VALIDATION_ERROR']);
});
