import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { expect, test, vi } from 'vitest';
import { serverContract } from '#shared/contract/server/index.ts';
import { maxFields, maxRecordBytes } from '#shared/domain/limits.ts';
import { own, populate } from './support/people.ts';
import { create, operation, push } from './support/push.ts';
import { serverOfFile } from './support/server.ts';

const server = await serverOfFile();
const { admin, editor, viewer } = await populate(server);

const withFields = (count: number): Record<string, unknown> => ({
  ...Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, 1])),
  name: 'Large',
});

test('a body with very many fields is refused at once, and others are answered meanwhile', async () => {
  for (const count of [90_000, 300_000]) {
    const asked = admin.refusal('POST', 'teams', withFields(count));
    expect((await server.api.get('/livez')).status).toBe(200);
    expect(await asked).toEqual(count * 11 > maxRecordBytes ? [413, 'TOO_LARGE'] : [422, 'VALIDATION_ERROR']);
  }
});

test('too many fields are refused before the schema looks at each of them', async () => {
  // Checking 100,000 fields one by one is what held up every other request.
  const { body } = await admin.post<{ id: string }>('teams', { name: 'Small' });
  for (const [operation, method, path] of [
    ['create', 'POST', 'teams'],
    ['replace', 'PUT', `teams/${body.id}`],
    ['update', 'PATCH', `teams/${body.id}`],
  ] as const) {
    const schema = serverContract.teams[operation]['~orpc'].inputSchema;
    if (!schema) throw new Error(`${operation} has no schema`);
    const validate = vi.spyOn(schema['~standard'], 'validate');
    await admin.call(method, path, { body: { name: 'Known' } });
    expect(validate, operation).toHaveBeenCalledTimes(1);
    expect(await admin.refusal(method, path, withFields(90_000))).toEqual([422, 'VALIDATION_ERROR']);
    expect(validate, operation).toHaveBeenCalledTimes(1);
  }
});

test('a body that announces more than a megabyte is refused before it is sent', async () => {
  const sent = request(`${server.api.url}/api/v1/teams`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${admin.token}`,
      'content-type': 'application/json',
      'content-length': maxRecordBytes + 1,
    },
  });
  sent.on('error', () => {});
  sent.flushHeaders();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(413);
  sent.destroy();
});

test('a record has at most a thousand fields, by every way in', async () => {
  const made = await admin.post<{ id: string }>('teams', withFields(maxFields - 100));
  expect(made.status).toBe(201);
  const { id } = made.body;
  const more = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`g${at}`, 1]));
  expect(await admin.refusal('PATCH', `teams/${id}`, more)).toEqual([422, 'VALIDATION_ERROR']);
  for (const [method, path] of [
    ['PUT', `teams/${id}`],
    ['POST', 'teams'],
  ] as const)
    expect(await admin.refusal(method, path, withFields(maxFields))).toEqual([422, 'VALIDATION_ERROR']);
  const { body } = await push(admin, [
    operation([create('team', 'team_many', { ...withFields(maxFields) } as never)]),
    operation([create('team', 'team_few', { name: 'Few', university_id: null })]),
  ]);
  expect(body.refused.map(({ code, record }) => [code, record?.id])).toEqual([['too_large', 'team_many']]);
  expect(body.accepted).toHaveLength(1);
});

test('a record has at most a megabyte, also if it grows step by step', async () => {
  const text = 'x'.repeat(maxRecordBytes / 2);
  expect(await admin.refusal('POST', 'teams', { name: 'A', one: text, two: text })).toEqual([
    413,
    'TOO_LARGE',
  ]);
  const { id } = (await admin.post<{ id: string }>('teams', { name: 'A', one: text })).body;
  expect(await admin.refusal('PATCH', `teams/${id}`, { two: text })).toEqual([422, 'VALIDATION_ERROR']);
  const { body } = await push(admin, [
    operation([create('team', 'team_large', { name: 'A', one: text, two: text })]),
  ]);
  expect(body.refused.map(({ code }) => code)).toEqual(['too_large']);
});

test('a missing permission is reported before validation', async () => {
  for (const [method, path] of [
    ['POST', 'teams'],
    ['PUT', 'teams/none'],
    ['PATCH', 'teams/none'],
    ['DELETE', 'teams/none'],
    ['PUT', 'state'],
  ] as const)
    expect(await viewer.api.refusal(method, path, { name: 5, f: withFields(2000) }), path).toEqual([
      403,
      'FORBIDDEN',
    ]);
  expect(await editor.api.refusal('PUT', 'state', { seq: 'x' })).toEqual([403, 'FORBIDDEN']);
  expect(await editor.api.refusal('POST', 'users', { name: 5 })).toEqual([403, 'FORBIDDEN']);
  expect(await editor.api.refusal('POST', 'teams', { name: 5, university_id: own })).toEqual([
    422,
    'VALIDATION_ERROR',
  ]);
});
