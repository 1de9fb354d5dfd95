import { expect, test } from 'vitest';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const people = await makeTemplate(preparePeople);

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  const ada = workspace.as();
  await ada.checkpoints.create({ name: 'Then' });
  await ada.entities.remove({ type: 'team', id: 'team-b' });
});

const ways: [string, (rea: Client) => Promise<unknown>][] = [
  ['restored', (rea) => rea.entities.restore({ type: 'team', id: 'team-b' })],
  [
    'taken back to a moment',
    async (rea) => resultOf(await rea.moments.restore({ at: 'Then', ids: ['team-b'] })),
  ],
];

test.each(ways)('who may change nothing any more takes nothing back of what was %s', async (_, bring) => {
  const workspace = await testWorkspace({ template });
  const [ada, rea] = [workspace.as(), workspace.as('Rea')];
  await bring(rea);
  // The team was changed since and stays: what had come with it must not go without a permission.
  await ada.entities.update({ type: 'team', id: 'team-b', data: { size: 9 } });
  await ada.workspace.changeProfile({ profile: 'Rea', role: 'viewer' });
  await refused('FORBIDDEN', rea.history.undo({ on_conflict: 'leave' }));
  expect((await ada.entities.get({ type: 'interface', id: 'link' })).deleted_at).toBeNull();
  const { payload } = await ada.entities.get({ type: 'student', id: 'student-b' });
  expect(payload).toMatchObject({ team_id: 'team-b' });

  await ada.workspace.changeProfile({ profile: 'Rea', role: 'researcher' });
  const { left } = await rea.history.undo({ on_conflict: 'leave' });
  expect(left).toMatchObject([{ id: 'team-b', reason: 'changed_since' }]);
});

test('what followed from a deletion that another took back is taken back only by who may change it', async () => {
  const workspace = await testWorkspace({ template: people });
  const [ada, rea] = [workspace.as(), workspace.as('Rea')];
  await rea.entities.remove({ type: 'team', id: 'team-b' });
  await ada.entities.restore({ type: 'team', id: 'team-b' });
  const student = { type: 'student', id: 'student-b' } as const;
  await ada.entities.update({ ...student, data: { team_id: null } });
  await ada.workspace.changeProfile({ profile: 'Rea', role: 'viewer' });
  await refused('UNDO_CONFLICT', rea.history.undo({ on_conflict: 'leave' }));
  await refused('FORBIDDEN', rea.history.undo({ on_conflict: 'overwrite' }));
  await ada.entities.remove({ type: 'interface', id: 'link' });
  await refused('FORBIDDEN', rea.history.undo({ on_conflict: 'leave' }));
  expect((await ada.entities.get({ type: 'interface', id: 'link' })).deleted_at).not.toBeNull();
  expect((await ada.entities.get(student)).payload).toMatchObject({ team_id: null });
});

/** A student of one university was in a team of the other, which its editor deleted, and is in another team since. */
async function filledAnew() {
  const workspace = await testWorkspace({ template: people });
  const [ada, edi] = [workspace.as(), workspace.as('Edi')];
  const student = { type: 'student', id: 'student-b' } as const;
  await ada.entities.update({ ...student, data: { team_id: 'team-a' } });
  await edi.entities.remove({ type: 'team', id: 'team-a' });
  await ada.entities.update({ ...student, data: { team_id: 'team-b' } });
  return { ada, edi, student };
}

test('a reference that somebody has filled anew since is overwritten only by who may change it', async () => {
  const { ada, edi, student } = await filledAnew();
  // An editor of the one university may not change a student of the other.
  await refused('FORBIDDEN', edi.history.undo({ on_conflict: 'overwrite' }));
  const { left } = await edi.history.undo({ on_conflict: 'leave' });
  expect(left).toMatchObject([{ id: 'student-b', field: 'team_id', reason: 'changed_since' }]);
  expect((await ada.entities.get(student)).payload).toMatchObject({ team_id: 'team-b' });
});

test('a reference that somebody has filled and emptied since is left to who may change it', async () => {
  const { ada, edi, student } = await filledAnew();
  await ada.entities.update({ ...student, data: { team_id: null } });
  await refused('FORBIDDEN', edi.history.undo({ on_conflict: 'overwrite' }));
  const { left } = await edi.history.undo({ on_conflict: 'leave' });
  expect(left).toMatchObject([{ id: 'student-b', field: 'team_id', reason: 'changed_since' }]);
  expect((await ada.entities.get({ type: 'team', id: 'team-a' })).deleted_at).toBeNull();
  expect((await ada.entities.get(student)).payload).toMatchObject({ team_id: null });
});

test('what came with a team that is in use anew, and so stays, is left to who may change it', async () => {
  const workspace = await testWorkspace({ template: people });
  const [ada, edi] = [workspace.as(), workspace.as('Edi')];
  const student = { type: 'student', id: 'student-b' } as const;
  const team = { type: 'team', id: 'team-a' } as const;
  await ada.entities.update({ ...student, data: { team_id: 'team-a' } });
  await edi.entities.remove(team);
  await edi.entities.restore(team);
  const data = { from: 'team-a', to: 'project-b' };
  await ada.entities.create({ type: 'interface', id: 'new-link', data });
  await refused('UNDO_CONFLICT', edi.history.undo({ on_conflict: 'ask' }));
  await refused('FORBIDDEN', edi.history.undo({ on_conflict: 'leave' }));
  expect((await ada.entities.get(student)).payload).toMatchObject({ team_id: 'team-a' });

  // Who takes the team away takes away what came with it.
  const { left } = await edi.history.undo({ on_conflict: 'overwrite' });
  expect(left).toEqual([]);
  expect((await ada.entities.get(team)).deleted_at).not.toBeNull();
  expect((await ada.entities.get(student)).payload).toMatchObject({ team_id: null });
});
