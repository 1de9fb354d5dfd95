import { expect, test } from 'vitest';
import { clientOf, resultOf, take } from '#test/support/sandboxes.ts';
import { openSeeded } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';
import { foreign, own, populate } from '../../support/people.ts';
import { create, operation, push } from '../../support/push.ts';
import { serverOfFile } from '../../support/server.ts';
import { workspacesOf } from './workspace.ts';
import type { SharedWorkspace } from './workspace.ts';

const server = await serverOfFile();
const people = await populate(server);
await push(people.admin, [
  operation([create('team', 'team_own', { name: 'Own', university_id: own, size: 5 })]),
]);

const { joined } = workspacesOf(server, people.admin);
let seed = 500;

/** Does something in a sandbox, as whoever has that open. */
async function inSandbox(
  one: SharedWorkspace,
  id: string,
  work: (play: Client) => Promise<unknown>,
): Promise<void> {
  const { source, files } = one.core.services;
  const target = { kind: 'sandbox', id } as const;
  const core = await openSeeded({ folder: files.folder, seed: (seed += 10), clock: source.clock, target });
  try {
    await work(clientOf(core));
  } finally {
    await core.close();
  }
}

const resize = (one: SharedWorkspace, id: string, size: number): Promise<void> =>
  inSandbox(one, id, (play) => play.entities.update({ type: 'team', id: 'team_own', data: { size } }));

const shareOf = async (one: SharedWorkspace, id: string, university_id?: string) =>
  resultOf(await one.client().sandboxes.share({ id, ...(university_id && { university_id }) }));

const listed = async (one: SharedWorkspace): Promise<[string, string, number][]> =>
  (await one.client().sandboxes.listShared({})).map(({ name, by, count }) => [name, by.name, count]);

test('Ada shares a sandbox with her university, and Bob takes a copy and shares that again', async () => {
  const [ada, bob] = [await joined(people.editor), await joined(people.researcher)];
  const { id } = await take(ada.client(), 'What if');
  await resize(ada, id, 9);
  const shared = await shareOf(ada, id);
  expect(shared).toMatchObject({ university_id: own, count: 1, elsewhere: 0 });
  expect(await ada.sync()).toMatchObject({ in_step: true, pending: 0, quarantined: 0 });
  expect(await bob.sync()).toMatchObject({ in_step: true });
  expect(await listed(bob)).toEqual([['What if', people.editor.user.name, 1]]);

  const share = shared.id ?? '';
  const taken = await resultOf(await bob.client().sandboxes.addShared({ id: share }));
  expect(taken).toMatchObject({ sandbox: { name: 'What if', changes: 1 }, moved: 0, problems: [] });
  await resize(bob, taken.sandbox.id, 11);
  expect(await shareOf(bob, taken.sandbox.id)).toMatchObject({ id: share, moved: false });
  await bob.sync();
  await ada.sync();
  expect(await listed(ada)).toEqual([['What if', people.researcher.user.name, 1]]);
  // Ada sees that hers is not the newer state.
  const late = resultOf(await ada.client().sandboxes.share({ id }));
  await expect(late).rejects.toMatchObject({ code: 'MOVED_ON' });
  // Who joins later downloads it.
  expect(await listed(await joined(people.viewer))).toHaveLength(1);
  // An editor of another university may not replace it, and shares one more with their own.
  const eve = await joined(people.other);
  const hers = await resultOf(await eve.client().sandboxes.addShared({ id: share, name: 'Hers' }));
  const more = await shareOf(eve, hers.sandbox.id);
  expect(more).toMatchObject({ name: 'Hers', university_id: foreign, known: null, elsewhere: 1 });
  expect(await eve.sync()).toMatchObject({ in_step: true, quarantined: 0 });
  for (const one of [ada, bob]) expect(await one.problems()).toEqual([]);
});

test('a person with another university has none of it, and may write none', async () => {
  const rea = await joined(people.researcher);
  await people.admin.patch(`users/${people.other.user.id}`, { sees: 'university' });
  const other = await joined(people.other);
  const { id } = await take(rea.client(), 'Only ours');
  await resize(rea, id, 3);
  await shareOf(rea, id);
  await rea.sync();
  expect(await other.sync()).toMatchObject({ in_step: true });
  // Of the university that they see, and nothing of the other.
  expect(await listed(other)).toEqual([['Hers', people.other.user.name, 1]]);
  const { id: theirs } = await take(other.client(), 'Theirs');
  await inSandbox(other, theirs, (play) =>
    play.entities.create({ type: 'team', data: { name: 'New', university_id: foreign } }),
  );
  await expect(shareOf(other, theirs, own)).rejects.toMatchObject({
    code: 'FORBIDDEN',
    data: { rule: 'own_university_only' },
  });
  expect(await shareOf(other, theirs)).toMatchObject({ university_id: foreign, elsewhere: 0 });
  // A university that it is shared with sees what others belong to, and is told how much that is.
  const dry = await resultOf(
    await rea.client().sandboxes.share({ id, university_id: foreign, as: 'new', dry: true }),
  );
  expect(dry).toMatchObject({ count: 1, elsewhere: 1 });
});
