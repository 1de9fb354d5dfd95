import { expect, onTestFinished, test } from 'vitest';
import { pullChanges } from '#core/sync/round.ts';
import { syncService } from '#core/sync/handlers.ts';
import { erasedText } from '#shared/domain/erased.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { take } from '#test/support/sandboxes.ts';
import { chainProblems, tablesWith } from '../../support/chain.ts';
import { erase, filesOf } from '../../support/erasing.ts';
import { foreign, own, populate } from '../../support/people.ts';
import { addUser, password, startServer } from '../../support/server.ts';
import { workspacesOf } from './workspace.ts';
import type { SharedWorkspace } from './workspace.ts';

const inStep = { state: 'idle', in_step: true, pending: 0 } as const;
const narrow = { role: 'editor', university_id: own, sees: 'university' } as const;
const secrets = ['Maja Holm', 'Maja Lindqvist', 'maja.holm@example.edu'];
const innocent = ['Tuesday', 'Flight software', 'Grace Hopper'];

/** Somebody of the other university, and texts that name her in records that the own university reads. */
async function fill(one: SharedWorkspace): Promise<void> {
  const { entities } = one.client();
  const update = (type: 'project' | 'team', id: string, data: JsonObject) =>
    entities.update({ type, id, data });
  await entities.create({
    type: 'student',
    id: 'maja',
    data: { name: 'Maja Lindqvist', email: 'maja.holm@example.edu', university_id: foreign },
  });
  await entities.update({ type: 'student', id: 'maja', data: { name: 'Maja Holm' } });
  await entities.create({
    type: 'project',
    id: 'project',
    data: { name: 'Plan of Maja Holm', description: 'Ask Grace Hopper', day: 'Tuesday' },
  });
  await entities.create({ type: 'team', id: 'team', data: { name: 'Flight software', university_id: own } });
  await update('project', 'project', { description: 'Ask Maja Lindqvist or Grace Hopper' });
  await update('project', 'project', {
    description: 'Ask Maja Holm (maja.holm@example.edu), or Grace Hopper',
  });
  await update('project', 'project', { lead: 'Grace Hopper' });
  await update('project', 'project', { lead: 'Maja Holm' });
  // Only the history of the team names her.
  await update('team', 'team', { description: 'With Maja Lindqvist' });
  await update('team', 'team', { description: 'Alone' });
}

async function world() {
  const server = await startServer();
  const { admin } = await populate(server);
  const spaces = workspacesOf(server, admin, onTestFinished);
  const ada = await spaces.joined('admin');
  return { server, admin, ...spaces, ada };
}

async function expectClean(one: SharedWorkspace): Promise<void> {
  expect(await one.sync()).toMatchObject(inStep);
  expect(filesOf(one, secrets)).toEqual([]);
  for (const text of innocent) expect(filesOf(one, [text])).not.toEqual([]);
  expect(await one.problems()).toEqual([]);
}

test('a workspace that has only texts that name an erased person loses the names, in its history and sandboxes too', async () => {
  const { server, ada, joined } = await world();
  // Joins before, so that its history gets each text.
  const lena = await joined(narrow);
  await fill(ada);
  await ada.sync();
  await lena.sync();
  expect(filesOf(lena, ['Maja Holm'])).not.toEqual([]);
  await take(lena.client(), 'Plan');
  await lena
    .client()
    .entities.update({ type: 'team', id: 'team', data: { description: 'Maja Lindqvist, Tom Sawyer' } });
  await erase(ada, 'maja');
  for (const one of [lena, ada]) await expectClean(one);
  expect(await tablesWith(server.database, secrets)).toEqual([]);
  const { entities } = lena.client();
  expect((await entities.get({ type: 'project', id: 'project' })).payload).toMatchObject({
    name: `Plan of ${erasedText}`,
    description: `Ask ${erasedText} (${erasedText}), or Grace Hopper`,
    lead: erasedText,
    day: 'Tuesday',
  });
  expect((await entities.get({ type: 'team', id: 'team' })).payload).toMatchObject({
    description: `${erasedText}, Tom Sawyer`,
  });
  expect(await chainProblems(server.database)).toEqual([]);
  await server.stop();
});

test('a workspace that shares only its university loses the names of somebody of another one', async () => {
  const { server, ada, joined } = await world();
  const partial = await joined('admin', own);
  await fill(ada);
  await ada.sync();
  await partial.sync();
  expect(filesOf(partial, ['Maja Lindqvist'])).not.toEqual([]);
  await erase(ada, 'maja');
  await expectClean(partial);
  const late = await joined(narrow);
  expect(await late.sync()).toMatchObject(inStep);
  expect(filesOf(late, secrets)).toEqual([]);
  await server.stop();
});

/** As after a hint: others' changes are pulled, and records are not compared. */
async function pullNews({ core: { services } }: SharedWorkspace): Promise<void> {
  const { signal } = new AbortController();
  await syncService(services).callServer((remote) =>
    pullChanges({ services, remote, onProgress: () => {}, signal }),
  );
}

test.each(['before', 'after'])(
  'a workspace whose user lost sight of a person, and syncs %s the erasure, loses the name from its history',
  async (when) => {
    const { server, admin, ada, opened } = await world();
    const { user } = await addUser(admin, { ...narrow, sees: 'all' });
    const rea = await opened();
    await fill(ada);
    const data = { name: 'Rotor', university_id: foreign, description: 'Ask Maja Holm' };
    await ada.client().entities.create({ type: 'team', id: 'rotor', data });
    await ada.sync();
    await rea.join(server.api.url, user.email, password);
    await admin.patch(`users/${user.id}`, { sees: 'university' });
    if (when === 'before') await rea.sync();
    expect(filesOf(rea, ['Maja Holm'])).not.toEqual([]);
    await erase(ada, 'maja');
    if (when === 'after') await pullNews(rea);
    await expectClean(rea);
    await server.stop();
  },
);

test('a workspace that joins again loses the names of a person whom it never had', async () => {
  const { server, admin, ada, opened } = await world();
  const { user } = await addUser(admin, { ...narrow, role: 'researcher' });
  const lena = await opened();
  await lena.join(server.api.url, user.email, password, own);
  await fill(ada);
  await ada.sync();
  await lena.sync();
  await lena.client().sync.leave({ keep_unsent: true });
  expect(filesOf(lena, ['Maja Holm'])).not.toEqual([]);
  await erase(ada, 'maja');
  await lena.join(server.api.url, user.email, password, own);
  await expectClean(lena);
  await server.stop();
});
