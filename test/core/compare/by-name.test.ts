import { expect, test } from 'vitest';
import { beforeReset } from '#test/support/before-reset.ts';
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

/** Live after a reset, and a sandbox of before, where Vera may do more and is called otherwise. */
async function afterReset() {
  const workspace = await testWorkspace({ resources });
  const { id, profile } = await beforeReset(workspace);
  const ada = workspace.as('Ada');
  type Asked = Parameters<typeof ada.sandboxes.promote>[0];
  const promote = async (asked: Omit<Asked, 'id'> = {}) =>
    resultOf(await ada.sandboxes.promote({ id, ...asked }));
  const vera = async (client = ada) =>
    (await client.workspace.profiles({})).find((one) => one.id === profile.id);
  return { workspace, ada, id, profile, promote, vera };
}

test('nor is what a profile may do in live another because Play counts in all conflicts', async () => {
  const { ada, id, profile, promote, vera } = await afterReset();
  const compared = await comparedBy(ada, id);
  expect(compared).toMatchObject({ based: 'none', by_name: 1 });
  const row = compared.rows.find((one) => one.id === profile.id);
  expect(row).toMatchObject({ class: 'conflict', by_name: true });

  const told = { unnamed: [{ ...profile, title: 'Vera', university: null }], undecided: [], left: 0 };
  for (const conflicts of ['ask', 'live', 'play'] as const)
    expect(await promote({ conflicts, dry: true })).toMatchObject(told);
  const done = await promote({ conflicts: 'play' });
  expect(done).toMatchObject(told);
  expect(done.updated['profiles']).toBeUndefined();
  expect(await vera()).toMatchObject({ role: 'viewer' });
});

test('of such a profile that is taken which a decision or `only` names', async () => {
  const { promote, profile, vera } = await afterReset();
  const only = [profile];
  await expect(promote({ only })).rejects.toMatchObject({ code: 'UNDECIDED' });
  const byField = { decisions: [{ ...profile, field: 'role', take: 'play' as const }] };
  const ways: Parameters<typeof promote>[0][] = [
    { only, conflicts: 'play' },
    { decisions: [{ ...profile, take: 'play' }], conflicts: 'live' },
    byField,
  ];
  const named = { unnamed: [], undecided: [], updated: { profiles: 1 } };
  for (const asked of ways) expect(await promote({ ...asked, dry: true })).toMatchObject(named);
  // What else is in conflict of it is not named.
  expect(await promote({ ...byField, conflicts: 'play' })).toMatchObject({ ...named, left_partly: 1 });
  expect(await vera()).toMatchObject({ role: 'admin', name: 'Vera B.' });
});

test('bringing live into such a sandbox asks for no name', async () => {
  const { workspace, id, vera } = await afterReset();
  const play = clientOf(await openSandbox(workspace, id));
  expect(await resultOf(await play.sandboxes.refresh({ id, conflicts: 'live' }))).toMatchObject({
    unnamed: [],
  });
  expect(await vera(play)).toMatchObject({ role: 'viewer' });
});
