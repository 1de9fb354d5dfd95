import { expect, test } from 'vitest';
import { comparedBy } from '#test/support/compare.ts';
import { clientOf, openSandbox, resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { twoSides } from '#test/support/two-sides.ts';
import type { TwoSides } from '#test/support/two-sides.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const both = () => twoSides(template);

/** What differs, as id, class, and what each side did. */
async function differs(ada: Client, id: string): Promise<string[]> {
  return (await comparedBy(ada, id)).rows
    .map((row) => `${row.id} ${row.class} ${row.live ?? '-'} ${row.play ?? '-'}`)
    .toSorted();
}

const make = (client: Client, id: string) =>
  client.entities.create({ type: 'team', id, data: { name: `Team ${id}` } });
const remove = (client: Client, id: string) => client.entities.remove({ type: 'team', id });

/** A duplicate of the sandbox, opened. */
async function duplicateOf({ workspace, ada, id }: TwoSides, name: string) {
  const copy = await resultOf(await ada.sandboxes.duplicate({ id, name }));
  return { id: copy.id, client: clientOf(await openSandbox(workspace, copy.id)) };
}

test('what Play deleted, promoted and took back by itself is brought back to live, and no refresh takes it', async () => {
  const { ada, play, id, refresh, promote } = await both();
  await remove(play, 'team-b');
  await promote();
  await play.history.undo({});
  expect(await differs(ada, id)).toEqual(['team-b play - restored']);
  expect(await refresh()).toMatchObject({ removed: {} });
  expect(await promote()).toMatchObject({ restored: { teams: 1 } });
  expect(await differs(ada, id)).toEqual([]);
});

test('what Play made, promoted and deleted without a refresh between is deleted by Play', async () => {
  const { ada, play, id, refresh, promote } = await both();
  await make(play, 'mine');
  await promote();
  await remove(play, 'mine');
  expect(await differs(ada, id)).toEqual(['mine play - deleted']);
  expect(await refresh()).toMatchObject({ op_id: null });
  expect(await promote()).toMatchObject({ removed: { teams: 1 } });
});

test('what Play changes again after it was promoted is no conflict, and what live changed beside it is kept', async () => {
  const { ada, play, id, refresh, promote } = await both();
  await play.entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
  await promote();
  await play.entities.update({ type: 'team', id: 'team-a', data: { size: 10 } });
  await ada.entities.update({ type: 'team', id: 'team-a', data: { name: 'Lived on' } });
  expect(await differs(ada, id)).toEqual(['team-a both updated updated']);
  expect(await promote()).toMatchObject({ updated: { teams: 1 } });
  expect(await refresh()).toMatchObject({ updated: { teams: 1 } });
  expect((await ada.entities.get({ type: 'team', id: 'team-a' })).payload).toMatchObject({
    size: 10,
    name: 'Lived on',
  });
});

test('a duplicate has what it was promoted with before: what live takes back of that stays in it', async () => {
  const sides = await both();
  const { ada, play, promote } = sides;
  await make(play, 'mine');
  await promote();
  const copy = await duplicateOf(sides, 'Second');
  const again = await duplicateOf({ ...sides, id: copy.id }, 'Third');
  await ada.history.undo({});
  for (const one of [copy, again]) {
    expect(await differs(ada, one.id)).toEqual(['mine play - created']);
    const done = await resultOf(await one.client.sandboxes.refresh({ id: one.id }));
    expect(done).toMatchObject({ op_id: null });
  }
});

test("what a sandbox promotes after it was duplicated is live's to the duplicate", async () => {
  const sides = await both();
  const { ada, play, promote } = sides;
  const copy = await duplicateOf(sides, 'Second');
  await make(play, 'mine');
  await promote();
  expect(await differs(ada, copy.id)).toEqual(['mine live created -']);
  const refresh = async () => resultOf(await copy.client.sandboxes.refresh({ id: copy.id }));
  expect(await refresh()).toMatchObject({ created: { teams: 1 } });
  await ada.history.undo({});
  expect(await refresh()).toMatchObject({ removed: { teams: 1 } });
});

test('a sandbox brought back from before a promotion does not have what that brought', async () => {
  const { workspace, core, ada, play, id, promote } = await both();
  const backup = await resultOf(await ada.backups.create({ sandboxes: true }));
  await make(play, 'mine');
  await promote();
  await core.close();
  await ada.sandboxes.discard({ id });
  await ada.sandboxes.emptyTrash({});
  await resultOf(await ada.backups.bringBack({ id: backup.id, contents: [`sandbox-${id}`] }));
  expect(await differs(ada, id)).toEqual(['mine live created -']);
  expect(workspace.folder).not.toBe('');
});

test('a sandbox brought back under another id has what it had promoted', async () => {
  const { workspace, ada, play, id, promote } = await both();
  await make(play, 'mine');
  await promote();
  const backup = await resultOf(await ada.backups.create({ sandboxes: true }));
  await play.entities.update({ type: 'team', id: 'team-b', data: { size: 3 } });
  const [back] = await resultOf(await ada.backups.bringBack({ id: backup.id, contents: [`sandbox-${id}`] }));
  expect(back).toMatchObject({ outcome: 'renamed' });
  const other = back?.id as string;
  await ada.history.undo({});
  expect(await differs(ada, other)).toEqual(['mine play - created']);
  const client = clientOf(await openSandbox(workspace, other));
  expect(await resultOf(await client.sandboxes.refresh({ id: other }))).toMatchObject({ removed: {} });
});

test('what live goes forward to again by undoing that is nobody’s change', async () => {
  const { ada, play, id, refresh, promote } = await both();
  const [before] = (await ada.history.list({ limit: 1 })).rows;
  await make(play, 'mine');
  await play.entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
  await promote();
  await refresh();
  await resultOf(await ada.moments.restore({ at: before?.id as number, ids: null }));
  await ada.history.undo({});
  expect(await differs(ada, id)).toEqual([]);
});

test('a conflict that was decided for Play and is undone is to be decided again', async () => {
  const { ada, play, id, promote } = await both();
  for (const team of ['team-a', 'team-b'])
    await ada.entities.update({ type: 'team', id: team, data: { size: 3 } });
  await play.entities.update({ type: 'team', id: 'team-a', data: { size: 4 } });
  await play.entities.remove({ type: 'team', id: 'team-b' });
  const differed = ['team-a conflict updated updated', 'team-b conflict updated deleted'];
  expect(await differs(ada, id)).toEqual(differed);
  await promote({ conflicts: 'play' });
  expect(await differs(ada, id)).toEqual([]);
  await ada.history.undo({});
  expect(await differs(ada, id)).toEqual(differed);
});

test("what live goes back on by a moment, or deletes, is live's; making a promotion again is nobody's change", async () => {
  const { ada, play, id, refresh, promote } = await both();
  const [before] = (await ada.history.list({ limit: 1 })).rows;
  await make(play, 'mine');
  await promote();
  await ada.history.undo({});
  expect(await differs(ada, id)).toEqual(['mine play - created']);
  await ada.history.redo({});
  expect(await differs(ada, id)).toEqual([]);
  await resultOf(await ada.moments.restore({ at: before?.id as number, ids: null }));
  expect(await differs(ada, id)).toEqual(['mine live deleted -']);
  expect(await refresh()).toMatchObject({ removed: { teams: 1 } });
});

test('a refresh that is undone leaves what was promoted before it promoted', async () => {
  const { ada, play, id, promote, refresh } = await both();
  await play.entities.create({ type: 'team', id: 'mine', data: { name: 'Mine' } });
  await play.entities.update({ type: 'team', id: 'team-a', data: { size: 3 } });
  await promote();
  await ada.entities.remove({ type: 'team', id: 'mine' });
  await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 5 } });
  const before = await differs(ada, id);
  expect(before).toEqual(['mine live deleted -', 'team-a live updated -']);
  await refresh();
  await play.history.undo({});
  expect(await differs(ada, id)).toEqual(before);
  expect(await promote()).toMatchObject({ op_id: null });
});
