import { createServer } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { createHttpClient } from '#http/client.ts';
import { readTextSync } from '#files/open-file.ts';
import { HookSender } from '#server/hooks/send.ts';
import { verifyDelivery } from '#server/hooks/verify.ts';
import { create, operation, push, update } from '../support/push.ts';
import { startServer, testDatabase } from '../support/server.ts';
import { hookSecret, populateTasks } from './support.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const http = createHttpClient({ environment: { FRAMES_CA_FILE: join(fixtures, 'tls-cert.pem') } });
const [cert, key] = ['tls-cert.pem', 'tls-key.pem'].map((file) => readTextSync(join(fixtures, file)));

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}
const received: Received[] = [];
let status = 204;
const receiver = createServer({ cert, key }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(status).end();
  });
});
await new Promise<void>((resolve) => void receiver.listen(0, resolve));
const url = `https://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;

const [second, minute, hour] = [1000, 60_000, 3_600_000];
const config = { hookNetworks: ['127.0.0.0/8'] };
const clock = { now: Date.parse('2026-03-02T10:00:00Z') };
const database = await testDatabase();
// Its sender waits for ever, so that only the tests send.
const server = await startServer({}, { database, hooks: { pollInterval: 1e9 } });
const { admin } = await populateTasks(server);
afterAll(async () => {
  await server.stop();
  await database.close();
  receiver.close();
});
const options = { database, config, now: () => clock.now, log: { error: () => undefined }, http };
const sender = new HookSender(options);

beforeEach(async () => {
  received.length = 0;
  status = 204;
  await database.run('DELETE FROM hooks');
  await database.run(
    `INSERT INTO hooks (id, kind, direction, url, secrets, cursor, created_at)
     SELECT 'out', 'standard', 'out', $1, $2, next_row - 1, now() FROM server`,
    [url, [hookSecret, 'older']],
  );
});

let made = 0;
const addTask = async (): Promise<string> => {
  made += 1;
  await push(admin, [operation([create('task', `task_made_${made}`, { name: 'T' })])]);
  return `task_made_${made}`;
};
const hook = () =>
  database.get<{ state: string; failures: number; paused_until: string | null }>(
    'SELECT state, failures, paused_until FROM hooks',
  );
const deliveries = () =>
  database.all<{ state: string; attempts: number; error: string | null; next_at: string | null }>(
    'SELECT state, attempts, error, next_at FROM deliveries ORDER BY at, id',
  );
const after = async (milliseconds: number): Promise<number> => {
  clock.now += milliseconds;
  const before = received.length;
  await sender.sendDue();
  return received.length - before;
};

test('sends each change of tasks and repairs once, signed with both secrets', async () => {
  const rows = [create('team', 'team_x', { name: 'X' }), create('task', 'task_x', { name: 'Secret name' })];
  const first = operation(rows);
  const second = operation([
    update('repair', 'repair_1', { name: 'Second author' }, { name: 'Another name' }),
  ]);
  await push(admin, [first]);
  server.clock.now += 1;
  await push(admin, [second]);
  expect([await after(0), await after(hour)]).toEqual([2, 0]);
  const events = received.map(({ body }) => JSON.parse(body) as { time: string; source: string });
  expect(events).toMatchObject([
    {
      specversion: '1.0',
      id: `${first.op_id}/1`,
      type: 'frames.task.created',
      subject: 'task/task_x',
      data: { action: 'create', fields: ['name'] },
    },
    {
      specversion: '1.0',
      id: `${second.op_id}/0`,
      type: 'frames.repair.updated',
      subject: 'repair/repair_1',
    },
  ]);
  expect(received.map(({ body }) => body).join()).not.toMatch(/Secret|Another/);
  for (const { headers, body } of received)
    for (const secrets of [[hookSecret], ['older']])
      expect(
        verifyDelivery(
          'standard',
          { headers, body: Buffer.from(body) },
          { secrets, now: Number(headers['webhook-timestamp']) * 1000 },
        )?.id,
      ).toBe((JSON.parse(body) as { id: string }).id);
  expect(await deliveries()).toMatchObject([{ state: 'sent' }, { state: 'sent' }]);
});

test('tries again after the delays with the same id, then the delivery is dead', async () => {
  await addTask();
  status = 500;
  const delays = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour];
  expect(await after(0)).toBe(1);
  for (const delay of delays) {
    expect(await after(delay - 1)).toBe(0);
    expect(await after(delay * 0.1 + 2)).toBe(1);
  }
  expect(await deliveries()).toMatchObject([{ state: 'dead', attempts: 8, error: '500' }]);
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(await after(100 * hour)).toBe(0);
});

test('410 turns the webhook off; what happens meanwhile is sent once it is on again', async () => {
  await addTask();
  status = 410;
  expect(await after(0)).toBe(1);
  expect(await hook()).toMatchObject({ state: 'off' });
  expect(await deliveries()).toMatchObject([{ state: 'dead', error: '410' }]);
  await addTask();
  status = 204;
  expect(await after(hour)).toBe(0);
  await database.run(`UPDATE hooks SET state = 'on'`);
  expect(await after(0)).toBe(1);
});

test('an unreachable receiver, a redirect and a blocked address are failures', async () => {
  for (const [address, error] of [
    ['https://127.0.0.1:1/', 'ECONNREFUSED'],
    ['https://10.0.0.1/', 'EBLOCKED'],
  ] as const) {
    await addTask();
    await database.run('UPDATE hooks SET url = $1', [address]);
    await after(0);
    expect(await deliveries()).toContainEqual(
      expect.objectContaining({ state: 'waiting', attempts: 1, error }),
    );
  }
  status = 302;
  await database.run('UPDATE hooks SET url = $1', [url]);
  await addTask();
  await after(0);
  expect(await deliveries()).toContainEqual(expect.objectContaining({ error: '302' }));
});

test('a restored history that is shorter than the cursor is read from its end', async () => {
  await database.run('UPDATE hooks SET cursor = 1000000');
  expect(await after(0)).toBe(0);
  await addTask();
  expect(await after(0)).toBe(1);
});

test('two senders send each delivery once', async () => {
  for (let n = 0; n < 20; n += 1) await addTask();
  const other = new HookSender(options);
  await Promise.all([sender.sendDue(), other.sendDue(), sender.sendDue()]);
  expect(received).toHaveLength(20);
});

test('five failures in a row pause the webhook, also over restarts of the server, and one attempt probes it', async () => {
  const restart = async (isOver: () => Promise<boolean>): Promise<number> => {
    const before = received.length;
    const restarted = await startServer(config, { database, clock, http, hooks: { pollInterval: 20 } });
    await vi.waitFor(async () => expect(await isOver()).toBe(true), { timeout: 10_000 });
    await restarted.stop();
    return received.length - before;
  };
  const hasFailures = (count: number) => async () => (await hook())?.failures === count;
  const hasRead = async () =>
    (await database.get('SELECT 1 FROM hooks, server WHERE cursor = next_row - 1')) !== undefined;
  for (let n = 0; n < 7; n += 1) await addTask();
  status = 503;
  expect(await restart(hasFailures(5))).toBe(5);
  const isoAfter = (milliseconds: number): string => new Date(clock.now + milliseconds).toISOString();
  expect(await hook()).toEqual({ state: 'on', failures: 5, paused_until: isoAfter(minute) });
  await addTask();
  expect(await restart(hasRead)).toBe(0);
  for (const [index, pause] of [1, 2, 4, 8, 16, 32, 60, 60].entries()) {
    await addTask();
    clock.now += pause * minute - 1;
    expect(await restart(hasRead)).toBe(0);
    clock.now += 1;
    expect(await restart(hasFailures(6 + index))).toBe(1);
  }
  status = 200;
  clock.now += hour;
  expect(await restart(hasFailures(0))).toBeGreaterThan(0);
  // Also an attempt that the stopping server broke off.
  await after(minute);
  expect(await hook()).toMatchObject({ failures: 0, paused_until: null });
  expect((await deliveries()).every(({ state, attempts }) => state !== 'waiting' || attempts > 0)).toBe(true);
});

test('a clock that was once far ahead pauses nothing', async () => {
  await addTask();
  await database.run(`UPDATE hooks SET failures = 5, paused_until = '2099-01-01T00:00:00Z'`);
  expect(await after(0)).toBe(1);
});
