import { afterAll, expect, test } from 'vitest';
import { backUp, backupsOfTest, restore } from '../../support/backups.ts';
import { foreign, own, populate } from '../../support/people.ts';
import { create, operation, push } from '../../support/push.ts';
import { addUser, password, signIn, startServer } from '../../support/server.ts';
import { SharedWorkspace } from './workspace.ts';

type Person = Parameters<typeof addUser>[1];
const researcher: Person = { role: 'researcher', university_id: own };

const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
});

/** A server that backs up, and workspaces of people who share everything that they see. */
async function shared(...people: Person[]) {
  const server = await startServer({ backups: backupsOfTest() });
  const { admin } = await populate(server);
  const { clock } = server;
  const join = async ({ user }: Awaited<ReturnType<typeof addUser>>): Promise<SharedWorkspace> => {
    const workspace = new SharedWorkspace(ends.length * 100, {
      now: () => ++clock.now,
      elapsed: () => clock.now,
    });
    ends.unshift(() => workspace.remove());
    await workspace.open();
    await workspace.join(server.api.url, user.email, password);
    return workspace;
  };
  ends.push(() => server.stop());
  const workspaces: SharedWorkspace[] = [];
  for (const person of people) workspaces.push(await join(await addUser(admin, person)));
  return { server, admin, join, workspaces };
}

const syncAll = async (...workspaces: SharedWorkspace[]): Promise<void> => {
  for (const workspace of workspaces) await workspace.sync();
};

const statusOf = async (workspace: SharedWorkspace) => {
  const { state, pending, conflicts, quarantined, in_step } = await workspace.client().sync.status({});
  return { state, pending, conflicts, quarantined, in_step };
};
const inStep = { state: 'idle', pending: 0, conflicts: 0, quarantined: 0, in_step: true };

test('a partial copy does not replace the whole record of others', async () => {
  const { server, admin, workspaces } = await shared(
    researcher,
    { role: 'editor', university_id: own, sees: 'university' },
    researcher,
    { role: 'viewer', university_id: own },
  );
  const [author, narrow, whole, viewer] = workspaces as [
    SharedWorkspace,
    SharedWorkspace,
    SharedWorkspace,
    SharedWorkspace,
  ];
  const id = await backUp(admin);
  const { server: joined } = await author.client().sync.status({});
  const api = server.api.as(await signIn(server.api, joined?.user.email ?? ''));
  await push(api, [
    operation([
      create('team', 'team_own', { name: 'own', university_id: own }),
      create('team', 'team_foreign', { name: 'foreign', university_id: foreign }),
    ]),
  ]);
  await syncAll(author, narrow, whole, viewer);
  expect((await restore(admin, id)).state).toBe('completed');
  // Who may not make it again keeps it for themselves, and is told of no refusal of what others did.
  await viewer.sync();
  expect(await statusOf(viewer)).toMatchObject({ quarantined: 0, pending: 0 });
  await narrow.sync();
  await syncAll(whole, author, narrow, viewer, whole);
  for (const team of ['team_own', 'team_foreign'])
    expect((await admin.get(`teams/${team}`)).status).toBe(200);
  for (const workspace of [author, whole, narrow, viewer])
    expect(await statusOf(workspace)).toMatchObject({
      state: 'idle',
      pending: 0,
      quarantined: 0,
      in_step: true,
    });
});

test('records from the first download alone are returned to the restored server', async () => {
  const { admin, join, workspaces } = await shared(researcher);
  const [author] = workspaces as [SharedWorkspace];
  const editor = await addUser(admin, { role: 'editor', university_id: own });
  const reader = await addUser(admin, { role: 'viewer', university_id: own });
  const id = await backUp(admin);
  await author.client().entities.create({
    type: 'team',
    id: 'team_monday',
    data: { name: 'Monday', university_id: own },
  });
  await author.sync();
  const late = await join(editor);
  const viewer = await join(reader);
  await author.remove();
  expect((await restore(admin, id)).state).toBe('completed');
  // A viewer gives nothing, and keeps what they have.
  await viewer.sync();
  expect(await statusOf(viewer)).toEqual({ ...inStep, in_step: false });
  await late.sync();
  expect((await admin.get<{ name: string }>('teams/team_monday')).body.name).toBe('Monday');
  await viewer.sync();
  for (const workspace of [late, viewer]) {
    expect(await statusOf(workspace)).toEqual(inStep);
    expect(await workspace.problems()).toEqual([]);
  }
});

test('an author’s own change is not repeated after others have returned it and later changes', async () => {
  const { admin, workspaces } = await shared(researcher, researcher, researcher);
  const [author, other, third] = workspaces as [SharedWorkspace, SharedWorkspace, SharedWorkspace];
  const { entities } = author.client();
  const [team, gone] = ['team_t', 'team_d'] as const;
  for (const id of [team, gone])
    await entities.create({ type: 'team', id, data: { name: 'old', university_id: own } });
  await syncAll(author, other, third);
  const id = await backUp(admin);
  await entities.update({ type: 'team', id: team, data: { name: 'wrong' } });
  await entities.remove({ type: 'team', id: gone });
  await syncAll(author, other, third);
  await other.client().entities.update({ type: 'team', id: team, data: { name: 'old' } });
  await other.client().entities.restore({ type: 'team', id: gone });
  await syncAll(other, third, author);
  expect((await restore(admin, id)).state).toBe('completed');
  await syncAll(third, author, other, third, author, other);
  expect((await admin.get<{ name: string }>(`teams/${team}`)).body.name).toBe('old');
  expect((await admin.get(`teams/${gone}`)).status).toBe(200);
  for (const workspace of [author, other, third]) expect(await statusOf(workspace)).toEqual(inStep);
});
