import { expect, test } from 'vitest';
import type { JsonObject } from '#shared/domain/json.ts';
import type { ModelScript } from '#test/support/model-server.ts';
import { modelServer, useModel } from '#test/support/language-models.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';

/** A repair with notes, an open task and one that is done; its model answers by the script. */
async function repairWith(script: ModelScript, level: 'names' | 'rows' = 'rows') {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  const { entities, repairs } = ada;
  const make = (type: 'repair' | 'task', id: string, data: JsonObject) => entities.create({ type, id, data });
  await make('repair', 'r', { name: 'Hand over', notes: 'Omar he leave in 2 term.' });
  await make('task', 'open', { name: 'omar shows', done_when: 'Tess can it', repair_id: 'r' });
  await make('task', 'over', { name: 'old', repair_id: 'r', done_on: '2026-01-05' });
  const server = await modelServer(script);
  const improve = async (sent: { url: string; level: 'rows'; body: string } | null) =>
    resultOf(await repairs.improveWording({ id: 'r', sent }));
  const choose = () => useModel(workspace.core.services, server, level);
  return { ada, server, improve, choose };
}

const better = {
  notes: 'Omar leaves in 2 terms.',
  'task 1 name': 'Omar shows it to Tess',
  'task 1 done_when': 'Tess can do it',
};
const sentTexts = (text: string): unknown =>
  JSON.parse((JSON.parse(text) as { messages: { content: string }[] }).messages[1]?.content ?? '');

test('a model gets the shown bytes, and its wording is written as one change that can be undone', async () => {
  const { ada, server, improve, choose } = await repairWith(
    () => `<think>hm</think>\n\`\`\`json\n${JSON.stringify(better)}\n\`\`\``,
  );
  expect(await refused('MODEL', improve(null))).toMatchObject({ data: { reason: 'off' } });
  await choose();
  const { request, wording: none } = await improve(null);
  expect([none, server.requests.length]).toEqual([null, 0]);
  const stale = await improve({ ...request, level: 'rows', body: `${request.body} ` });
  expect([stale.wording, server.requests.length]).toEqual([null, 0]);
  const { wording } = await improve({ ...request, level: 'rows' });
  expect(server.requests.map(({ body }) => body.toString('utf8'))).toEqual([request.body]);
  expect(sentTexts(request.body)).toEqual({
    notes: 'Omar he leave in 2 term.',
    'task 1 name': 'omar shows',
    'task 1 done_when': 'Tess can it',
  });
  expect(wording?.map(({ id, field, after }) => [id, field, after])).toEqual([
    ['r', 'notes', better.notes],
    ['open', 'name', better['task 1 name']],
    ['open', 'done_when', better['task 1 done_when']],
  ]);
  expect((await ada.entities.find({ id: 'r' })).payload['notes']).toBe('Omar he leave in 2 term.');
  await ada.entities.applyChanges({
    changes: (wording ?? []).map(({ type, id, field, after }) => ({
      kind: 'update',
      type,
      id,
      data: { [field]: after },
    })),
  });
  expect((await ada.entities.find({ id: 'open' })).title).toBe(better['task 1 name']);
  await ada.history.undo({});
  expect((await ada.entities.find({ id: 'r' })).payload['notes']).toBe('Omar he leave in 2 term.');
  expect((await ada.entities.find({ id: 'open' })).title).toBe('omar shows');
});

test('notes leave only with the level of rows', async () => {
  const { improve, choose, server } = await repairWith(() => JSON.stringify(better), 'names');
  await choose();
  expect(await refused('MODEL', improve(null))).toMatchObject({ data: { reason: 'level' } });
  expect(server.requests).toEqual([]);
});

const { notes: _, ...withoutNotes } = better;
test.each([
  ['prose', 'Here you are.'],
  ['a missing text', JSON.stringify(withoutNotes)],
  ['another key', JSON.stringify({ ...better, owner: 'tess' })],
  ['no text', JSON.stringify({ ...better, notes: ' ' })],
  ['another number', JSON.stringify({ ...better, notes: 'Omar leaves in 3 terms.' })],
  ['a name of two lines', JSON.stringify({ ...better, 'task 1 name': 'Omar\nshows' })],
  ['a long name', JSON.stringify({ ...better, 'task 1 name': 'x'.repeat(5000) })],
  ['a value that is no text', JSON.stringify({ ...better, notes: 2 })],
])('an answer with %s is refused', async (_what, answer) => {
  const { improve, choose, ada } = await repairWith(() => answer);
  await choose();
  const { request } = await improve(null);
  expect(await refused('MODEL', improve({ ...request, level: 'rows' }))).toMatchObject({
    data: { reason: 'unfit' },
  });
  expect((await ada.entities.find({ id: 'open' })).title).toBe('omar shows');
});
