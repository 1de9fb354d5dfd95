import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MergedRecords } from '#shared/contract/merge.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  for (const [id, name] of [
    ['north', 'North State University'],
    ['south', 'South College'],
  ] as const)
    await ada.entities.create({ type: 'university', id, data: { name } });
  for (const [id, data] of [
    ['a', { name: 'Thermal control', discipline: 'mechanical', size: null, room: 'A1' }],
    ['b', { name: 'Thermal controll', discipline: 'systems', size: 7, phone: '12' }],
    ['c', { name: 'Thermal Control Team', size: 9 }],
    ['d', { name: 'Optics 1' }],
    ['e', { name: 'Optics 2' }],
  ] as const)
    await ada.entities.create({ type: 'team', id, data: { university_id: 'north', ...data } });
  await ada.entities.create({
    type: 'team',
    id: 'f',
    data: { name: 'Thermal control', university_id: 'south' },
  });
  await ada.entities.create({
    type: 'student',
    id: 's',
    data: { name: 'S', university_id: 'north', team_id: 'b' },
  });
  await ada.workspace.createProfile({ name: 'Edi', role: 'editor', university_id: 'south' });
});

const merge = async (
  client: Client,
  input: Parameters<Client['entities']['merge']>[0],
): Promise<MergedRecords> => resultOf(await client.entities.merge(input));
const link = (client: Client, id: string, from: string, to: string, data: object = {}) =>
  client.entities.create({ type: 'interface', id, data: { from, to, ...data } });
const linksOf = async (client: Client) =>
  (await client.entities.list({ type: 'interface', limit: 100 })).rows.map(({ id, payload }) => ({
    id,
    ...payload,
  }));

test('the kept record keeps its values, and takes the other values, references and links', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  await link(client, 'same', 'a', 'd', { energy_loss: 5 });
  await link(client, 'again', 'b', 'd', { energy_loss: 5 });
  await link(client, 'other', 'c', 'd', { energy_loss: 35 });
  await link(client, 'loop', 'a', 'b');
  await link(client, 'in', 'e', 'b');
  const before = hashTables(workspace.files.live);
  const wanted = { type: 'team', keep: 'a', others: ['b', 'c'], values: { discipline: 'systems' } } as const;
  const preview = await merge(client, { ...wanted, others: [...wanted.others], dry: true });
  expect(preview).toMatchObject({
    op_id: null,
    links: { moved: 2, dropped: 2, parallel: 1 },
    references: 1,
    removed: { teams: 2, interfaces: 2 },
    hidden: { links: 0, references: 0 },
    problems: [],
  });
  expect(hashTables(workspace.files.live)).toBe(before);
  await merge(client, { ...wanted, others: [...wanted.others], seen: preview.head });
  const { payload } = await client.entities.get({ type: 'team', id: 'a' });
  expect(payload).toMatchObject({
    name: 'Thermal control',
    discipline: 'systems',
    size: 7,
    room: 'A1',
    phone: '12',
  });
  expect((await client.entities.get({ type: 'student', id: 's' })).payload.team_id).toBe('a');
  expect((await linksOf(client)).map(({ id }) => id).toSorted()).toEqual(['in', 'other', 'same']);
});

test('a university is merged with all that belongs to it', async () => {
  const client = (await testWorkspace({ template })).as();
  const done = await merge(client, { type: 'university', keep: 'north', others: ['south'] });
  expect(done).toMatchObject({
    references: 2,
    updated: { teams: 1, profiles: 1 },
    removed: { universities: 1 },
  });
});

test('is refused without permission, with itself, and if a record was changed meanwhile', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  await refused('FORBIDDEN', merge(workspace.as('Edi'), { type: 'team', keep: 'a', others: ['b'] }));
  await refused('INVALID', merge(client, { type: 'team', keep: 'a', others: ['a'] }));
  await refused(
    'INVALID',
    merge(client, { type: 'team', keep: 'a', others: ['b'], values: { size: 'big' } }),
  );
  await refused('NOT_FOUND', merge(client, { type: 'team', keep: 'a', others: ['s'] }));
  const { head } = await merge(client, { type: 'team', keep: 'a', others: ['b'], dry: true });
  await client.entities.update({ type: 'team', id: 'b', data: { size: 1 } });
  await refused('MOVED_ON', merge(client, { type: 'team', keep: 'a', others: ['b'], seen: head }));
  expect((await client.entities.list({ type: 'team' })).rows).toHaveLength(6);
});

test('no link ends at a deleted record, all but dropped ones remain, and undo restores exactly', async () => {
  const ends = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const drawn = fc.array(
    fc
      .record({ from: ends, to: ends, energy_loss: fc.constantFrom(5, 35) })
      .filter(({ from, to }) => from !== to),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(drawn, fc.subarray(['b', 'c', 'd'], { minLength: 1 }), async (all, others) => {
      const workspace = await testWorkspace({ template });
      const client = workspace.as();
      for (const [at, { from, to, energy_loss }] of all.entries())
        await link(client, `link-${at}`, from, to, { energy_loss });
      const before = await linksOf(client);
      const teams = (await client.entities.list({ type: 'team' })).rows.map(({ id, payload }) => [
        id,
        payload,
      ]);
      const { links } = await merge(client, { type: 'team', keep: 'a', others });
      const after = await linksOf(client);
      expect(after.length).toBe(before.length - links.dropped);
      for (const { from, to } of after as { from?: unknown; to?: unknown }[])
        for (const end of [from, to]) expect(others).not.toContain(end);
      await client.history.undo({});
      expect(await linksOf(client)).toEqual(before);
      expect(
        (await client.entities.list({ type: 'team' })).rows.map(({ id, payload }) => [id, payload]),
      ).toEqual(teams);
      expect((await workspace.verify()).ok).toBe(true);
    }),
    { numRuns: 10 },
  );
});

test('proposes pairs of one university with similar names, unless a number distinguishes them', async () => {
  const client = (await testWorkspace({ template })).as();
  const { pairs, count } = await client.entities.duplicates({});
  expect(pairs.map(({ one, other }) => [one.id, other.id].join('')).toSorted()).toEqual(['ab', 'ac', 'bc']);
  expect(count).toBe(3);
  expect((await client.entities.duplicates({ type: 'student' })).pairs).toEqual([]);
});

test('repairs planned for a merged record move to the kept one', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const steps = [{ do: 'link', from: 'b', to: 'd', bond_type: 'codified-moderate' }];
  await client.entities.create({ type: 'repair', id: 'r', data: { name: 'R', subjects: ['b'], steps } });
  await merge(client, { type: 'team', keep: 'a', others: ['b'] });
  const { payload } = await client.entities.get({ type: 'repair', id: 'r' });
  expect(payload).toMatchObject({ subjects: ['a'], steps: [{ from: 'a', to: 'd' }] });
});
