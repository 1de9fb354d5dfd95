import { expect, test } from 'vitest';
import type { EntityType } from '#shared/domain/types.ts';
import { comparedBy } from '#test/support/compare.ts';
import { preparePeople } from '#test/support/steps.ts';
import { twoSides } from '#test/support/two-sides.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

/** team-b has a project, a student and two links: one of them with team-a. */
const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  await workspace
    .as()
    .entities.create({ type: 'interface', id: 'used', data: { from: 'team-b', to: 'project-a' } });
});
const both = () => twoSides(template);
const team = { type: 'team', id: 'team-b' } as const;
const resize = (client: Client, size: number) => client.entities.update({ ...team, data: { size } });

const there = async (client: Client, type: EntityType, id: string): Promise<boolean> =>
  (await client.entities.get({ type, id })).deleted_at === null;
const teamOf = async (client: Client): Promise<unknown> =>
  (await client.entities.get({ type: 'student', id: 'student-b' })).payload['team_id'] ?? null;

/** What of team-b is there: the team, its links and its student's reference. */
const whole = async (client: Client) => ({
  team: await there(client, 'team', 'team-b'),
  link: await there(client, 'interface', 'link'),
  used: await there(client, 'interface', 'used'),
  student: await teamOf(client),
});
const all = { team: true, link: true, used: true, student: 'team-b' };
const none = { team: false, link: false, used: false, student: null };

test('a refresh brings back with a record what had gone with it in Play, so that promoting strips nothing of live', async () => {
  const { ada, play, refresh, promote, id } = await both();
  await play.entities.remove(team);
  await resize(ada, 8);
  const would = await refresh({ conflicts: 'live', dry: true });
  expect(would).toMatchObject({ restored: { teams: 1, interfaces: 2 }, updated: { students: 1 } });
  expect(would.followed).toMatchObject({ stays: 0, back: 3 });
  expect(would.followed.records).toContainEqual({
    type: 'student',
    id: 'student-b',
    title: 'Bay student',
    university: 'Bay university',
    action: 'back',
    of: { ...team, title: 'Bay team', university: 'Bay university' },
  });
  expect(would.records.filter(({ action }) => action === 'along')).toEqual([]);
  const done = await refresh({ conflicts: 'live' });
  expect(done.followed).toEqual(would.followed);
  expect(await whole(play)).toEqual(all);
  expect((await comparedBy(ada, id)).rows).toEqual([]);
  expect(await promote()).toMatchObject({ op_id: null, records: [] });
  expect(await whole(ada)).toEqual(all);
});

test('so does one after such a refresh was undone, and one that was made again', async () => {
  const { ada, play, refresh, promote } = await both();
  await play.entities.remove(team);
  await resize(ada, 8);
  await refresh({ conflicts: 'live' });
  await play.history.undo({});
  expect(await whole(play)).toEqual(none);
  await play.history.redo({});
  expect(await whole(play)).toEqual(all);
  await play.history.undo({});
  await refresh({ conflicts: 'live' });
  expect(await whole(play)).toEqual(all);
  expect(await promote()).toMatchObject({ op_id: null });
});

test('what Play had hung on a record itself comes back with it too, and remains work of Play', async () => {
  const { ada, play, refresh, promote } = await both();
  await play.entities.create({ type: 'interface', id: 'own', data: { from: 'project-b', to: 'team-b' } });
  await play.entities.update({ type: 'student', id: 'student-a', data: { team_id: 'team-b' } });
  await play.entities.remove(team);
  await resize(ada, 8);
  await refresh({ conflicts: 'live' });
  expect(await there(play, 'interface', 'own')).toBe(true);
  expect(await promote()).toMatchObject({
    created: { interfaces: 1 },
    updated: { students: 1 },
    removed: {},
  });
  expect((await ada.entities.get({ type: 'student', id: 'student-a' })).payload['team_id']).toBe('team-b');
});

test('what Play removed or changed itself stays as Play has it', async () => {
  const { ada, play, refresh, promote } = await both();
  await play.entities.remove({ type: 'interface', id: 'used' });
  await play.entities.remove(team);
  await play.entities.update({ type: 'student', id: 'student-b', data: { team_id: 'team-a' } });
  await play.entities.remove({ type: 'team', id: 'team-a' });
  await resize(ada, 8);
  await refresh({ conflicts: 'live' });
  expect(await whole(play)).toEqual({ team: true, link: false, used: false, student: null });
  expect(await promote()).toMatchObject({ removed: { teams: 1, interfaces: 2 } });
  expect(await whole(ada)).toEqual({ team: true, link: false, used: false, student: null });
});

test('what Play keeps of what live deleted keeps its links and references, and comes back into live with them', async () => {
  const { ada, play, refresh, promote } = await both();
  await ada.entities.remove(team);
  await resize(play, 8);
  const done = await refresh({ conflicts: 'play' });
  expect(done).toMatchObject({ op_id: null, left: 1, followed: { stays: 3, back: 0 } });
  expect(await whole(play)).toEqual(all);
  await promote();
  expect(await whole(ada)).toEqual(all);
});

test('what live deleted comes back into live with its links and references where Play counts', async () => {
  const { ada, play, promote, refresh, id } = await both();
  await ada.entities.create({ type: 'interface', id: 'fresh', data: { from: 'project-b', to: 'team-b' } });
  await ada.entities.update({ type: 'student', id: 'student-a', data: { team_id: 'team-b' } });
  await ada.entities.remove(team);
  await resize(play, 8);
  const before = (await comparedBy(ada, id)).rows;
  expect(await promote({ conflicts: 'play' })).toMatchObject({ followed: { stays: 0, back: 5 } });
  expect(await whole(ada)).toEqual(all);
  expect(await there(ada, 'interface', 'fresh')).toBe(true);
  // What live alone had hung on it is no work of Play, which does not have it.
  expect(await promote()).toMatchObject({ op_id: null });
  await ada.history.undo({});
  expect((await comparedBy(ada, id)).rows).toEqual(before);
  await ada.history.redo({});
  expect(await promote()).toMatchObject({ op_id: null });
  await refresh();
  expect(await there(play, 'interface', 'fresh')).toBe(true);
  expect((await comparedBy(ada, id)).rows).toEqual([]);
});

test('what live keeps of what Play deleted keeps its links and references; what else Play changed comes', async () => {
  const { ada, play, promote } = await both();
  await play.entities.remove(team);
  await play.entities.update({ type: 'student', id: 'student-b', data: { name: 'Bea' } });
  await resize(ada, 8);
  const done = await promote({ conflicts: 'live' });
  expect(done).toMatchObject({ left: 1, removed: {}, updated: { students: 1 }, followed: { stays: 3 } });
  expect(await whole(ada)).toEqual(all);
  expect((await ada.entities.get({ type: 'student', id: 'student-b' })).title).toBe('Bea');
  // It is still Play's deletion: nothing was decided in Play.
  expect(await promote({ conflicts: 'play' })).toMatchObject({ removed: { teams: 1, interfaces: 2 } });
  expect(await whole(ada)).toEqual(none);
});

test('what followed is carried over all the same where somebody says so', async () => {
  const { ada, play, promote } = await both();
  await play.entities.remove(team);
  await resize(ada, 8);
  const decisions = [
    { id: 'team-b', take: 'live' as const },
    { id: 'used', take: 'play' as const },
    { id: 'student-b', field: 'team_id', take: 'play' as const },
  ];
  expect(await promote({ decisions })).toMatchObject({ followed: { stays: 1 } });
  expect(await whole(ada)).toEqual({ team: true, link: true, used: false, student: null });
});

test('the decision about a record counts for what followed from its deletion and is in conflict too', async () => {
  const { ada, play, promote } = await both();
  await play.entities.remove(team);
  await resize(ada, 8);
  await ada.entities.update({ type: 'interface', id: 'link', data: { note: 'kept' } });
  await ada.entities.update({ type: 'student', id: 'student-b', data: { team_id: 'team-a' } });
  const decisions = [{ id: 'team-b', take: 'live' as const }];
  const done = await promote({ decisions, conflicts: 'play' });
  expect(done).toMatchObject({ left: 3, undecided: [] });
  expect(done.followed.decided).toEqual([
    { type: 'student', id: 'student-b', field: 'team_id', take: 'live' },
    { type: 'interface', id: 'link', field: null, take: 'live' },
  ]);
  expect(await whole(ada)).toEqual({ ...all, student: 'team-a' });
});

test('what went with a university comes back with it, but for what its deletion did not take', async () => {
  const { ada, play, refresh, promote } = await both();
  await play.entities.remove({ type: 'student', id: 'student-b' });
  await play.entities.remove({ type: 'university', id: 'uni-b', with_contents: true });
  await ada.entities.update({ type: 'university', id: 'uni-b', data: { name: 'Bight' } });
  await refresh({ conflicts: 'live' });
  expect(await whole(play)).toMatchObject({ team: true, link: true, used: true });
  expect(await there(play, 'student', 'student-b')).toBe(false);
  expect(await promote()).toMatchObject({ removed: { students: 1 }, along: { links: 0 } });
  expect(await whole(ada)).toMatchObject({ team: true, link: true, used: true });
});

test('what is left out of a promotion keeps what went with its deletion in Play too, but for what is named itself', async () => {
  const { ada, play, promote } = await both();
  await play.entities.remove(team);
  expect(await promote({ except: [{ id: 'team-b' }] })).toMatchObject({
    op_id: null,
    followed: { stays: 3 },
  });
  expect(await whole(ada)).toEqual(all);
  await promote({ except: [{ id: 'team-b' }], decisions: [{ id: 'used', take: 'play' }] });
  expect(await whole(ada)).toEqual({ ...all, used: false });
  await promote();
  expect(await whole(ada)).toEqual(none);
});
