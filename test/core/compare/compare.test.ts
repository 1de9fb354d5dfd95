import { sinceBase } from '#shared/domain/points-in-time.ts';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { comparedBy } from '#test/support/compare.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, filesOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

interface Both {
  workspace: TestWorkspace;
  ada: Client;
  play: Client;
  id: string;
}

async function both(): Promise<Both> {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const { id } = await take(ada, 'Play');
  return { workspace, ada, id, play: clientOf(await openSandbox(workspace, id)) };
}

const team = (id: string, data: Record<string, unknown>, unset: string[] = []) => ({
  type: 'team' as const,
  id,
  data: data as Record<string, string>,
  unset,
});

test('fields are distinguished, and a missing one from null', async () => {
  const { ada, play, id } = await both();
  await play.entities.update(team('team-a', { size: 7, note: null, lifecycle: 'incoming' }));
  await ada.entities.update(team('team-a', { size: 8, name: 'Live', lifecycle: 'incoming' }, ['experience']));
  const { rows, counts } = await comparedBy(ada, id);
  expect(counts).toEqual({ play: 0, live: 0, both: 0, same: 0, conflict: 1 });
  expect(rows).toEqual([
    {
      type: 'team',
      id: 'team-a',
      title: 'Alpine team',
      university: 'Alpine university',
      class: 'conflict',
      conflict: 'field',
      play: 'updated',
      live: 'updated',
      fields: expect.arrayContaining([
        { field: 'size', class: 'conflict', base: 5, live: 8, play: 7 },
        { field: 'note', class: 'play', play: null },
        { field: 'experience', class: 'live', base: 12, play: 12 },
        { field: 'name', class: 'live', base: 'Alpine team', live: 'Live', play: 'Alpine team' },
        expect.objectContaining({ field: 'lifecycle', class: 'same', live: 'incoming', play: 'incoming' }),
      ]) as unknown,
    },
  ]);
  expect(rows[0]?.fields).toHaveLength(5);
});

test('values changed and set back, by undo or by hand, are no difference', async () => {
  const { ada, play, id } = await both();
  await play.entities.update(team('team-a', { size: 7 }));
  await play.history.undo({});
  await ada.entities.update(team('team-b', { size: 7 }));
  await ada.entities.update(team('team-b', { size: 5 }));
  await play.entities.create({ type: 'team', id: 'short', data: { name: 'Short' } });
  await play.entities.remove({ type: 'team', id: 'short' });
  expect((await comparedBy(ada, id)).rows).toEqual([]);
});

test('created and deleted records are listed with the action of each side', async () => {
  const { ada, play, id } = await both();
  await play.entities.remove({ type: 'team', id: 'team-a' });
  await ada.entities.update(team('team-a', { size: 9 }));
  await ada.entities.remove({ type: 'student', id: 'student-b' });
  await play.entities.remove({ type: 'student', id: 'student-b' });
  for (const [client, name] of [
    [ada, 'One'],
    [play, 'Two'],
  ] as const)
    await client.entities.create({ type: 'faculty', id: 'twice', data: { name } });
  await ada.entities.create({ type: 'team', id: 'both', data: { name: 'Team' } });
  await play.entities.create({ type: 'project', id: 'both', data: { name: 'Project' } });
  const { rows } = await comparedBy(ada, id);
  const told = rows.map((row) => [row.type, row.id, row.class, row.conflict, row.play, row.live]);
  expect(told).toEqual([
    ['project', 'both', 'conflict', 'other_type', 'created', null],
    ['team', 'both', 'conflict', 'other_type', null, 'created'],
    ['team', 'team-a', 'conflict', 'deleted', 'deleted', 'updated'],
    ['faculty', 'twice', 'conflict', 'created', 'created', 'created'],
    ['student', 'student-b', 'same', null, 'deleted', 'deleted'],
  ]);
});

test('differences are filtered and paged', async () => {
  const { ada, play, id } = await both();
  for (const name of ['a', 'b', 'c'])
    await play.entities.create({ type: 'team', id: name, data: { name: `Team ${name}` } });
  await ada.entities.update({ type: 'project', id: 'project-a', data: { name: 'Ümlaut' } });
  const ask = async (asked: Omit<Parameters<Client['compare']['between']>[0], 'from'>) => {
    const { rows, matched } = await resultOf(await ada.compare.between({ ...sinceBase(id), ...asked }));
    return [matched, rows.map((row) => row.id)];
  };
  expect(await ask({ types: ['team'] })).toEqual([3, ['a', 'b', 'c']]);
  expect(await ask({ classes: ['live'] })).toEqual([1, ['project-a']]);
  expect(await ask({ text: 'TEAM B' })).toEqual([1, ['b']]);
  expect(await ask({ offset: 1, limit: 2 })).toEqual([4, ['a', 'b']]);
  expect(await ask({ limit: 0 })).toEqual([4, []]);
});

test('comparing writes nothing, can be cancelled, and refuses an unknown sandbox', async () => {
  const { workspace, ada, play, id } = await both();
  await play.entities.update(team('team-a', { size: 7 }));
  const hashes = () => [hashTables(workspace.files.live), hashTables(filesOf(workspace, id).data)];
  const before = hashes();
  await comparedBy(ada, id);
  expect(hashes()).toEqual(before);
  await refused('CANCELLED', comparing(ada, id, AbortSignal.abort()));
  await refused('NOT_FOUND', comparedBy(ada, 'sbx_00000000-0000-7000-8000-000000000000'));
  await refused('NOT_FOUND', comparedBy(ada, '../frames'));
});

const comparing = async (client: Client, id: string, signal: AbortSignal) =>
  resultOf(await client.compare.between(sinceBase(id), { signal }));

test('after live was set back, the common part of both logs is the base; without one both are taken as they are', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.core.close();
  const early = readFileSync(workspace.files.live);
  await workspace.reopen();
  await workspace.as().entities.update(team('team-b', { size: 9 }));
  const { id } = await take(workspace.as(), 'Play');
  await workspace.core.close();
  workspace.replaceLive(early);
  await workspace.reopen();
  await workspace.as().entities.update(team('team-a', { size: 3 }));
  const compared = await comparedBy(workspace.as(), id);
  expect(compared.based).toBe('common');
  expect(compared.rows.map((row) => [row.id, row.class])).toEqual([
    ['team-a', 'live'],
    ['team-b', 'play'],
  ]);
  const other = await testWorkspace({ seed: 7 });
  await other.as().entities.create({ type: 'team', id: 'team-a', data: { name: 'Other' } });
  await other.core.close();
  await workspace.core.close();
  workspace.replaceLive(readFileSync(other.files.live));
  await workspace.reopen();
  const apart = await comparedBy(workspace.as(), id);
  expect(apart).toMatchObject({ based: 'none', base: null, counts: { same: 0 } });
  expect(apart.rows.filter(({ type }) => type === 'profile')).toEqual([]);
  expect(apart.rows.find((row) => row.id === 'team-a')).toMatchObject({
    class: 'conflict',
    conflict: 'created',
  });
  expect(apart.rows.find((row) => row.id === 'team-b')).toMatchObject({ class: 'play', play: 'created' });
});

test('a sandbox that is damaged is refused by name', async () => {
  const workspace = await testWorkspace({ template });
  const { id } = await take(workspace.as(), 'Play');
  const file = filesOf(workspace, id).data;
  writeFileSync(file, 'no database '.repeat(500));
  const { data, message } = await refused('WORKSPACE', comparedBy(workspace.as(), id));
  expect(data.reason).toBe('foreign');
  expect(message).toContain(id);
  await refused('WORKSPACE', (async () => resultOf(await workspace.as().sandboxes.promote({ id })))());
});
