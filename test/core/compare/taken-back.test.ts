import { expect, test } from 'vitest';
import { comparedBy } from '#test/support/compare.ts';
import { filesOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { twoSides } from '#test/support/two-sides.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import { silentLog } from '#core/kernel/logger.ts';

const template = await makeTemplate(preparePeople);
const both = () => twoSides(template);

/** What differs, as id and class. */
async function differs({ ada, id }: Awaited<ReturnType<typeof both>>): Promise<string[]> {
  return (await comparedBy(ada, id)).rows.map(
    (row) => `${row.id} ${row.class} ${row.live ?? '-'} ${row.play ?? '-'}`,
  );
}

test('a refresh that brings nothing hides none before it: its undo is no deletion of Play', async () => {
  const sides = await both();
  const { ada, play, refresh, promote } = sides;
  await play.entities.update({ type: 'team', id: 'team-b', data: { size: 4 } });
  await ada.entities.create({ type: 'team', id: 'new', data: { name: 'New in live' } });
  expect((await refresh()).op_id).not.toBeNull();
  await promote();
  expect((await refresh()).op_id).toBeNull();
  await play.history.undo({});
  expect(await differs(sides)).toEqual(['new live created -']);
  expect(await promote()).toMatchObject({ op_id: null, removed: {} });
  // Brought again, and then deleted by Play itself.
  await refresh();
  await play.entities.remove({ type: 'team', id: 'new' });
  expect(await promote()).toMatchObject({ removed: { teams: 1 } });
});

test('taking back one earlier refresh by its name is no deletion of Play, and hides none', async () => {
  const sides = await both();
  const { ada, play, refresh, promote } = sides;
  await ada.entities.create({ type: 'team', id: 'new', data: { name: 'New in live' } });
  const first = await refresh();
  await ada.entities.create({ type: 'team', id: 'later', data: { name: 'Later in live' } });
  await refresh();
  await play.entities.remove({ type: 'team', id: 'later' });
  await play.history.undoChange({ op_id: first.op_id as string });
  expect(await differs(sides)).toEqual(['later play - deleted', 'new live created -']);
  expect(await promote()).toMatchObject({ removed: { teams: 1 } });
  expect(await refresh()).toMatchObject({ created: {}, restored: { teams: 1 } });
  expect(await differs(sides)).toEqual([]);
});

test('what a refresh took away again when it was made again is no deletion of Play', async () => {
  const sides = await both();
  const { ada, play, refresh } = sides;
  await ada.entities.remove({ type: 'team', id: 'team-b' });
  await refresh();
  await play.history.undo({});
  await ada.history.undo({});
  expect((await refresh()).op_id).toBeNull();
  await play.history.redo({});
  expect((await differs(sides)).filter((row) => row.includes('deleted'))).toEqual([]);
});

test('what Play deleted and promoted while a refresh was undone stays in Play once that is made again', async () => {
  const sides = await both();
  const { ada, play, refresh, promote } = sides;
  await play.entities.remove({ type: 'team', id: 'team-b' });
  await ada.entities.update({ type: 'team', id: 'team-b', data: { size: 8 } });
  await refresh({ conflicts: 'live' });
  await play.history.undo({});
  await promote({ conflicts: 'play' });
  await play.history.redo({});
  expect(await differs(sides)).toContain('team-b play - restored');
  expect(await refresh()).toMatchObject({ op_id: null });
  expect(await promote()).toMatchObject({ restored: { teams: 1, interfaces: 1 }, updated: { students: 1 } });
  expect(await differs(sides)).toEqual([]);
});

test('a sandbox that says of the last such refresh alone when it was is read as before', async () => {
  const sides = await both();
  const { workspace, ada, id, play, refresh } = sides;
  await ada.entities.create({ type: 'team', id: 'new', data: { name: 'New in live' } });
  await refresh();
  await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 99 } });
  await ada.history.undo({});
  expect((await refresh()).op_id).toBeNull();
  const db = openConnection(filesOf(workspace, id).data, { mode: 'write', log: silentLog });
  db.write.run(`DELETE FROM workspace WHERE key = 'sandbox_settles'`);
  db.write.run(
    `UPDATE audit_transactions SET params = json_remove(params, '$.now') WHERE label = 'sandbox.refreshed'`,
  );
  db.close();
  expect(await differs(sides)).toEqual([]);
  await play.history.undo({});
  expect(await differs(sides)).toEqual(['new live created -']);
});

test('what live took back of a promotion stays in Play, whatever was brought in meanwhile', async () => {
  const sides = await both();
  const { ada, play, refresh, promote } = sides;
  await play.entities.create({ type: 'team', id: 'mine', data: { name: 'Made in Play' } });
  await play.entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
  await play.entities.remove({ type: 'student', id: 'student-b' });
  const first = await promote();
  await refresh();
  await ada.entities.update({ type: 'team', id: 'team-a', data: { name: 'Lived on' } });
  await refresh();
  await ada.history.undoChange({ op_id: first.op_id as string });
  const mine = ['student-b play - deleted', 'mine play - created', 'team-a play - updated'];
  expect((await differs(sides)).toSorted()).toEqual(mine.toSorted());
  expect(await refresh()).toMatchObject({ op_id: null, removed: {}, updated: {}, restored: {} });
  expect((await differs(sides)).toSorted()).toEqual(
    ['student-b play - deleted', 'mine play - restored', 'team-a play - updated'].toSorted(),
  );
  expect((await play.entities.get({ type: 'team', id: 'team-a' })).payload).toMatchObject({
    size: 9,
    name: 'Lived on',
  });
  expect(await promote()).toMatchObject({
    restored: { teams: 1 },
    updated: { teams: 1 },
    removed: { students: 1 },
  });
});

test("what live made again of a promotion, or deleted by itself, is live's", async () => {
  const sides = await both();
  const { ada, play, refresh, promote } = sides;
  await play.entities.create({ type: 'team', id: 'mine', data: { name: 'Made in Play' } });
  await promote();
  await refresh();
  await ada.history.undo({});
  await ada.history.redo({});
  expect(await differs(sides)).toEqual([]);
  await ada.entities.remove({ type: 'team', id: 'mine' });
  expect(await differs(sides)).toEqual(['mine live deleted -']);
  expect(await refresh()).toMatchObject({ removed: { teams: 1 } });
});
