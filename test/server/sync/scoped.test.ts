import { expect, test } from 'vitest';
import { systemClock } from '#core/kernel/system.ts';
import { foreign, own, populate } from '../support/people.ts';
import { create, operation, push, update } from '../support/push.ts';
import { addUser, password, serverOfFile } from '../support/server.ts';
import { SharedWorkspace } from './clients/workspace.ts';

const server = await serverOfFile();
const { admin } = await populate(server);
await push(admin, [
  operation([
    create('team', 'team_a', { name: 'A', university_id: own }),
    create('team', 'team_b', { name: 'B', university_id: foreign }),
    create('team', 'team_c', { name: 'C', university_id: foreign }),
    create('interface', 'link_ab', { from: 'team_a', to: 'team_b' }),
    create('interface', 'link_bc', { from: 'team_b', to: 'team_c' }),
  ]),
]);
const { user } = await addUser(admin, { role: 'editor', university_id: own, sees: 'university' });
const workspace = new SharedWorkspace(3, systemClock);
await workspace.open();
await workspace.join(server.api.url, user.email, password);

const idsHere = (): string[] => {
  const { read } = workspace.core.services;
  return ['teams', 'interfaces'].flatMap((table) =>
    read.column<string>(`SELECT id FROM ${table} WHERE deleted_at IS NULL ORDER BY id`),
  );
};
const move = (id: string, from: string, to: string) =>
  push(admin, [operation([update('team', id, { university_id: from }, { university_id: to })])]);

test('a workspace of one university follows records that move in and out of it', async () => {
  expect(idsHere()).toEqual(['team_a', 'link_ab']);
  await move('team_c', foreign, own);
  expect((await workspace.sync())?.in_step).toBe(true);
  expect(idsHere()).toEqual(['team_a', 'team_c', 'link_ab', 'link_bc']);
  await move('team_a', own, foreign);
  expect((await workspace.sync())?.in_step).toBe(true);
  expect(idsHere()).toEqual(['team_c', 'link_bc']);
  // There and back before anybody looks, with a change in between.
  await move('team_c', own, foreign);
  await push(admin, [operation([update('team', 'team_c', { name: 'C' }, { name: 'C again' })])]);
  await move('team_c', foreign, own);
  expect(await workspace.sync()).toMatchObject({ in_step: true, pending: 0, quarantined: 0 });
  expect(idsHere()).toEqual(['team_c', 'link_bc']);
  expect(await workspace.problems()).toEqual([]);
});

test('operations that the server cannot store go into quarantine, and later ones arrive', async () => {
  const { entities, sync } = workspace.client();
  const text = { name: 'N', university_id: own, notes: 'nul \u0000' };
  await entities.create({ type: 'team', id: 'team_nul', data: text });
  await entities.create({ type: 'team', id: 'team_next', data: { name: 'Next', university_id: own } });
  expect(await workspace.sync()).toMatchObject({ in_step: true, pending: 0, quarantined: 1 });
  const { operations } = await sync.quarantine({});
  expect(operations).toMatchObject([{ code: 'unstorable', records: [{ id: 'team_nul' }] }]);
  expect(idsHere()).toContain('team_next');
  await workspace.remove();
});
