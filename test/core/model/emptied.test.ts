import { expect, test } from 'vitest';
import { backUp } from '#test/support/backup.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

test('who was put into another team and taken out of that is not put back with the team that had gone', async () => {
  const workspace = await testWorkspace({ template });
  const [ada, edi] = [workspace.as(), workspace.as('Edi')];
  const student = { type: 'student', id: 'student-b' } as const;
  await ada.entities.update({ ...student, data: { team_id: 'team-a' } });
  await edi.entities.remove({ type: 'team', id: 'team-a' });
  await ada.entities.update({ ...student, data: { team_id: 'team-b' } });
  await ada.entities.update({ ...student, data: { team_id: null } });
  // An editor of the one university may not change a student of the other.
  await refused('FORBIDDEN', edi.entities.update({ ...student, data: { name: 'Other' } }));
  await edi.entities.restore({ type: 'team', id: 'team-a' });
  expect((await ada.entities.get(student)).payload).toMatchObject({ team_id: null });
  expect((await ada.entities.get({ type: 'student', id: 'student-a' })).payload).toMatchObject({
    team_id: 'team-a',
  });
});

test.each(['restored', 'taken back to a moment'])(
  'who was put into another team, which was undone, is in the former one again when that is %s',
  async (how) => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const student = { type: 'student', id: 'student-a' } as const;
    await ada.checkpoints.create({ name: 'Then' });
    await ada.entities.remove({ type: 'team', id: 'team-a' });
    await ada.entities.update({ ...student, data: { team_id: 'team-b' } });
    await ada.history.undo({});
    if (how === 'restored') await ada.entities.restore({ type: 'team', id: 'team-a' });
    else await resultOf(await ada.moments.restore({ at: 'Then', ids: ['team-a'] }));
    expect((await ada.entities.get(student)).payload).toMatchObject({ team_id: 'team-a' });
  },
);

test('who was in a team again after it had gone, and was then taken out by undoing, is not put back with it', async () => {
  const workspace = await testWorkspace({ template });
  const [ada, edi] = [workspace.as(), workspace.as('Edi')];
  const student = { type: 'student', id: 'student-b' } as const;
  await ada.entities.update({ ...student, data: { team_id: null } });
  await ada.entities.update({ ...student, data: { team_id: 'team-a' } });
  await edi.entities.remove({ type: 'team', id: 'team-a' });
  await edi.history.undo({});
  const { id } = await backUp(workspace);
  await edi.checkpoints.create({ name: 'Then' });
  await ada.history.undo({});
  const isOut = async () =>
    expect((await ada.entities.get(student)).payload).toMatchObject({ team_id: null });
  await isOut();
  const asked = { id, records: ['team-a'], dry: true };
  expect((await resultOf(await ada.backups.restoreRecords(asked))).references_left).toBe(0);
  await edi.entities.remove({ type: 'team', id: 'team-a' });
  await resultOf(await edi.moments.restore({ at: 'Then', ids: ['team-a'] }));
  await isOut();
});
