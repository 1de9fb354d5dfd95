import { expect, test, vi } from 'vitest';
import { locateRecord } from '#core/log/records/locate.ts';
import { syncService } from '#core/sync/handlers.ts';
import { foreign, own, populate } from '../../support/people.ts';
import { create, operation, push, update } from '../../support/push.ts';
import { addUser, password, serverOfFile } from '../../support/server.ts';
import { startFaultyNetwork } from './proxy.ts';
import { workspacesOf } from './workspace.ts';
import type { SharedWorkspace } from './workspace.ts';

const server = await serverOfFile();
const { admin } = await populate(server);
const { opened, joined } = workspacesOf(server, admin);

const researcher = { role: 'researcher', university_id: own } as const;
const teamAt = async (id: string): Promise<number> => (await admin.get(`teams/${id}`)).status;
const make = (one: SharedWorkspace, id: string, more: object = {}) =>
  one.client().entities.create({ type: 'team', id, data: { name: id, university_id: own, ...more } });

test('two programs that have one workspace open sync at once', async () => {
  const one = await joined(researcher);
  const beside = await one.openBeside();
  const client = beside.client(beside.session());
  const syncBeside = async (): Promise<void> => {
    for await (const _ of await client.sync.runOnce({}));
  };
  for (let turn = 0; turn < 6; turn++) {
    const rows = Array.from({ length: 60 }, (_, at) =>
      operation([create('team', `team_${turn}_${at}`, { name: 'x', university_id: own })]),
    );
    await push(admin, rows);
    await Promise.all([one.sync(), syncBeside()]);
    expect(await one.client().sync.status({})).toMatchObject({ state: 'idle', in_step: true });
  }
  await beside.close();
  expect(await one.problems()).toEqual([]);
});

test('deleting at the server when leaving skips unsent changes', async () => {
  const one = await joined({ role: 'editor', university_id: own }, own);
  await make(one, 'team_sent');
  await one.sync();
  await make(one, 'team_unsent');
  expect(await one.client().sync.leave({ keep_unsent: true, delete_remote: true })).toMatchObject({
    state: 'off',
  });
  expect([await teamAt('team_sent'), await teamAt('team_unsent')]).toEqual([404, 404]);
  expect(await one.client().entities.get({ type: 'team', id: 'team_sent' })).toMatchObject({
    deleted_at: null,
  });
});

test('a change that is too large for the server is refused alone, and later ones arrive', async () => {
  const one = await joined(researcher);
  await make(one, 'team_before');
  await make(one, 'team_large');
  // An older FRAMES had no limit.
  await one.core.services.queue.command(one.core.session(), ({ db, records }) => {
    const record = locateRecord(db, 'team_large');
    if (record) records.replace(record, { ...record.payload, notes: 'x'.repeat(17_000_000) });
  });
  await make(one, 'team_after');
  expect(await one.sync()).toMatchObject({ pending: 0, quarantined: 1, in_step: true });
  const { operations } = await one.client().sync.quarantine({});
  expect(operations).toMatchObject([{ code: 'too_large', records: [{ id: 'team_large' }] }]);
  expect([await teamAt('team_before'), await teamAt('team_after')]).toEqual([200, 200]);
});

test('an interrupted join continues with the current settings', async () => {
  const { user } = await addUser(admin, researcher);
  await push(admin, [operation([create('team', 'team_elsewhere', { name: 'E', university_id: foreign })])]);
  let isBroken = true;
  const network = await startFaultyNetwork(server.api.url, (path) =>
    isBroken && path.includes('/sync/snapshot') ? 'lost' : 'arrives',
  );
  const one = await opened();
  await expect(one.join(network.url, user.email, password)).rejects.toMatchObject({ code: 'SYNC' });
  isBroken = false;
  const status = await one.join(network.url, user.email, password, own);
  expect(status).toMatchObject({ in_step: true, server: { share: own } });
  await one.client().entities.create({
    type: 'team',
    id: 'team_private',
    data: { name: 'P', university_id: foreign },
  });
  await one.sync();
  expect(await teamAt('team_private')).toBe(404);
  await network.stop();
});

test('a record that leaves the shared university leaves it at the server, too', async () => {
  const one = await joined(researcher, own);
  await make(one, 'team_moves');
  await one.sync();
  await one.client().entities.update({ type: 'team', id: 'team_moves', data: { university_id: foreign } });
  expect(await one.sync()).toMatchObject({ in_step: true, pending: 0 });
  expect((await admin.get<{ university_id: string }>('teams/team_moves')).body.university_id).toBe(foreign);
});

test('a conflict is resolved by a later write of the field, in the same answer too', async () => {
  const [one, two] = [await joined(researcher), await joined(researcher)];
  await make(one, 'team_conflict', { size: 1 });
  await one.sync();
  await two.sync();
  const resize = (workspace: SharedWorkspace, size: number) =>
    workspace.client().entities.update({ type: 'team', id: 'team_conflict', data: { size } });
  await resize(one, 2);
  await resize(two, 3);
  await two.sync();
  // At the server the one that was later stays, and is written again before anybody looks.
  const { user } = (await one.client().sync.status({})).server ?? {};
  expect(user).toBeDefined();
  await one.sync();
  const { body } = await admin.get<{ size: number }>('teams/team_conflict');
  await push(admin, [operation([update('team', 'team_conflict', { size: body.size }, { size: 9 })])]);
  await two.sync();
  await one.sync();
  for (const workspace of [one, two])
    expect(await workspace.client().sync.status({})).toMatchObject({ conflicts: 0, in_step: true });
});

test('a value that wins a conflict is credited to its author, not to the person whose value lost', async () => {
  const [one, two, three] = [await joined(researcher), await joined(researcher), await joined(researcher)];
  const renameTo = (workspace: SharedWorkspace, name: string) =>
    workspace.client().entities.update({ type: 'team', id: 'team_radio', data: { name } });
  await make(one, 'team_radio');
  for (const workspace of [one, two, three]) await workspace.sync();
  await renameTo(one, 'Radio Ada');
  await renameTo(two, 'Radio Bob');
  for (const workspace of [two, one, three]) await workspace.sync();
  const bob = (await two.client().sync.status({})).server?.user.id;
  for (const workspace of [one, two, three]) {
    const { payload } = await workspace.client().entities.get({ type: 'team', id: 'team_radio' });
    expect(payload['name']).toBe('Radio Bob');
    const renames = workspace.core.services.read.all<{ actor: string; payload_after: string }>(
      `SELECT actor, payload_after FROM audit_logs WHERE entity_id = 'team_radio' AND action = 'update'`,
    );
    const credited = renames.map(({ actor, payload_after }) => [actor, payload_after]);
    expect(credited).toContainEqual([bob, '{"name":"Radio Bob"}']);
    const byOthers = credited.filter(([actor]) => actor !== bob).map(([, value]) => value);
    expect(byOthers).toEqual(workspace === one ? ['{"name":"Radio Ada"}'] : []);
    expect(await workspace.client().sync.status({})).toMatchObject({ pending: 0, in_step: true });
    expect(await workspace.problems()).toEqual([]);
  }
});

test('a person who was signed out and signs in again is seen by others at once', async () => {
  const [{ user }, one, two] = [await addUser(admin, researcher), await opened(), await joined(researcher)];
  await one.join(server.api.url, user.email, password);
  await make(one, 'team_watched');
  await one.sync();
  for (const { core } of [one, two]) syncService(core.services).start();
  const isSeen = (people: object[]): Promise<void> =>
    vi.waitFor(async () => expect((await two.client().sync.status({})).people).toMatchObject(people), {
      timeout: 10_000,
      interval: 100,
    });
  await one.client().sync.announceOpenRecord({ id: 'team_watched' });
  await isSeen([{ record: { id: 'team_watched' } }]);
  // A new password ends all sessions.
  await admin.patch(`users/${user.id}`, { password });
  await isSeen([]);
  await one.sync();
  expect(await one.client().sync.status({})).toMatchObject({ state: 'signed_out' });
  await one.client().sync.signIn({ password });
  await isSeen([{ record: { id: 'team_watched' } }]);
});

// The last one: it takes the university away from all others.
test('deleting at the server when leaving touches nothing but the university that was shared', async () => {
  await push(admin, [
    operation([
      create('team', 'team_of_none', { name: 'N', university_id: null }),
      create('team', 'team_of_foreign', { name: 'F', university_id: foreign }),
    ]),
  ]);
  const one = await joined(researcher, own);
  await make(one, 'team_of_own');
  await one.sync();
  await one.client().sync.leave({ delete_remote: true });
  expect((await admin.get(`universities/${foreign}`)).status).toBe(200);
  expect(await Promise.all(['team_of_none', 'team_of_foreign', 'team_of_own'].map(teamAt))).toEqual([
    200, 200, 404,
  ]);
});
