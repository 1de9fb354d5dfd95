import { expect, onTestFinished, test, vi } from 'vitest';
import type { PresentUser, RecordHint } from '#shared/sync/realtime.ts';
import type { Session } from '#shared/contract/server/users.ts';
import { foreign, populate } from './support/people.ts';
import { create, operation, push } from './support/push.ts';
import { connect } from './support/realtime.ts';
import type { Line } from './support/realtime.ts';
import { addUser, serverOfFile, startServer } from './support/server.ts';

const server = await serverOfFile();
const people = await populate(server);

function hear(socket: Line, event: 'entity:created'): RecordHint[] {
  const heard: RecordHint[] = [];
  socket.on(event, (hint) => void heard.push(hint));
  return heard;
}

test('two nodes notify each other’s clients of commits', async () => {
  const other = await startServer({}, { database: server.database });
  onTestFinished(() => other.stop());
  const here = await connect(server.api.url, people.researcher.signedIn.access_token);
  const there = await connect(other.api.url, people.viewer.signedIn.access_token);
  const [near, far] = [hear(here, 'entity:created'), hear(there, 'entity:created')];
  await push(people.admin, [
    operation([create('team', 'team_told', { name: 'Told', university_id: 'univ_own' })]),
  ]);
  for (const heard of [near, far])
    await vi.waitFor(() => expect(heard).toMatchObject([{ type: 'team', id: 'team_told' }]), {
      timeout: 5000,
    });
  expect(near[0]?.causal_ts).toMatch(/^[0-9a-f]{12}-/);
});

test('a person with one university hears nothing of another', async () => {
  const { api, signedIn } = people.other;
  await people.admin.patch(`users/${people.other.user.id}`, { sees: 'university' });
  const socket = await connect(api.url, signedIn.access_token);
  const heard = hear(socket, 'entity:created');
  await push(people.admin, [
    operation([create('team', 'team_of_own', { name: 'Own', university_id: 'univ_own' })]),
    operation([create('team', 'team_of_foreign', { name: 'Foreign', university_id: 'univ_foreign' })]),
  ]);
  await vi.waitFor(() => expect(heard.map(({ id }) => id)).toEqual(['team_of_foreign']), patient);
});

test('a valid token is required', async () => {
  await expect(connect(server.api.url, undefined)).rejects.toThrow('UNAUTHORIZED');
  await expect(connect(server.api.url, 'a.b.c')).rejects.toThrow('UNAUTHORIZED');
});

/** Of a machine that has other work, too. */
const patient = { timeout: 5000 };

test('whose rights change, or whose session ends, is disconnected on every node', async () => {
  const other = await startServer({}, { database: server.database });
  onTestFinished(() => other.stop());
  const ways = [
    (id: string) => people.admin.patch(`users/${id}`, { sees: 'university' }),
    (id: string) => people.admin.call('DELETE', `users/${id}`),
    async (id: string) => {
      const { body } = await people.admin.get<{ data: Session[] }>(`users/${id}/sessions`);
      return people.admin.call('DELETE', `sessions/${body.data[0]?.id ?? ''}`);
    },
  ];
  for (const change of ways) {
    const { user, signedIn } = await addUser(people.admin, { role: 'viewer', university_id: foreign });
    const lines = [
      await connect(server.api.url, signedIn.access_token),
      await connect(other.api.url, signedIn.access_token),
    ];
    const bystander = await connect(other.api.url, people.viewer.signedIn.access_token);
    expect((await change(user.id)).status).toBeLessThan(300);
    await vi.waitFor(() => expect(lines.map(({ connected }) => connected)).toEqual([false, false]), patient);
    expect(bystander.connected).toBe(true);
  }
});

const presenceAt = (socket: Line) => {
  const heard: (readonly PresentUser[])[] = [];
  socket.on('presence', (all) => void heard.push(all));
  return { heard, of: (user: string) => heard.at(-1)?.filter((one) => one.user === user) };
};

test('an open record is announced to those who may see it only', async () => {
  const limited = await addUser(people.admin, { role: 'viewer', university_id: foreign, sees: 'university' });
  await push(people.admin, [
    operation([
      create('team', 'team_ours', { name: 'Ours', university_id: 'univ_own' }),
      create('team', 'team_yours', { name: 'Yours', university_id: foreign }),
    ]),
  ]);
  const [one, all, less] = [
    await connect(server.api.url, people.researcher.signedIn.access_token),
    presenceAt(await connect(server.api.url, people.viewer.signedIn.access_token)),
    presenceAt(await connect(server.api.url, limited.signedIn.access_token)),
  ];
  const { id: user } = people.researcher.user;
  for (const [id, isSeen] of [
    ['team_ours', false],
    ['team_yours', true],
    [foreign, true],
    ['team_of_nobody', null],
  ] as const) {
    const type = id === foreign ? 'university' : 'team';
    one.emit('open', { type, id });
    const record = isSeen === null ? null : { type, id };
    await vi.waitFor(() => {
      expect(all.of(user)).toMatchObject([{ record }]);
      expect(less.of(user)).toMatchObject([{ record: isSeen ? record : null }]);
    }, patient);
  }
});

test('however often a person opens another record, others are notified at intervals', async () => {
  const one = await connect(server.api.url, people.researcher.signedIn.access_token);
  const { heard, of } = presenceAt(await connect(server.api.url, people.viewer.signedIn.access_token));
  for (let at = 0; at < 200; at++)
    one.emit('open', { type: 'team', id: at === 199 ? 'team_told' : 'team_of_own' });
  await vi.waitFor(
    () => expect(of(people.researcher.user.id)).toMatchObject([{ record: { id: 'team_told' } }]),
    patient,
  );
  expect(heard.length).toBeLessThan(20);
});

test('others see who has which record open, and that they have left', async () => {
  const [one, two] = [
    await connect(server.api.url, people.researcher.signedIn.access_token),
    await connect(server.api.url, people.viewer.signedIn.access_token),
  ];
  let present: readonly PresentUser[] = [];
  two.on('presence', (all) => void (present = all));
  const record = { type: 'team', id: 'team_told' };
  one.emit('open', record);
  const { id: user, name } = people.researcher.user;
  await vi.waitFor(() => expect(present).toContainEqual({ user, name, record }));
  one.disconnect();
  await vi.waitFor(() => expect(present.map((each) => each.user)).not.toContain(user));
});
