import { createServer } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { memorySecrets } from '#core/kernel/secrets.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { createIds } from '#core/kernel/system.ts';
import { openCore } from '#core/open.ts';
import { syncService } from '#core/sync/handlers.ts';
import { readState, writeState } from '#core/sync/state.ts';
import { testFolder } from '#test/support/folder.ts';
import { seededRandom, TestClock } from '#test/support/seeded.ts';

const user = {
  id: 'profile_a',
  email: 'ada@example.org',
  name: 'Ada',
  role: 'researcher' as const,
  university_id: null,
  sees: 'all' as const,
  active: true,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
};

const tokens = { access_token: 'a', refresh_token: 'r', token_type: 'Bearer', expires_in: 900 };

/** A workspace that joined the server, whose sync runs only on request. */
async function joinedWorkspace(url: string, log = silentLog) {
  const [clock, random] = [new TestClock(), seededRandom(1)];
  const secrets = memorySecrets();
  const core = await openCore({
    workspace: testFolder(),
    clock,
    ids: createIds(clock, random),
    random,
    log,
    create: { owner: 'Ada' },
    holder: { kind: 'test', label: 'a test' },
    secrets,
  });
  onTestFinished(() => core.close());
  const { services } = core;
  await services.queue.series('sync', async ({ db }) =>
    writeState(db, {
      url,
      user,
      share: 'all',
      server_id: 's',
      generation: 'g',
      cursor: { seq: 0, hash: '' },
      snapshot: null,
      foreign: 0,
      settled: 0,
      scope: null,
      rewound: false,
      paused: false,
      diverged: false,
      in_step: false,
      compared: null,
      last_sync: null,
    }),
  );
  const id =
    services.read.get<{ value: string }>(`SELECT value FROM workspace WHERE key = 'id'`)?.value ?? '';
  await secrets.set(`sync/${id}/${url}`, 'a refresh token');
  return services;
}

test('an error during background sync is logged with its origin, and is not reported as offline', async () => {
  // It leaves out of its answers what every server says.
  const server = createServer((_, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ...tokens, server_id: 's', generation: 'g', user }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const logged: object[] = [];
  const services = await joinedWorkspace(url, {
    ...silentLog,
    error: (fields) => void logged.push(fields),
  });
  const service = syncService(services);
  service.start();
  await vi.waitFor(() => expect(service.status()).toMatchObject({ state: 'idle', problem: 'internal' }));
  expect(logged[0]).toMatchObject({ stack: expect.stringContaining('core/sync') as string });
});

test('syncs that wait for a failing one run after its failure is stored', async () => {
  // Nothing listens there.
  const services = await joinedWorkspace('http://127.0.0.1:9');
  const service = syncService(services);
  // Holds back the write of the failure until after a turn of the event loop.
  const otherWork = services.queue.series('other', async () => {
    while (service.status().state !== 'offline') await nextTurn();
  });
  const syncs = [1, 2, 3].map(() => service.syncNow(() => {}, new AbortController().signal));
  const results = await Promise.allSettled(syncs);
  await otherWork;
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(service.status()).toMatchObject({ state: 'offline', problem: 'unreachable' });
  expect(readState(services.read)?.failure).toMatchObject({ problem: 'unreachable' });
});
