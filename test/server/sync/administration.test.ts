import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults } from '#shared/contract/fault-data.ts';
import type { FaultCode } from '#shared/contract/fault-data.ts';
import { create, operation, push } from '../support/push.ts';
import { addUser, bootstrap, password, signIn, startServer } from '../support/server.ts';
import { deliver } from '../hooks/support.ts';
import { SharedWorkspace } from './clients/workspace.ts';

// Its webhooks send nothing, because nothing reads the history again.
const server = await startServer({}, { hooks: { pollInterval: 1e9 } });
let isRunning = true;
const workspace = new SharedWorkspace(1, {
  now: () => ++server.clock.now,
  // It never knows by itself that an access token is over.
  elapsed: () => 0,
});
let admin = server.api;

beforeAll(async () => {
  admin = server.api.as(await bootstrap(server));
  // A user's university has to be there.
  await push(admin, [operation([create('university', lea.university_id, { name: 'Own' })])]);
  await workspace.open();
  await workspace.join(server.api.url, 'admin@example.org', password);
});
afterAll(async () => {
  await workspace.remove();
  if (isRunning) await server.stop();
});

const ask = () => workspace.client().administration;

/** The data of the declared error that a call is refused with. */
async function refusal(code: FaultCode, call: Promise<unknown>): Promise<object> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ORPCError)) throw new Error(`it was not refused: ${String(error)}`);
  expect((error as ORPCError<string, unknown>).code).toBe(code);
  return faults[code].data.parse((error as ORPCError<string, unknown>).data);
}

const lea = {
  name: 'Lea Novak',
  email: 'Lea@Example.org',
  role: 'editor' as const,
  university_id: 'univ_1',
  sees: 'university' as const,
};

describe('webhooks of a server', () => {
  it('are added, rotated and removed by an admin, who sees each secret once', async () => {
    await push(admin, [
      operation([create('repository', 'repo', { name: 'fsw', university_id: lea.university_id })]),
    ]);
    const received = await ask().createHook({ kind: 'github', repository_id: 'repo' });
    expect(received.address).toBe(`${server.api.url}/api/hooks/${received.id}`);
    const sent = await ask().createHook({ url: 'https://example.org/frames' });
    expect(sent.address).toBe('https://example.org/frames');
    const ping = (secret: string | null) =>
      deliver(server, received.id, 'github', { event: 'ping', body: {}, secret: secret ?? '' });
    expect((await ping(received.secret)).status).toBe(202);
    const { secret } = await ask().changeHook({ id: received.id, action: 'rotate' });
    expect([await ping(received.secret), await ping(secret)].map(({ status }) => status)).toEqual([202, 202]);
    await ask().changeHook({ id: received.id, action: 'rotate' });
    expect((await ping(received.secret)).status).toBe(401);
    const { hooks } = await ask().hooks({});
    expect(hooks).toMatchObject([
      { kind: 'github', direction: 'in', state: 'on', ignored: 3, address: received.address },
      { kind: 'standard', direction: 'out', state: 'on', address: sent.address, dead_letters: [] },
    ]);
    expect(JSON.stringify(hooks)).not.toContain('whsec_');
    await ask().changeHook({ id: received.id, action: 'remove' });
    expect((await ping(secret)).status).toBe(404);
    const { data } = (await admin.get<{ data: { event: string; subject: string | null }[] }>('audit/access'))
      .body;
    expect(data.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['hooks.create', 'hooks.rotate', 'hooks.remove']),
    );
  });

  it('are sent a test event and dead deliveries again, and need an address of the outside', async () => {
    const [hook] = (await ask().hooks({})).hooks;
    const id = hook?.id ?? '';
    await server.database.run(
      `INSERT INTO deliveries (hook, id, direction, state, attempts, body, error, at) VALUES ($1, 'dead', 'out', 'dead', 8, '{}', '500', now())`,
      [id],
    );
    await server.database.run(`UPDATE hooks SET state = 'off'`);
    expect((await ask().hooks({})).hooks).toMatchObject([
      { state: 'off', dead: 1, last_error: '500', dead_letters: [{ id: 'dead', attempts: 8, error: '500' }] },
    ]);
    await ask().changeHook({ id, action: 'test' });
    await ask().changeHook({ id, action: 'resend' });
    expect((await ask().hooks({})).hooks).toMatchObject([{ state: 'on', dead: 0, waiting: 2 }]);
    for (const url of ['http://example.org', 'https://10.0.0.1', 'https://a@example.org'])
      expect(await refusal('INVALID', ask().createHook({ url }))).toMatchObject({
        issues: [{ path: 'url' }],
      });
    for (const input of [
      {},
      { url: 'https://example.org', repository_id: 'repo' },
      { kind: 'github' as const, url: 'https://example.org' },
    ])
      await refusal('INVALID', ask().createHook(input));
    const missing = [
      await refusal('INVALID', ask().createHook({ kind: 'github', repository_id: 'none' })),
      await refusal('INVALID', ask().changeHook({ id: 'none', action: 'rotate' })),
    ];
    expect(missing).toMatchObject([
      { issues: [{ path: 'repository_id', code: 'not_on_server' }] },
      { issues: [{ path: 'id', code: 'no_hook' }] },
    ]);
    await ask().changeHook({ id, action: 'remove' });
  });
});

describe('people of a server', () => {
  it('are added, changed and listed by name', async () => {
    const made = await ask().createUser({ ...lea, password });
    expect(made).toMatchObject({ name: 'Lea Novak', email: 'lea@example.org', active: true });
    await ask().updateUser({ id: made.id, role: 'viewer', university_id: null, sees: 'all' });
    const { users } = await ask().listUsers({});
    expect(users.map(({ name, role, university_id }) => [name, role, university_id])).toEqual([
      ['Ada Admin', 'admin', null],
      ['Lea Novak', 'viewer', null],
    ]);
    await ask().updateUser({ id: made.id, name: 'Lea Horak', active: false });
    expect(
      await server.api.refusal('POST', 'auth/token', { email: made.email, password, device: 'd' }),
    ).toEqual([401, 'INVALID_CREDENTIALS']);
  });

  it('are all listed, however many pages they fill', async () => {
    const values = Array.from(
      { length: 120 },
      (_, at) => `('many_${at}', 'many${at}@example.org', 'M ${at}')`,
    );
    await server.database.run(
      `INSERT INTO users (id, email, name, role, university_id, sees, created_at, updated_at)
       SELECT id, email, name, 'viewer', NULL, 'all', now(), now() FROM (VALUES ${values.join(', ')}) AS t (id, email, name)`,
    );
    const { users } = await ask().listUsers({});
    expect(new Set(users.map(({ id }) => id)).size).toBe(users.length);
    expect(users.length).toBeGreaterThan(120);
    await server.database.run(`DELETE FROM users WHERE id LIKE 'many_%'`);
  });

  it('keep an email each, which the form hears of at its field', async () => {
    const again = { ...lea, email: 'admin@example.org', password };
    expect(await refusal('INVALID', ask().createUser(again))).toMatchObject({
      issues: [{ path: 'email', code: 'taken' }],
    });
    expect(
      await refusal('INVALID', ask().createUser({ ...lea, email: 'new@example.org', password: 'short' })),
    ).toMatchObject({ issues: [{ path: 'password' }] });
  });

  it('have an admin at all times, and are there', async () => {
    const { users } = await ask().listUsers({});
    const me = users.find(({ role }) => role === 'admin');
    const less = ask().updateUser({ id: me?.id ?? '', role: 'viewer' });
    expect(await refusal('SYNC', less)).toEqual({ reason: 'last_admin' });
    expect(await refusal('SYNC', ask().updateUser({ id: 'nobody', name: 'N' }))).toEqual({
      reason: 'no_user',
    });
  });
});

describe('sessions', () => {
  it('are listed and revoked', async () => {
    const { user } = await addUser(admin, { role: 'researcher', email: 'tom@example.org' });
    await signIn(server.api, user.email);
    const { sessions } = await ask().sessions({ user: user.id });
    expect(sessions.map(({ device, current }) => [device, current])).toEqual([
      ['test', false],
      ['test', false],
    ]);
    const [first, second] = sessions;
    await ask().revokeSession({ id: first?.id ?? '' });
    // What has ended already is not an error.
    await ask().revokeSession({ id: first?.id ?? '' });
    expect((await ask().sessions({ user: user.id })).sessions.map(({ id }) => id)).toEqual([second?.id]);
  });

  it('are renewed once if the access token is no longer accepted', async () => {
    server.clock.now += 3_600_000;
    expect((await ask().listUsers({})).users.length).toBeGreaterThan(1);
  });
});

describe('the server', () => {
  it('shows the state of the server', async () => {
    const { status } = await ask().serverStatus({});
    expect(status.health.database.ok).toBe(true);
    expect(status.database.operations).toBeGreaterThan(0);
  });

  it('shows who changed what, and sign-ins and refusals, also for one person', async () => {
    const { users } = await ask().listUsers({});
    const [tom, ada] = ['tom@example.org', 'admin@example.org'].map((email) =>
      users.find((one) => one.email === email),
    );
    const changes = await ask().changes({ person: ada?.id ?? '' });
    expect(changes.data.length).toBeGreaterThan(0);
    expect(new Set(changes.data.map(({ actor }) => actor))).toEqual(new Set([ada?.id]));
    expect((await ask().changes({ person: tom?.id ?? '' })).data).toEqual([]);
    const all = await ask().signIns({});
    expect(all.data.map(({ event }) => event)).toContain('token_refused');
    const ofTom = await ask().signIns({ person: tom?.id ?? '' });
    expect(ofTom.data.map(({ event, email }) => [event, email])).toEqual([
      ['token', 'tom@example.org'],
      ['token', 'tom@example.org'],
    ]);
    expect(ofTom.meta.total_count).toBe(2);
  });
});

describe('a call of administration', () => {
  it('is no round of sync: it works while that is paused, and is not in its status', async () => {
    await workspace.client().sync.pause({ paused: true });
    const before = await workspace.client().sync.status({});
    expect(before.state).toBe('paused');
    await ask().listUsers({});
    await refusal('SYNC', ask().updateUser({ id: 'nobody', name: 'N' }));
    expect(await workspace.client().sync.status({})).toEqual(before);
    await workspace.client().sync.pause({ paused: false });
  });

  it('is refused to non-admins, and without a sign-in or server', async () => {
    const { email } = await ask().createUser({ ...lea, email: 'vera@example.org', role: 'viewer', password });
    const other = new SharedWorkspace(2, { now: () => ++server.clock.now, elapsed: () => server.clock.now });
    try {
      await other.open();
      expect(await refusal('SYNC', other.client().administration.listUsers({}))).toEqual({
        reason: 'not_joined',
      });
      await other.join(server.api.url, email, password);
      expect(await refusal('SYNC', other.client().administration.listUsers({}))).toEqual({
        reason: 'forbidden',
      });
      await other.client().sync.signOut({});
      expect(await refusal('SYNC', other.client().administration.listUsers({}))).toEqual({
        reason: 'signed_out',
      });
    } finally {
      await other.remove();
    }
    await server.stop();
    isRunning = false;
    expect(await refusal('SYNC', ask().listUsers({}))).toMatchObject({
      reason: 'unreachable',
      network: { reason: 'connection_refused' },
    });
  });
});
