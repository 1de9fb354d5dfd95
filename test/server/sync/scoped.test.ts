import { expect, test } from 'vitest';
import { foreign, own, populate } from '../support/people.ts';
import { create, operation, push, update } from '../support/push.ts';
import { addUser, serverOfFile } from '../support/server.ts';
import { workspacesOf } from './clients/workspace.ts';
import type { SharedWorkspace } from './clients/workspace.ts';

const server = await serverOfFile();
const { admin } = await populate(server);
const { joined } = workspacesOf(server, admin);

/** A workspace of somebody who sees one university alone. */
async function scoped(university_id: string) {
  const user = await addUser(admin, { role: 'editor', university_id, sees: 'university' });
  return { workspace: await joined(user), ...user };
}

const idsIn = ({ core }: SharedWorkspace): string[] =>
  ['teams', 'interfaces'].flatMap((table) =>
    core.services.read.column<string>(`SELECT id FROM ${table} WHERE deleted_at IS NULL ORDER BY id`),
  );

const move = (id: string, from: string | null, to: string | null) =>
  push(admin, [operation([update('team', id, { university_id: from }, { university_id: to })])]);

test('a link keeps both universities when a person with one of them changes it', async () => {
  await push(admin, [
    operation([
      create('team', 'team_a', { name: 'A', university_id: own }),
      create('team', 'team_b', { name: 'B', university_id: foreign }),
      create('interface', 'link_ab', { from: 'team_a', to: 'team_b', energy_loss: 5 }),
    ]),
  ]);
  const [here, there] = [await scoped(own), await scoped(foreign)];
  const { body } = await push(here.api, [
    operation([update('interface', 'link_ab', { energy_loss: 5 }, { energy_loss: 9 })]),
  ]);
  expect(body.refused).toEqual([]);
  expect(await there.workspace.sync()).toMatchObject({ in_step: true, state: 'idle' });
  expect(idsIn(there.workspace)).toEqual(['team_b', 'link_ab']);
  const { body: back } = await push(there.api, [
    operation([update('interface', 'link_ab', { energy_loss: 9 }, { energy_loss: 11 })]),
  ]);
  expect(back.refused).toEqual([]);
  expect(await here.workspace.sync()).toMatchObject({ in_step: true });
});

test('a record that moves to a university, or to none, leaves and enters the scopes of clients', async () => {
  const { workspace } = await scoped(own);
  await push(admin, [operation([create('team', 'team_n', { name: 'N', university_id: null })])]);
  await push(admin, [operation([create('team', 'team_m', { name: 'M', university_id: foreign })])]);
  await workspace.sync();
  expect(idsIn(workspace)).toContain('team_n');
  await move('team_n', null, foreign);
  await move('team_m', foreign, null);
  expect(await workspace.sync()).toMatchObject({ in_step: true });
  expect(idsIn(workspace)).not.toContain('team_n');
  expect(idsIn(workspace)).toContain('team_m');
});

test('a person who gets to see everything continues syncing, whatever others did meanwhile', async () => {
  const { workspace, user } = await scoped(own);
  const author = await joined({ role: 'researcher', university_id: foreign });
  for (const id of ['team_1', 'team_2', 'team_3']) {
    await author.client().entities.create({ type: 'team', id, data: { name: id, university_id: foreign } });
    await author.sync();
    if (id === 'team_1') await workspace.sync();
  }
  await admin.call('PATCH', `users/${user.id}`, { body: { sees: 'all' } });
  expect(await workspace.sync()).toMatchObject({ in_step: true, state: 'idle' });
  expect(idsIn(workspace)).toContain('team_3');
});

test('a person with one university creates no record outside of it', async () => {
  const { api, workspace } = await scoped(own);
  const researcher = await addUser(admin, { role: 'researcher', university_id: own, sees: 'university' });
  const made = await push(researcher.api, [
    operation([create('team', 'team_unseen', { name: 'U', university_id: foreign })]),
  ]);
  expect(made.body.refused).toMatchObject([{ code: 'forbidden:out_of_sight' }]);
  expect(await researcher.api.refusal('POST', 'teams', { name: 'U', university_id: foreign })).toEqual([
    403,
    'FORBIDDEN',
  ]);
  const link = { from: 'team_b', to: 'team_m' };
  const refused = await push(api, [operation([create('interface', 'link_unseen', link)])]);
  expect(refused.body.refused).toMatchObject([{ record: { id: 'link_unseen' } }]);
  expect(await workspace.sync()).toMatchObject({ in_step: true });
});

test('a workspace of one university follows records that move in and out of it', async () => {
  await push(admin, [
    operation([
      create('team', 'team_1a', { name: 'A', university_id: own }),
      create('team', 'team_1b', { name: 'B', university_id: foreign }),
      create('team', 'team_1c', { name: 'C', university_id: foreign }),
      create('interface', 'link_1ab', { from: 'team_1a', to: 'team_1b' }),
      create('interface', 'link_1bc', { from: 'team_1b', to: 'team_1c' }),
    ]),
  ]);
  const { workspace } = await scoped(own);
  const idsHere = (): string[] => idsIn(workspace).filter((id) => /_1[abc]/.test(id));
  expect(idsHere()).toEqual(['team_1a', 'link_1ab']);
  await move('team_1c', foreign, own);
  expect((await workspace.sync())?.in_step).toBe(true);
  expect(idsHere()).toEqual(['team_1a', 'team_1c', 'link_1ab', 'link_1bc']);
  await move('team_1a', own, foreign);
  expect((await workspace.sync())?.in_step).toBe(true);
  expect(idsHere()).toEqual(['team_1c', 'link_1bc']);
  // There and back before anybody looks, with a change in between.
  await move('team_1c', own, foreign);
  await push(admin, [operation([update('team', 'team_1c', { name: 'C' }, { name: 'C again' })])]);
  await move('team_1c', foreign, own);
  expect(await workspace.sync()).toMatchObject({ in_step: true, pending: 0, quarantined: 0 });
  expect(idsHere()).toEqual(['team_1c', 'link_1bc']);
  expect(await workspace.problems()).toEqual([]);
});

test('operations that the server cannot store go into quarantine, and later ones arrive', async () => {
  const { workspace } = await scoped(own);
  const { entities, sync } = workspace.client();
  const text = { name: 'N', university_id: own, notes: 'nul \u0000' };
  await entities.create({ type: 'team', id: 'team_nul', data: text });
  await entities.create({ type: 'team', id: 'team_next', data: { name: 'Next', university_id: own } });
  expect(await workspace.sync()).toMatchObject({ in_step: true, pending: 0, quarantined: 1 });
  const { operations } = await sync.quarantine({});
  expect(operations).toMatchObject([{ code: 'unstorable', records: [{ id: 'team_nul' }] }]);
  expect(idsIn(workspace)).toContain('team_next');
});
