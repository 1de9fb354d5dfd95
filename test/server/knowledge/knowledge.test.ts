import { expect, test } from 'vitest';
import type { Job } from '#shared/contract/job.ts';
import type { KnowledgePassage, KnowledgeStatus } from '#shared/contract/server/admin.ts';
import { own, populate } from '../support/people.ts';
import { create, operation, push, remove } from '../support/push.ts';
import { serverOfFile } from '../support/server.ts';

const server = await serverOfFile();
const { admin, editor } = await populate(server);
const note = (id: string, description: string) =>
  create('team', id, { name: id, university_id: own, description, discipline: 'software' });
await push(admin, [
  operation([
    note('team_a', 'Überflug des Rotators'),
    note('team_b', 'Cable and rotator'),
    note('team_gone', 'Rotator of before'),
    create('student', 'maja', { name: 'Maja Holm', university_id: own }),
  ]),
]);
await push(admin, [
  operation([
    remove('team', 'team_gone', {
      name: 'team_gone',
      university_id: own,
      description: 'Rotator of before',
      discipline: 'software',
    }),
  ]),
]);

const status = async () => (await admin.get<KnowledgeStatus>('admin/db/knowledge/status')).body;
const find = async (q: string, more = '') => {
  const path = `admin/db/knowledge/knowledge-base?q=${encodeURIComponent(q)}${more}`;
  const { body } = await admin.get<{ data: KnowledgePassage[]; meta: { total_count: number } }>(path);
  return { ids: body.data.map(({ id, field }) => `${id} ${field}`), total: body.meta.total_count };
};
async function train(): Promise<void> {
  const answer = await admin.post<Job>('admin/db/knowledge/train', {});
  expect(answer.status).toBe(202);
  await expect
    .poll(
      async () =>
        (await admin.get<{ data: Job[] }>('jobs?kind=train')).body.data.find(
          ({ id }) => id === answer.body.id,
        )?.state,
      {
        timeout: 30_000,
      },
    )
    .toBe('completed');
}

test('a training reads the texts of visible records, which are found by the beginnings of words', async () => {
  expect(await status()).toMatchObject({ records: 0, passages: 0, trained_at: null, behind: null });
  expect(await find('rotator')).toEqual({ ids: [], total: 0 });
  await train();
  expect(await find('ROTAT')).toEqual({ ids: ['team_a description', 'team_b description'], total: 2 });
  expect(await find('uberflug rotators')).toEqual({ ids: ['team_a description'], total: 1 });
  // Choices are no texts, and signs of a query are nothing to Postgres.
  for (const q of ['software', `team_b' | 'uberflug`, 'before']) expect((await find(q)).ids).toEqual([]);
  expect(await find('', '&page_size=1')).toMatchObject({ ids: [expect.any(String)] });
  expect(await status()).toMatchObject({ records: 5, behind: 0, job: { kind: 'train', state: 'completed' } });
  await push(admin, [operation([note('team_c', 'A new rotator')])]);
  expect(await status()).toMatchObject({ behind: 1 });
  expect((await find('new')).ids).toEqual([]);
  await train();
  expect((await find('new')).ids).toEqual(['team_c description']);
});

test('an erased person is in it no more, at once', async () => {
  expect((await find('maja')).ids).toEqual(['maja name']);
  expect((await admin.post('people/maja/erase', {})).status).toBe(200);
  expect((await find('maja')).ids).toEqual([]);
  const rows = `SELECT count(*) AS n FROM knowledge WHERE text ILIKE '%maja%'`;
  await train();
  expect((await server.database.get<{ n: number }>(rows))?.n).toBe(0);
  expect((await find('rotator')).total).toBe(3);
});

test('it is emptied only with the typed confirmation, by admins', async () => {
  const clear = (confirm: string) => admin.post<{ removed: number }>('admin/db/knowledge/clear', { confirm });
  expect((await clear('yes')).status).toBe(422);
  expect((await editor.api.post('admin/db/knowledge/clear', { confirm: 'clear knowledge' })).status).toBe(
    403,
  );
  expect((await find('rotator')).total).toBe(3);
  const { status: code, body } = await clear('clear knowledge');
  expect([code, body.removed > 0]).toEqual([200, true]);
  expect(await status()).toMatchObject({ records: 0, trained_at: null, behind: null });
});
