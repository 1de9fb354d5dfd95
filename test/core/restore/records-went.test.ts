import { expect, test } from 'vitest';
import { backUp } from '#test/support/backup.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const whole = { projects: 1, teams: 1, students: 1, interfaces: 1 };

async function given() {
  const workspace = await testWorkspace({ template });
  const owner = workspace.as();
  const { id } = await backUp(workspace);
  const restore = async (more: object) =>
    resultOf(await owner.backups.restoreRecords({ id, records: ['uni-a'], ...more }));
  return { workspace, owner, id, restore };
}

const removeWhole = (client: Client, id: string): Promise<unknown> =>
  client.entities.remove({ type: 'university', id, with_contents: true });

async function promoteWithout(workspace: TestWorkspace, university: string): Promise<void> {
  const { id } = await take(workspace.as(), 'Play');
  await removeWhole(clientOf(await openSandbox(workspace, id)), university);
  await resultOf(await workspace.as().sandboxes.promote({ id }));
}

test('what a promotion deleted with a university went with it, out of a backup and to a moment', async () => {
  const { workspace, owner, restore } = await given();
  await owner.checkpoints.create({ name: 'Then' });
  await promoteWithout(workspace, 'uni-a');
  expect((await restore({ dry: true })).contents_left).toEqual(whole);
  const dry = await resultOf(await owner.moments.restore({ at: 'Then', ids: ['uni-a'], dry: true }));
  expect(dry.records.map(({ id }) => id).toSorted()).toEqual([
    'link',
    'project-a',
    'student-a',
    'team-a',
    'uni-a',
  ]);
  await restore({ contents: true });
  expect((await owner.entities.links({ id: 'team-a' })).total).toBe(1);
  expect((await workspace.verify()).ok).toBe(true);
});

test('so did what went when everything was set back to before it was there', async () => {
  const workspace = await testWorkspace();
  const owner = workspace.as();
  await owner.checkpoints.create({ name: 'Empty' });
  await preparePeople(workspace);
  const { id } = await backUp(workspace);
  await resultOf(await owner.moments.restore({ at: 'Empty', ids: null }));
  const records = ['uni-a', 'uni-b'];
  const dry = await resultOf(await owner.backups.restoreRecords({ id, records, dry: true }));
  expect(dry.contents_left).toEqual({ projects: 2, teams: 2, students: 2, interfaces: 1 });
});

test('a record that was deleted in another change than the university stays out, as does its link', async () => {
  const { owner, restore } = await given();
  await owner.entities.remove({ type: 'interface', id: 'link' });
  await owner.entities.remove({ type: 'student', id: 'student-a' });
  await removeWhole(owner, 'uni-a');
  expect((await restore({ dry: true })).contents_left).toEqual({ projects: 1, teams: 1 });
});

test('links of what comes with a university are told where their other end is gone too, and come once that does', async () => {
  const { owner, restore } = await given();
  await removeWhole(owner, 'uni-b');
  await removeWhole(owner, 'uni-a');
  const asked = { contents: true, links: true, dry: true };
  const alone = await restore(asked);
  expect(alone.records.map(({ id }) => id)).not.toContain('link');
  expect(alone).toMatchObject({
    links_left: 0,
    links_apart: { links: 1, ends: 1, named: [{ id: 'team-b' }] },
  });
  const both = await restore({ ...asked, records: ['uni-a', 'team-b'] });
  expect(both.records.map(({ id }) => id)).toContain('link');
  expect(both.links_apart.links).toBe(0);
});

test('nothing within a university that is there is offered beside one that is gone', async () => {
  const { workspace, owner } = await given();
  await owner.entities.create({ type: 'interface', id: 'within', data: { from: 'student-b', to: 'team-b' } });
  const { id } = await backUp(workspace);
  await owner.entities.remove({ type: 'student', id: 'student-b' });
  // Without its links, as somebody wants it.
  await resultOf(await owner.backups.restoreRecords({ id, records: ['student-b'] }));
  await removeWhole(owner, 'uni-a');
  const asked = { id, records: ['uni-a', 'uni-b'], contents: true, dry: true };
  const { records } = await resultOf(await owner.backups.restoreRecords(asked));
  expect(records.map((one) => one.id)).toContain('link');
  expect(records.map((one) => one.id)).not.toContain('within');
});
