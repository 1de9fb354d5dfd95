import { sinceBase } from '#shared/domain/points-in-time.ts';
import { expect, test } from 'vitest';
import type { SharingResult } from '#shared/contract/shared-sandboxes.ts';
import { maxChanges } from '#shared/domain/shared-sandbox.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { joinAsOwner } from '#test/support/sharing.ts';
import { testWorkspace, verified } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';

type ShareInput = Parameters<Client['sandboxes']['share']>[0];

/** A workspace with two universities and teams, in which Ada is signed in at a server. */
async function shared(): Promise<TestWorkspace> {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  for (const name of ['own', 'other'])
    await ada.entities.create({ type: 'university', id: `univ_${name}`, data: { name } });
  for (const id of ['a', 'b'])
    await ada.entities.create({
      type: 'team',
      id: `team_${id}`,
      data: { name: id, size: 5, university_id: 'univ_own' },
    });
  await joinAsOwner(workspace);
  return workspace;
}

const share = async (client: Client, input: ShareInput): Promise<SharingResult> =>
  resultOf(await client.sandboxes.share({ university_id: 'univ_own', ...input }));

const copy = async (client: Client, id: string, name: string) =>
  resultOf(await client.sandboxes.addShared({ id, name }));

/** A sandbox in which team a has another size, team b is deleted, and a team c, with a link to a, is new. */
async function tried(workspace: TestWorkspace): Promise<string> {
  const { id } = await take(workspace.as(), 'What if');
  const play = clientOf(await openSandbox(workspace, id));
  await play.entities.update({ type: 'team', id: 'team_a', data: { size: 9 } });
  await play.entities.remove({ type: 'team', id: 'team_b' });
  await play.entities.create({
    type: 'team',
    id: 'team_c',
    data: { name: 'c', university_id: 'univ_other' },
  });
  await play.entities.create({
    type: 'interface',
    id: 'link_ac',
    data: { from: 'team_a', to: 'team_c', interface_type: 'team-to-team', bond_type: 'codified-strong' },
  });
  return id;
}

const teamsOf = async (client: Client): Promise<unknown[]> =>
  (await client.entities.list({ type: 'team', sort: [{ field: 'name', direction: 'asc' }] })).rows.map(
    ({ id, payload }) => [id, payload['size'] ?? null],
  );

test('a shared sandbox is listed, and a copy has its changes as one that can be undone', async () => {
  const workspace = await shared();
  const ada = workspace.as();
  const sandbox = await tried(workspace);
  const before = await resultOf(
    await ada.sandboxes.share({ id: sandbox, university_id: 'univ_own', dry: true }),
  );
  expect(before).toMatchObject({ dry: true, op_id: null, id: null, count: 4, elsewhere: 1, known: null });
  expect(await ada.sandboxes.listShared({})).toEqual([]);
  const { id } = await share(ada, { id: sandbox, description: 'Without b' });
  const listed = await ada.sandboxes.listShared({});
  expect(listed).toMatchObject([
    {
      id,
      name: 'What if',
      description: 'Without b',
      university: { id: 'univ_own', title: 'own' },
      by: { name: 'Ada' },
      count: 4,
    },
  ]);
  const taken = await copy(ada, id ?? '', 'Mine');
  expect(taken).toMatchObject({ sandbox: { from: `shared:${id}`, changes: 1 }, moved: 0, problems: [] });
  const core = await openSandbox(workspace, taken.sandbox.id);
  const play = clientOf(core);
  expect(await teamsOf(play)).toEqual([
    ['team_a', 9],
    ['team_c', null],
  ]);
  expect(await verified(play)).toMatchObject({ ok: true });
  const { counts } = await resultOf(await ada.compare.between(sinceBase(taken.sandbox.id)));
  expect(counts).toEqual({ play: 4, live: 0, both: 0, same: 0, conflict: 0 });
  await play.history.undo({});
  expect(await teamsOf(play)).toEqual(await teamsOf(ada));
  await ada.history.undo({});
  expect(await ada.sandboxes.listShared({})).toEqual([]);
  expect(await verified(ada)).toMatchObject({ ok: true });
});

test('if live has changed, shared values win and are counted, and impossible changes are named', async () => {
  const workspace = await shared();
  const ada = workspace.as();
  const { id } = await share(ada, { id: await tried(workspace) });
  await ada.entities.update({ type: 'team', id: 'team_a', data: { size: 7, name: 'A' } });
  const taken = await copy(ada, id ?? '', 'Mine');
  expect(taken).toMatchObject({ moved: 1, problems: [] });
  const play = clientOf(await openSandbox(workspace, taken.sandbox.id));
  expect((await play.entities.get({ type: 'team', id: 'team_a' })).payload).toMatchObject({
    size: 9,
    name: 'A',
  });
  await ada.entities.remove({ type: 'team', id: 'team_a' });
  const later = await copy(ada, id ?? '', 'Later');
  expect(later.problems.map(({ path, code }) => [path, code])).toEqual([
    ['team/team_a', 'missing'],
    ['interface/link_ac/from', 'dangling'],
  ]);
});

test('a shared change that no workspace would accept is left out of a copy and named', async () => {
  const workspace = await shared();
  const ada = workspace.as();
  await ada.entities.create({ type: 'comment', id: 'com', data: { record_id: 'team_a', text: 'Mine' } });
  const { id } = await share(ada, { id: await tried(workspace) });
  const comment = { type: 'comment', id: 'com', title: 'Mine', action: 'update' };
  const team = { type: 'team', title: 'x', action: 'create', before: null };
  const changes = [
    { ...comment, before: { author: 'Ada' }, after: { author: 'Grace Hopper' } },
    { ...comment, before: { recorded_author: null }, after: { recorded_author: 'Grace Hopper' } },
    {
      ...comment,
      action: 'create',
      before: null,
      after: { record_id: 'team_a', text: 'Kept', author: 'Bo' },
    },
    { ...team, id: 'script', after: { name: 'x', url: 'javascript:alert(1)' } },
    { ...team, type: 'contact', id: 'late', after: { date: '2026-02-30', who: [], with: [] } },
    { ...team, id: 'old', after: { name: 'x', url: 'http://old.example' } },
  ];
  workspace.raw((db) =>
    db
      .prepare('UPDATE shared_sandboxes SET payload = json_set(payload, ?, json(?)) WHERE id = ?')
      .run('$.changes', JSON.stringify(changes), id),
  );
  const taken = await copy(ada, id ?? '', 'Mine');
  expect(taken.problems.map(({ path, code }) => [path, code])).toEqual([
    ['comment/com/author', 'forbidden'],
    ['comment/com/author', 'forbidden'],
    ['team/script/url', 'https_only'],
    ['contact/late/date', 'no_such_day'],
  ]);
  const play = clientOf(await openSandbox(workspace, taken.sandbox.id));
  expect((await play.entities.get({ type: 'comment', id: 'com' })).payload).toEqual({
    record_id: 'team_a',
    text: 'Kept',
    author: 'Ada',
  });
  expect((await play.entities.list({ type: 'team' })).rows.map((row) => row.id).toSorted()).toEqual([
    'old',
    'team_a',
    'team_b',
  ]);
});

test('a copy replaces the shared sandbox, unless somebody changed that meanwhile', async () => {
  const workspace = await shared();
  const ada = workspace.as();
  const sandbox = await tried(workspace);
  const { id } = await share(ada, { id: sandbox, description: 'First' });
  const { sandbox: mine } = await copy(ada, id ?? '', 'Mine');
  const play = clientOf(await openSandbox(workspace, mine.id));
  await play.entities.update({ type: 'team', id: 'team_a', data: { size: 11 } });
  const again = await share(ada, { id: mine.id });
  expect(again).toMatchObject({ id, known: { id, name: 'What if', description: 'First' }, moved: false });
  expect(await ada.sandboxes.listShared({})).toMatchObject([
    { id, name: 'What if', description: 'First', count: 4 },
  ]);

  const dry = await share(ada, { id: sandbox, dry: true });
  expect(dry).toMatchObject({ moved: true, id });
  const late = await refused('MOVED_ON', share(ada, { id: sandbox }));
  expect(late.data.records).toMatchObject([{ type: 'shared-sandbox', id, title: 'What if' }]);
  const other = await share(ada, { id: sandbox, as: 'new', name: 'Another' });
  expect(other.id).not.toBe(id);
  expect(await share(ada, { id: sandbox })).toMatchObject({ id: other.id, moved: false, name: 'Another' });
  expect(await share(ada, { id: mine.id, as: 'replace' })).toMatchObject({ id, moved: false });

  // A duplicate is a proposal of its own, and so is one whose shared sandbox was deleted.
  const { id: twin } = await resultOf(await ada.sandboxes.duplicate({ id: mine.id, name: 'Twin' }));
  expect(await share(ada, { id: twin, dry: true })).toMatchObject({ known: null, id: null });
  await ada.sandboxes.removeShared({ id: id ?? '' });
  expect(await share(ada, { id: mine.id, dry: true })).toMatchObject({ known: null, id: null });
  expect((await ada.sandboxes.listShared({})).map((one) => one.id)).toEqual([other.id]);
});

test('invalid shares are refused without changes', async () => {
  const alone = await testWorkspace();
  const { id: unjoined } = await take(alone.as(), 'What if');
  const { data } = await refused('SYNC', share(alone.as(), { id: unjoined }));
  expect(data.reason).toBe('not_joined');

  const workspace = await shared();
  const ada = workspace.as();
  const codes = async (input: ShareInput, client = ada): Promise<string[]> =>
    (await refused('INVALID', share(client, input))).data.issues.map(({ code }) => code);
  const { id } = await take(ada, 'What if');
  expect(await codes({ id })).toEqual(['no_changes']);
  expect(await share(ada, { id, dry: true })).toMatchObject({ count: 0, op_id: null });
  const core = await openSandbox(workspace, id);
  const play = clientOf(core);
  await play.entities.update({ type: 'team', id: 'team_a', data: { size: 9 } });
  expect(await codes({ id }, play)).toEqual(['target']);
  const unknown = await refused('NOT_FOUND', share(ada, { id, university_id: 'univ_none' }));
  expect(unknown.data).toEqual({ type: 'university', id: 'univ_none' });
  const three = { one: 'x'.repeat(700_000), name: 'Large' };
  for (const team of ['team_large_a', 'team_large_b', 'team_large_c'])
    await play.entities.create({ type: 'team', id: team, data: three });
  expect(await codes({ id })).toEqual(['too_large']);
  await core.services.queue.job(core.session(), 'many', (write) => {
    for (let at = 0; at < maxChanges; at++)
      write.records.createLater(
        { type: 'team', id: `team_many_${at}`, payload: { name: `Team ${at}`, university_id: 'univ_own' } },
        'univ_own',
      );
    write.audit.label('import', { source: 'many', count: 1 });
    return Promise.resolve();
  });
  expect(await codes({ id })).toEqual(['too_many']);
  expect(await ada.sandboxes.listShared({})).toEqual([]);
});
