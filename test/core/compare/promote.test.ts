import { expect, test } from 'vitest';
import { comparedBy } from '#test/support/compare.ts';
import { refused } from '#test/support/refusal.ts';
import { filesOf, openSandbox, resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { twoSides } from '#test/support/two-sides.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

const both = () => twoSides(template);

const sized = (id: string, size: number) => ({ type: 'team' as const, id, data: { size } });
const sizeOf = async (client: Client, id: string): Promise<unknown> =>
  (await client.entities.get({ type: 'team', id })).payload.size;

test('changes of Play are promoted in one change after a backup, and undone in one step', async () => {
  const { workspace, ada, play, id, promote } = await both();
  await play.entities.update(sized('team-a', 7));
  await play.entities.create({ type: 'team', id: 'new', data: { name: 'New', university_id: 'uni-a' } });
  await play.entities.remove({ type: 'team', id: 'team-b' });
  const sandbox = hashTables(filesOf(workspace, id).data);
  const done = await promote();
  expect(done).toMatchObject({
    created: { teams: 1 },
    updated: { teams: 1 },
    removed: { teams: 1 },
    hidden: { links: 1, references: 1, contents: {} },
    problems: [],
    undecided: [],
  });
  expect(done.records.map((one) => [one.action, one.title])).toContainEqual(['created', 'New']);
  const [step] = (await ada.history.list({ limit: 1 })).rows;
  expect(step).toMatchObject({ op_id: done.op_id, label: 'sandbox.promoted', params: { name: 'Play', id } });
  const [backup] = await ada.backups.list({});
  // As it was before: with two teams.
  expect(backup).toMatchObject({ id: done.backup, reason: 'promote', counts: { teams: 2, interfaces: 1 } });
  expect((await ada.entities.get({ type: 'student', id: 'student-b' })).payload.team_id).toBeNull();
  expect(await promote()).toMatchObject({ op_id: null, backup: null, created: {}, updated: {}, removed: {} });
  expect((await comparedBy(ada, id)).counts).toMatchObject({ play: 0, conflict: 0 });
  await ada.history.undo({});
  expect((await comparedBy(ada, id)).counts).toMatchObject({ play: 3, live: 0, same: 0 });
  expect(hashTables(filesOf(workspace, id).data)).toBe(sandbox);
});

test('records and fields are chosen', async () => {
  const { ada, play, promote } = await both();
  await play.entities.update({ type: 'team', id: 'team-a', data: { size: 7, name: 'Played' } });
  await play.entities.update(sized('team-b', 7));
  await play.entities.create({ type: 'team', id: 'new', data: { name: 'New' } });
  expect(await promote({ only: [{ id: 'team-a', fields: ['size'] }] })).toMatchObject({
    updated: { teams: 1 },
  });
  expect((await ada.entities.get({ type: 'team', id: 'team-a' })).payload).toMatchObject({
    size: 7,
    name: 'Alpine team',
  });
  expect(await sizeOf(ada, 'team-b')).toBe(5);
  const whole = await refused('INVALID', promote({ only: [{ id: 'new', fields: ['name'] }] }));
  expect(whole.data.issues).toMatchObject([{ code: 'whole' }]);
});

test('a conflict is refused until resolved by field, by record or for all', async () => {
  const { ada, play, promote } = await both();
  await play.entities.update({ type: 'team', id: 'team-a', data: { size: 7, name: 'Played' } });
  await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 8, name: 'Lived' } });
  const { data } = await refused('UNDECIDED', promote());
  expect(new Set(data.conflicts.map(({ field }) => field))).toEqual(new Set(['name', 'size']));
  expect(await promote({ dry: true })).toMatchObject({ op_id: null, dry: true, undecided: data.conflicts });
  const decisions = [{ id: 'team-a', field: 'name', take: 'play' as const }];
  expect(await promote({ decisions, conflicts: 'live' })).toMatchObject({ left: 1 });
  expect((await ada.entities.get({ type: 'team', id: 'team-a' })).payload).toMatchObject({
    size: 8,
    name: 'Played',
  });
  expect(await promote({ conflicts: 'live' })).toMatchObject({ op_id: null, left: 1 });
  await promote({ decisions: [{ id: 'team-a', take: 'play' }] });
  expect(await sizeOf(ada, 'team-a')).toBe(7);
});

test('a record deleted in live is restored for Play, and one changed in live is deleted', async () => {
  const { ada, play, promote } = await both();
  await play.entities.update(sized('team-a', 7));
  await ada.entities.remove({ type: 'team', id: 'team-a' });
  await play.entities.remove({ type: 'team', id: 'team-b' });
  await ada.entities.update(sized('team-b', 8));
  const done = await promote({ conflicts: 'play' });
  expect(done).toMatchObject({ restored: { teams: 1 }, removed: { teams: 1 } });
  expect(await sizeOf(ada, 'team-a')).toBe(7);
  await refused('NOT_FOUND', play.entities.update(sized('team-b', 1)));
  await ada.history.undo({});
  expect(await sizeOf(ada, 'team-b')).toBe(8);
});

test('records changed since the preview are refused by name', async () => {
  const { ada, play, id, promote } = await both();
  await play.entities.update(sized('team-b', 7));
  const { live, play: played } = await comparedBy(ada, id);
  const seen = { live, play: played };
  await ada.entities.create({ type: 'project', id: 'else', data: { name: 'Else' } });
  await ada.entities.update({ type: 'team', id: 'team-b', data: { name: 'Other' } });
  const { data } = await refused('MOVED_ON', promote({ seen }));
  expect(data.records).toMatchObject([{ type: 'team', id: 'team-b' }]);
  await play.entities.update({ type: 'team', id: 'team-b', data: { size: 9 } });
  await refused('MOVED_ON', promote({ seen: { ...seen, live: (await comparedBy(ada, id)).live } }));
  await refused('MOVED_ON', promote({ seen: { ...seen, live: { ...live, hash: '0'.repeat(64) } } }));
  expect(await ada.backups.list({})).toEqual([]);
});

test('positions and names changed since are noticed too, whichever side has its own row', async () => {
  const { ada, play, id, promote } = await both();
  const put = (side: Client, x: number) =>
    side.network.savePositions({ places: [{ id: 'team-a', x, y: 1 }] });
  await put(ada, 1);
  await put(play, 500);
  await ada.workspace.rename({ name: 'Lived' });
  await play.workspace.rename({ name: 'Played' });
  const { live, play: played } = await comparedBy(ada, id);
  const asked = { seen: { live, play: played }, conflicts: 'play' as const };
  await put(ada, 77);
  await ada.workspace.rename({ name: 'Lived on' });
  const { data } = await refused('MOVED_ON', promote(asked));
  expect(data.records.map(({ type, title }) => [type, title])).toEqual([
    ['position', 'Alpine team'],
    ['workspace', 'Lived on'],
  ]);
  await promote({ conflicts: 'play' });
  expect((await ada.workspace.info({})).name).toBe('Played');
});

test('records that would be hidden only here, or reuse an id, are refused by name', async () => {
  const { ada, play, promote } = await both();
  await play.entities.create({
    type: 'interface',
    id: 'danglers',
    data: { from: 'student-a', to: 'team-b' },
  });
  await ada.entities.remove({ type: 'team', id: 'team-b' });
  const { data, message } = await refused('INVALID', promote());
  expect(data.issues).toMatchObject([
    { path: 'interface/danglers/to', code: 'dangling', gone: { id: 'team-b', title: 'Bay team' } },
  ]);
  expect(message).toMatch(
    /^interface\/danglers\/to: refers to the deleted record "Bay team" \(team-b\)\. Nothing was changed\.$/,
  );
  expect(await promote({ dry: true })).toMatchObject({ problems: data.issues });
  await play.history.undo({});
  await ada.entities.create({ type: 'team', id: 'twice', data: { name: 'Team' } });
  await play.entities.create({ type: 'project', id: 'twice', data: { name: 'Project' } });
  await refused('UNDECIDED', promote());
  const twice = await refused('INVALID', promote({ only: [{ id: 'twice' }], conflicts: 'play' }));
  expect(twice.data.issues).toMatchObject([{ path: 'project/twice', code: 'duplicate_id' }]);
  expect(await promote({ conflicts: 'live' })).toMatchObject({ op_id: null, left: 2 });
});

test('references to an excluded record of Play are refused with both names', async () => {
  const { play, promote } = await both();
  await play.entities.create({
    type: 'team',
    id: 'optics',
    data: { name: 'Optics', university_id: 'uni-a' },
  });
  await play.entities.create({ type: 'interface', id: 'radio', data: { from: 'team-a', to: 'optics' } });
  const only = [{ id: 'radio' }];
  const { data } = await refused('INVALID', promote({ only }));
  const gone = { type: 'team', id: 'optics', title: 'Optics' };
  expect(data.issues).toMatchObject([{ path: 'interface/radio/to', code: 'dangling', gone }]);
  expect((await promote({ only, dry: true })).records).toMatchObject([{ title: 'Alpine team → Optics' }]);
});

test('promoting runs in live, refreshing in the sandbox; both can be cancelled', async () => {
  const { ada, play, id } = await both();
  await play.entities.update(sized('team-a', 7));
  await refused('INVALID', (async () => resultOf(await play.sandboxes.promote({ id })))());
  await refused('INVALID', (async () => resultOf(await ada.sandboxes.refresh({ id })))());
  const signal = AbortSignal.abort();
  await refused('CANCELLED', (async () => resultOf(await ada.sandboxes.promote({ id }, { signal })))());
  expect(await sizeOf(ada, 'team-a')).toBe(5);
});

test('refreshing applies live’s changes repeatedly, and its undo restores the base', async () => {
  const { ada, play, id, refresh, promote } = await both();
  const changes = async (): Promise<unknown> => (await ada.sandboxes.list({}))[0]?.changes;
  await ada.entities.update(sized('team-a', 8));
  await play.entities.update(sized('team-b', 7));
  await ada.entities.update({ type: 'team', id: 'team-b', data: { size: 6, name: 'Lived' } });
  await refused('UNDECIDED', refresh());
  const first = await refresh({ conflicts: 'play' });
  expect(first).toMatchObject({ updated: { teams: 2 }, left: 1, backup: null });
  const own = async () =>
    (await comparedBy(ada, id)).rows.map((row) => [row.id, row.class, row.fields.length]);
  expect(await own()).toEqual([['team-b', 'play', 1]]);
  expect(await changes()).toBe(2);
  const { rows } = await play.history.list({ limit: 1 });
  expect(rows[0]).toMatchObject({ label: 'sandbox.refreshed', params: { name: 'Play', id } });
  expect(await refresh()).toMatchObject({ op_id: null });
  await ada.entities.update(sized('team-a', 9));
  await refresh();
  expect(await sizeOf(play, 'team-a')).toBe(9);
  await play.history.undo({});
  expect(await own()).toEqual([
    ['team-a', 'live', 1],
    ['team-b', 'play', 1],
  ]);
  await refresh();
  expect(await promote()).toMatchObject({ updated: { teams: 1 } });
  expect(await sizeOf(ada, 'team-b')).toBe(7);
});

test('anybody who may work in a sandbox can refresh it, including changes reserved for others', async () => {
  const { workspace, ada, play, id } = await both();
  await ada.entities.update(sized('team-b', 8));
  await ada.workspace.createProfile({ name: 'New', role: 'editor', university_id: 'uni-b' });
  const core = await openSandbox(workspace, id);
  const as = (who: string) => core.client(core.session(who)).sandboxes;
  await refused('FORBIDDEN', (async () => resultOf(await as('Vic').refresh({ id })))());
  expect(await resultOf(await as('Edi').refresh({ id }))).toMatchObject({
    updated: { teams: 1 },
    created: { profiles: 1 },
  });
  expect(await sizeOf(play, 'team-b')).toBe(8);
  expect((await play.history.list({ limit: 1 })).rows[0]?.actor.name).toBe('Edi');
});

test('a promotion is by its person, and names the agents that changed the sandbox', async () => {
  const { core, ada, play, promote } = await both();
  await play.entities.update(sized('team-a', 7));
  for (const agent of ['Goose', 'Claude', 'Goose'])
    await core.client({ ...core.session(), agent }).entities.create({
      type: 'university',
      data: { name: agent },
    });
  await promote();
  const [step] = (await ada.history.list({ limit: 1 })).rows;
  expect(step).toMatchObject({ label: 'sandbox.promoted', params: { agents: ['Claude', 'Goose'] } });
  expect(step?.actor.agent).toBeUndefined();
});

const many = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `imported-${at}` }));

test('many are chosen and decided one by one', async () => {
  const { ada, play, promote } = await both();
  await play.entities.update({ type: 'team', id: 'team-a', data: { size: 7 } });
  await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 8 } });
  const only = [...many(20_000), { id: 'team-a' }];
  const decisions = only.map((one) => ({ ...one, take: 'play' as const }));
  expect(await promote({ only, decisions })).toMatchObject({ updated: { teams: 1 } });
});

test('an id that both gave to records of two types is decided for each of them', async () => {
  const { ada, play, promote } = await both();
  await ada.entities.create({ type: 'team', id: 'twice', data: { name: 'Team' } });
  await play.entities.create({ type: 'project', id: 'twice', data: { name: 'Project' } });
  const live = [{ id: 'twice', type: 'team' as const, take: 'live' as const }];
  const { data } = await refused('UNDECIDED', promote({ decisions: live }));
  expect(data.conflicts).toMatchObject([{ type: 'project', id: 'twice' }]);
  const left = await promote({ decisions: live, only: [{ id: 'twice', type: 'team' }] });
  expect(left).toMatchObject({ op_id: null, left: 1 });
  expect(await promote({ decisions: [{ id: 'twice', take: 'live' }] })).toMatchObject({ left: 2 });
});

const hanging = { type: 'student' as const, id: 'fresh', data: { name: 'Fresh', team_id: 'team-b' } };

test('a refresh blocked by live’s new reference to a record deleted in Play says what to do', async () => {
  const { ada, play, refresh, promote } = await twoSides(template);
  await play.entities.remove({ type: 'team', id: 'team-b' });
  await ada.entities.create(hanging);
  const { data } = await refused('INVALID', refresh());
  expect(data.issues).toMatchObject([
    { path: 'student/fresh/team_id', code: 'deleted_in_play', gone: { id: 'team-b' } },
  ]);
  expect((await refresh({ dry: true })).problems).toEqual(data.issues);

  // Both ways lead out.
  await play.entities.restore({ type: 'team', id: 'team-b' });
  expect((await refresh({ dry: true })).problems).toEqual([]);
  await play.entities.remove({ type: 'team', id: 'team-b' });
  await promote({ only: [{ id: 'team-b' }] });
  expect(await refresh()).toMatchObject({ created: { students: 1 }, problems: [] });
});
