import { expect, test } from 'vitest';
import { comparedBy } from '#test/support/compare.ts';
import { resources } from '#test/support/golden.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { twoSides } from '#test/support/two-sides.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** A workspace without records, and a sandbox of what came with the program, which has a profile of its own, an admin. */
async function pristine() {
  const workspace = await testWorkspace({ resources });
  const ada = workspace.as();
  const { id } = await take(ada, 'Pristine', 'golden');
  type Asked = Parameters<typeof ada.sandboxes.promote>[0];
  const promote = async (asked: Omit<Asked, 'id'> = {}) =>
    resultOf(await ada.sandboxes.promote({ id, conflicts: 'live', ...asked }));
  const profiles = async () => (await ada.workspace.profiles({})).map(({ name }) => name);
  return { workspace, ada, id, promote, profiles };
}

test('who may act in a sandbox that has nothing in common with live is promoted only by name', async () => {
  const { workspace, ada, id, promote, profiles } = await pristine();
  const compared = await comparedBy(ada, id);
  const [frames] = compared.rows.filter(({ by_name }) => by_name);
  expect(frames).toMatchObject({ type: 'profile', title: 'FRAMES', class: 'play' });
  expect(compared.by_name).toBe(1);

  const told = { type: 'profile', id: frames?.id ?? '', title: 'FRAMES', university: null };
  expect((await promote({ dry: true })).unnamed).toEqual([told]);
  const done = await promote();
  expect(done.unnamed).toEqual([told]);
  expect(done.created['teams']).toBeGreaterThan(0);
  expect(done.created['profiles']).toBeUndefined();
  expect(await profiles()).toEqual(['Ada']);
  // Nobody asked for it where other records are named.
  const others = [{ id: told.id }];
  expect((await promote({ except: others })).unnamed).toEqual([]);

  const named = await promote({ only: others });
  expect(named).toMatchObject({ unnamed: [], created: { profiles: 1 } });
  expect(await profiles()).toEqual(['Ada', 'FRAMES']);
  expect((await workspace.verify()).ok).toBe(true);
});

test('a decision names it too, beside all that is promoted anyway', async () => {
  const { ada, id, promote, profiles } = await pristine();
  const row = (await comparedBy(ada, id)).rows.find(({ by_name }) => by_name);
  const done = await promote({ decisions: [{ type: 'profile', id: row?.id ?? '', take: 'play' }] });
  expect(done.created).toMatchObject({ profiles: 1 });
  expect(done.created['teams']).toBeGreaterThan(0);
  expect(await profiles()).toEqual(['Ada', 'FRAMES']);
});

test('a decision that live counts names it to stay out, also beside `only`', async () => {
  const { ada, id, promote, profiles } = await pristine();
  const row = (await comparedBy(ada, id)).rows.find(({ by_name }) => by_name);
  const profile = { type: 'profile' as const, id: row?.id ?? '' };
  const decisions = [{ ...profile, take: 'live' as const }];
  for (const asked of [{ only: [profile] }, {}]) {
    const done = await promote({ decisions, ...asked });
    expect(done.unnamed).toMatchObject([{ title: 'FRAMES' }]);
    expect(done.created['profiles']).toBeUndefined();
  }
  expect(await profiles()).toEqual(['Ada']);
});

test('bringing live into such a sandbox brings its profiles, and those of the sandbox stay', async () => {
  const { workspace, id } = await pristine();
  const play = clientOf(await openSandbox(workspace, id));
  const done = await resultOf(await play.sandboxes.refresh({ id, conflicts: 'play' }));
  expect(done.unnamed).toEqual([]);
  expect((await play.workspace.profiles({})).map(({ name }) => name)).toEqual(['FRAMES', 'Ada']);
});

test('a profile that was made in a sandbox of live comes with the rest', async () => {
  const { ada, play, id, promote } = await twoSides(template);
  await play.workspace.createProfile({ name: 'Newcomer', role: 'editor' });
  expect((await comparedBy(ada, id)).by_name).toBe(0);
  expect(await promote()).toMatchObject({ unnamed: [], created: { profiles: 1 } });
});
