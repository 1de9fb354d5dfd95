import { expect, test } from 'vitest';
import type { ServerJob } from '#shared/contract/server/admin.ts';
import { backUp, backupsOfTest, listBackups, restore } from '../../support/backups.ts';
import { create, operation, push } from '../../support/push.ts';
import { addUser, bootstrap, password, startServer } from '../../support/server.ts';
import { startFaultyNetwork } from './proxy.ts';
import { SharedWorkspace } from './workspace.ts';

async function twoWorkspaces() {
  const server = await startServer({ backups: backupsOfTest() });
  const admin = server.api.as(await bootstrap(server));
  await push(admin, [operation([create('university', 'u', { name: 'U' })])]);
  const { clock } = server;
  const workspaces: SharedWorkspace[] = [];
  for (const seed of [1, 2]) {
    const user = await addUser(admin, { role: 'researcher', university_id: 'u' });
    const workspace = new SharedWorkspace(seed * 100, { now: () => ++clock.now, elapsed: () => clock.now });
    await workspace.open();
    await workspace.join(server.api.url, user.user.email, password);
    workspaces.push(workspace);
  }
  const [one, two] = workspaces as [SharedWorkspace, SharedWorkspace];
  const syncBoth = async (): Promise<void> => {
    for (const workspace of [one, two, one, two]) await workspace.sync();
  };
  const end = async (): Promise<void> => {
    for (const workspace of workspaces) await workspace.remove();
    await server.stop();
  };
  return { server, admin, one, two, syncBoth, end };
}

const name = async (workspace: SharedWorkspace, id: string): Promise<unknown> =>
  (await workspace.client().entities.get({ type: 'team', id })).payload['name'];

async function make(workspace: SharedWorkspace, id: string, title: string): Promise<void> {
  await workspace.client().entities.create({ type: 'team', id, data: { name: title, university_id: 'u' } });
}

async function rename(workspace: SharedWorkspace, id: string, title: string): Promise<void> {
  await workspace.client().entities.update({ type: 'team', id, data: { name: title } });
}

test('operations lost by a restored server are returned by clients, and nobody loses a change', async () => {
  const { admin, one, two, syncBoth, end } = await twoWorkspaces();
  await make(one, 'team_1', 'first');
  await make(two, 'team_2', 'second');
  await syncBoth();
  const id = await backUp(admin);
  await rename(one, 'team_1', 'first, later');
  await make(one, 'team_3', 'third');
  await rename(two, 'team_2', 'second, later');
  await syncBoth();
  // Changed by the other one after it was lost, and made while the server was away.
  await rename(two, 'team_3', 'third, by the other');
  expect(await restore(admin, id)).toMatchObject({ state: 'completed' });
  expect(await admin.refusal('GET', 'teams/team_3')).toEqual([404, 'TEAM_NOT_FOUND']);
  await make(one, 'team_4', 'fourth');
  await syncBoth();

  const expected = [
    ['team_1', 'first, later'],
    ['team_2', 'second, later'],
    ['team_3', 'third, by the other'],
    ['team_4', 'fourth'],
  ] as const;
  for (const [team, title] of expected) {
    expect((await admin.get<{ name: string }>(`teams/${team}`)).body.name).toBe(title);
    for (const workspace of [one, two]) expect(await name(workspace, team)).toBe(title);
  }
  for (const workspace of [one, two]) {
    const { state, pending, conflicts, quarantined, in_step } = await workspace.client().sync.status({});
    expect({ state, pending, conflicts, quarantined, in_step }).toEqual({
      state: 'idle',
      pending: 0,
      conflicts: 0,
      quarantined: 0,
      in_step: true,
    });
    expect(await workspace.problems()).toEqual([]);
  }
  await end();
});

test('restoring back and forth leaves both in step, also one that missed a restore', async () => {
  const { admin, one, two, syncBoth, end } = await twoWorkspaces();
  await make(one, 'team_1', 'a');
  await syncBoth();
  const early = await backUp(admin);
  await rename(one, 'team_1', 'b');
  await one.sync();
  const late = await backUp(admin);
  await restore(admin, early);
  await make(one, 'team_2', 'c');
  // The second one does not sync in this generation at all.
  await one.sync();
  await restore(admin, late);
  await rename(two, 'team_1', 'd');
  await syncBoth();
  await restore(admin, early);
  await syncBoth();
  for (const workspace of [one, two]) {
    expect(await workspace.client().sync.status({})).toMatchObject({
      state: 'idle',
      pending: 0,
      in_step: true,
    });
    expect([await name(workspace, 'team_1'), await name(workspace, 'team_2')]).toEqual(['d', 'c']);
  }
  // What was replaced each time is kept.
  expect((await listBackups(admin)).map(({ reason }) => reason).toSorted()).toEqual([
    'manual',
    'manual',
    'restore',
    'restore',
    'restore',
  ]);
  await end();
});

test('restoring the safety backup of a restore takes that back', async () => {
  const { admin, one, two, syncBoth, end } = await twoWorkspaces();
  const id = await backUp(admin);
  await make(one, 'team_1', 'a');
  await syncBoth();
  await restore(admin, id);
  const [safety] = (await listBackups(admin)).filter(({ reason }) => reason === 'restore');
  const job: ServerJob = await restore(admin, safety?.id ?? '');
  expect(job.state).toBe('completed');
  expect((await admin.get<{ name: string }>('teams/team_1')).body.name).toBe('a');
  await syncBoth();
  for (const workspace of [one, two])
    expect(await workspace.client().sync.status({})).toMatchObject({
      state: 'idle',
      pending: 0,
      in_step: true,
    });
  await end();
});

test('a first download overtaken by a restore continues with the restored state', async () => {
  const { server, admin, one, two, syncBoth, end } = await twoWorkspaces();
  await make(one, 'team_1', 'a');
  await one.sync();
  const user = await addUser(admin, { role: 'editor', university_id: 'u' });
  const id = await backUp(admin);
  await make(one, 'team_2', 'b');
  await rename(one, 'team_1', 'c');
  await syncBoth();
  let isBroken = true;
  const network = await startFaultyNetwork(server.api.url, (path) =>
    isBroken && path.includes('/sync/snapshot') ? 'lost' : 'arrives',
  );
  const { clock } = server;
  const late = new SharedWorkspace(300, { now: () => ++clock.now, elapsed: () => clock.now });
  await late.open();
  await late.join(network.url, user.user.email, password).catch(() => null);
  await restore(admin, id);
  isBroken = false;
  await late.sync();
  await syncBoth();
  await late.sync();
  for (const workspace of [one, two, late]) {
    expect(await workspace.client().sync.status({})).toMatchObject({
      state: 'idle',
      pending: 0,
      in_step: true,
    });
    expect([await name(workspace, 'team_1'), await name(workspace, 'team_2')]).toEqual(['c', 'b']);
  }
  await end();
  await late.remove();
  await network.stop();
});

test('after a recovery by Postgres itself, restoring a backup of that state reports the loss to workspaces', async () => {
  const { server, admin, one, two, syncBoth, end } = await twoWorkspaces();
  await make(one, 'team_1', 'a');
  await syncBoth();
  const id = await backUp(admin);
  const [before] = await server.database.all<object>('SELECT generation, lineage::text FROM server');
  await rename(one, 'team_1', 'b');
  await make(two, 'team_2', 'c');
  await syncBoth();
  // As Postgres would have it: the past, under the same generation.
  await restore(admin, id);
  await server.database.run(
    'UPDATE server SET (generation, lineage) = (SELECT r.generation, r.lineage::jsonb FROM jsonb_to_record($1) AS r(generation text, lineage text))',
    [JSON.stringify(before)],
  );
  await restore(admin, await backUp(admin));
  await syncBoth();
  for (const workspace of [one, two]) {
    expect(await workspace.client().sync.status({})).toMatchObject({
      state: 'idle',
      pending: 0,
      in_step: true,
    });
    expect([await name(workspace, 'team_1'), await name(workspace, 'team_2')]).toEqual(['b', 'c']);
  }
  expect((await admin.get<{ name: string }>('teams/team_2')).body.name).toBe('c');
  await end();
});
