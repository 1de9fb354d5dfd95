import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { PushedOperation } from '#shared/contract/server/sync.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { operationSchema, sharedTypes } from '#shared/sync/operation.ts';
import { own, populate } from '../support/people.ts';
import { create, operation, push, update } from '../support/push.ts';
import { bootstrap, password, serverOfFile, startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { SharedWorkspace } from './clients/workspace.ts';

const day = 24 * 3_600_000;
const twoYears = 731 * day;
const versions = Array.from({ length: operationSchema }, (_, at) => at + 1);

/** The lines of a fixture. Its views have the recorded profile as their owner; `owner` takes its place, who pushes them. */
function fixture<T>(name: string, owner?: string): T[] {
  const text = readFileSync(join(import.meta.dirname, '../fixtures', name), 'utf8');
  return (owner === undefined ? text : text.replaceAll(/(?<="owner":")[^"]*/g, owner))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

async function recordsOf({ database }: TestServer): Promise<object[]> {
  const all: object[] = [];
  for (const type of sharedTypes)
    for (const { id, payload, deleted } of await database.all<{
      id: string;
      payload: JsonObject;
      deleted: boolean;
    }>(`SELECT id, payload, deleted_at IS NOT NULL AS deleted FROM ${tableOf[type]} ORDER BY id`))
      all.push({ type, id, deleted, payload });
  return all;
}

test.each(versions)(
  'what a workspace of form %i pushed comes to the same records, two years later',
  async (version) => {
    const recorded = fixture<PushedOperation>(`operations-v${version}.jsonl`);
    const last = Math.max(...recorded.map(({ created_at }) => Date.parse(created_at)));
    const server = await startServer({}, { clock: { now: last + twoYears } });
    const admin = server.api.as(await bootstrap(server));
    const { id: owner } = (await admin.get<{ id: string }>('auth/me')).body;
    const operations = fixture<PushedOperation>(`operations-v${version}.jsonl`, owner);
    const ids = operations.map(({ op_id }) => op_id);
    for (const _ of ['first', 'again']) {
      const { body } = await push(admin, operations);
      expect([body.refused, new Set(body.accepted)]).toEqual([[], new Set(ids)]);
    }
    expect(await recordsOf(server)).toEqual(fixture(`operations-v${version}.records.jsonl`, owner));
    const kept = await server.database.all<{ conflicts: object[] }>(
      `SELECT conflicts FROM audit_transactions WHERE conflicts <> '[]'`,
    );
    expect(kept).toEqual([]);
    await server.stop();
  },
);

const server = await serverOfFile();
const people = await populate(server);

test('a change of two years ago merges by its time', async () => {
  const { admin, editor } = people;
  const at = (before: number) => ({ created_at: new Date(server.clock.now - before).toISOString() });
  const made = create('team', 'team_old', { name: 'A', size: 3, university_id: own });
  await push(admin, [operation([made], at(twoYears + day))]);
  await push(admin, [operation([update('team', 'team_old', { name: 'A' }, { name: 'Now' })], at(day))]);
  const old = operation(
    [update('team', 'team_old', { name: 'A', size: 3 }, { name: 'Then', size: 4 })],
    at(twoYears),
  );
  expect((await push(editor.api, [old])).body).toMatchObject({ accepted: [old.op_id], refused: [] });
  const team = await server.database.get<{ payload: object }>(
    `SELECT payload FROM teams WHERE id = 'team_old'`,
  );
  // The newer name stays, and nobody else touched the size.
  expect(team?.payload).toMatchObject({ name: 'Now', size: 4 });
  const row = await server.database.get<{ conflicts: object[] }>(
    'SELECT conflicts FROM audit_transactions WHERE op_id = $1',
    [old.op_id],
  );
  expect(row?.conflicts).toMatchObject([{ kind: 'older', lost: { value: 'Then' }, won: { value: 'Now' } }]);
});

test('a workspace that was offline for two years signs in and syncs, and loses nothing', async () => {
  const { admin, editor } = people;
  await push(admin, [operation([create('team', 'team_both', { name: 'A', university_id: own })])]);
  const workspace = new SharedWorkspace(7, {
    now: () => server.clock.now,
    elapsed: () => performance.now(),
  });
  await workspace.open();
  expect((await workspace.join(server.api.url, editor.user.email, password)).in_step).toBe(true);
  const { entities, sync } = workspace.client();
  server.clock.now += day;
  const data = { name: 'Made offline', university_id: own };
  await entities.create({ type: 'team', id: 'team_offline', data });
  await entities.update({ type: 'team', id: 'team_both', data: { name: 'Offline', size: 8 } });
  server.clock.now += twoYears;
  const again = server.api.as(
    (
      await server.api.post<{ access_token: string }>('auth/token', {
        email: 'admin@example.org',
        password,
      })
    ).body.access_token,
  );
  const later = update('team', 'team_both', { name: 'A' }, { name: 'Later' });
  const created_at = new Date(server.clock.now).toISOString();
  await push(again, [operation([later], { created_at })]);
  expect(await workspace.sync()).toBeNull();
  expect(await sync.status({})).toMatchObject({ state: 'signed_out', pending: 2 });
  await sync.signIn({ password });
  expect(await workspace.sync()).toMatchObject({ in_step: true, pending: 0, quarantined: 0, conflicts: 1 });
  const { payload } = (await server.database.get<{ payload: object }>(
    `SELECT payload FROM teams WHERE id = 'team_both'`,
  )) ?? { payload: {} };
  expect(payload).toMatchObject({ name: 'Later', size: 8 });
  expect(await workspace.problems()).toEqual([]);
  await workspace.remove();
});

interface RecordedRequest {
  method: string;
  path: string;
  body?: object;
}

/** Requests of a released client, and how it reads errors. */
interface RecordedClient {
  sign_in: RecordedRequest;
  requests: RecordedRequest[];
  known_codes: string[];
  codes_with_own_text: string[];
}

test('a client from before an update is told to update by a code that it knows, and shows the sentence', async () => {
  const path = join(import.meta.dirname, '../fixtures/client-v1.json');
  const client = JSON.parse(readFileSync(path, 'utf8')) as RecordedClient;
  const { api } = await startOlder();
  const send = (caller: typeof api, request: RecordedRequest) =>
    caller.call(request.method, request.path, request.body ? { body: request.body } : {});
  const signedIn = await send(api, client.sign_in);
  expect(signedIn.status).toBe(200);
  const { access_token } = signedIn.body as unknown as { access_token: string };
  for (const request of client.requests) {
    const { status, body } = await send(api.as(access_token), request);
    const { code, message } = body.error;
    expect([status, message]).toEqual([426, 'Your FRAMES is older than this server. Update it.']);
    expect(client.known_codes).toContain(code);
    expect(client.codes_with_own_text).not.toContain(code);
  }
});

async function startOlder(): Promise<TestServer> {
  const older = await startServer();
  onTestFinished(() => older.stop());
  await bootstrap(older);
  return older;
}
