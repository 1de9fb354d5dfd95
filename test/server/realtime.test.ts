import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { realtimePath } from '#shared/sync/realtime.ts';
import type { ClientEvents, Present, RecordHint, ServerEvents } from '#shared/sync/realtime.ts';
import { populate } from './support/people.ts';
import { create, operation, push } from './support/push.ts';
import { serverOfFile, startServer } from './support/server.ts';

const server = await serverOfFile();
const people = await populate(server);

type Line = Socket<ServerEvents, ClientEvents>;

async function connect(url: string, token: string | undefined): Promise<Line> {
  const socket: Line = io(url, {
    path: realtimePath,
    transports: ['websocket'],
    auth: { token },
    reconnection: false,
  });
  onTestFinished(() => void socket.disconnect());
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

function hear(socket: Line, event: 'entity:created'): RecordHint[] {
  const heard: RecordHint[] = [];
  socket.on(event, (hint) => void heard.push(hint));
  return heard;
}

test('two nodes tell each other’s clients what was committed', async () => {
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

test('who sees one university hears of nothing of another', async () => {
  const { api, signedIn } = people.other;
  await people.admin.patch(`users/${people.other.user.id}`, { sees: 'university' });
  const socket = await connect(api.url, signedIn.access_token);
  const heard = hear(socket, 'entity:created');
  await push(people.admin, [
    operation([create('team', 'team_of_own', { name: 'Own', university_id: 'univ_own' })]),
    operation([create('team', 'team_of_foreign', { name: 'Foreign', university_id: 'univ_foreign' })]),
  ]);
  await vi.waitFor(() => expect(heard.map(({ id }) => id)).toEqual(['team_of_foreign']));
});

test('nobody connects without a token that goes on', async () => {
  await expect(connect(server.api.url, undefined)).rejects.toThrow('UNAUTHORIZED');
  await expect(connect(server.api.url, 'a.b.c')).rejects.toThrow('UNAUTHORIZED');
});

test('others see who has which record open, and that they have gone', async () => {
  const [one, two] = [
    await connect(server.api.url, people.researcher.signedIn.access_token),
    await connect(server.api.url, people.viewer.signedIn.access_token),
  ];
  let present: readonly Present[] = [];
  two.on('presence', (all) => void (present = all));
  const record = { type: 'team', id: 'team_told' };
  one.emit('open', record);
  const { id: user, name } = people.researcher.user;
  await vi.waitFor(() => expect(present).toContainEqual({ user, name, record }));
  one.disconnect();
  await vi.waitFor(() => expect(present.map((each) => each.user)).not.toContain(user));
});
