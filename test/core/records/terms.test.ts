import { expect, test } from 'vitest';
import type { AdvanceResult } from '#shared/contract/terms.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  for (const id of ['north', 'south'])
    await ada.entities.create({ type: 'university', id, data: { name: id } });
  for (const [id, university_id, data] of [
    ['new', 'north', { terms_remaining: 4 }],
    ['last', 'north', { terms_remaining: 1 }],
    ['over', 'south', { terms_remaining: 0 }],
    ['left', 'south', { terms_remaining: 3, active: false }],
    ['unsaid', 'south', { terms_remaining: null }],
  ] as const)
    await ada.entities.create({ type: 'student', id, data: { name: id, university_id, ...data } });
  await ada.workspace.createProfile({ name: 'Edi', role: 'editor', university_id: 'north' });
});

const advance = async (
  client: Client,
  input: Parameters<Client['entities']['advanceTerms']>[0] = {},
): Promise<AdvanceResult> => resultOf(await client.entities.advanceTerms(input));
const studentOf = async (client: Client, id: string) =>
  (await client.entities.get({ type: 'student', id })).payload;

test('a term passes for active students, and those without further terms graduate; undo reverts all', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const before = hashTables(workspace.files.live);
  const preview = await advance(client, { dry: true });
  expect(preview).toMatchObject({ op_id: null, updated: { students: 3 }, graduates: 2, unknown: 1 });
  expect(hashTables(workspace.files.live)).toBe(before);
  const done = await advance(client, { seen: preview.head });
  expect(done).toMatchObject({ updated: { students: 3 }, graduates: 2, problems: [] });
  expect(await studentOf(client, 'new')).toMatchObject({ terms_remaining: 3, active: true });
  for (const id of ['last', 'over'])
    expect(await studentOf(client, id)).toMatchObject({
      terms_remaining: 0,
      active: false,
      graduated_at: '2026-01-05',
    });
  expect(await studentOf(client, 'left')).toMatchObject({ terms_remaining: 3 });
  expect(await studentOf(client, 'unsaid')).toMatchObject({ terms_remaining: null, active: true });
  await client.history.undo({});
  expect(await studentOf(client, 'last')).toMatchObject({ terms_remaining: 1, active: true });
});

test('of one university, and only if no student was changed since the preview', async () => {
  const client = (await testWorkspace({ template })).as();
  const preview = await advance(client, { university: 'north', terms: 2, dry: true });
  expect(preview).toMatchObject({ updated: { students: 2 }, graduates: 1, unknown: 0 });
  await client.entities.update({ type: 'student', id: 'new', data: { terms_remaining: 6 } });
  await refused('MOVED_ON', advance(client, { university: 'north', terms: 2, seen: preview.head }));
  await advance(client, { university: 'north', terms: 2 });
  expect(await studentOf(client, 'new')).toMatchObject({ terms_remaining: 4 });
  expect(await studentOf(client, 'over')).toMatchObject({ active: true });
});

test('an editor advances their own university, not all', async () => {
  const workspace = await testWorkspace({ template });
  const edi = workspace.as('Edi');
  await refused('FORBIDDEN', advance(edi));
  expect(await advance(edi, { university: 'north' })).toMatchObject({ updated: { students: 2 } });
});
