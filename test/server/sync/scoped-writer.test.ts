import { afterAll, expect, test } from 'vitest';
import { systemClock } from '#core/kernel/system.ts';
import { foreign, own, populate } from '../support/people.ts';
import { create, operation, push, update } from '../support/push.ts';
import { addUser, password, serverOfFile } from '../support/server.ts';
import { SharedWorkspace } from './clients/workspace.ts';

const server = await serverOfFile();
const { admin } = await populate(server);
const opened: SharedWorkspace[] = [];
afterAll(async () => {
  for (const workspace of opened) await workspace.remove();
});

/** A workspace of somebody who sees one university alone. */
async function scoped(university_id: string) {
  const user = await addUser(admin, { role: 'editor', university_id, sees: 'university' });
  const workspace = new SharedWorkspace(100 + opened.length, systemClock);
  opened.push(workspace);
  await workspace.open();
  await workspace.join(server.api.url, user.user.email, password);
  return { workspace, ...user };
}

const idsIn = ({ core }: SharedWorkspace): string[] =>
  ['teams', 'interfaces'].flatMap((table) =>
    core.services.read.column<string>(`SELECT id FROM ${table} WHERE deleted_at IS NULL ORDER BY id`),
  );

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
  const move = (id: string, from: string | null, to: string | null) =>
    push(admin, [operation([update('team', id, { university_id: from }, { university_id: to })])]);
  await move('team_n', null, foreign);
  await move('team_m', foreign, null);
  expect(await workspace.sync()).toMatchObject({ in_step: true });
  expect(idsIn(workspace)).not.toContain('team_n');
  expect(idsIn(workspace)).toContain('team_m');
});

test('a person who gets to see everything continues syncing, whatever others did meanwhile', async () => {
  const { workspace, user } = await scoped(own);
  const other = await addUser(admin, { role: 'researcher', university_id: foreign });
  const author = new SharedWorkspace(200, systemClock);
  opened.push(author);
  await author.open();
  await author.join(server.api.url, other.user.email, password);
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
