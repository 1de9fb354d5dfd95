import { expect, test } from 'vitest';
import type { Job } from '#shared/contract/job.ts';
import type { KnowledgePassage, KnowledgeStatus } from '#shared/contract/server/admin.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { backupsOfFile } from '../support/backups.ts';
import { own, populate } from '../support/people.ts';
import { create, operation, push } from '../support/push.ts';
import { serverOfFile } from '../support/server.ts';

const server = await serverOfFile({ backups: backupsOfFile() });
const { admin, editor } = await populate(server);

const jobOf = async (id: string) =>
  (await admin.get<{ data: Job[] }>('jobs')).body.data.find((job) => job.id === id);

async function runJob(kind: string): Promise<Job | undefined> {
  const { status, body } = await admin.post<Job>('jobs', { kind });
  expect([status, body.kind]).toEqual([202, kind]);
  await expect.poll(async () => (await jobOf(body.id))?.state, { timeout: 30_000 }).toBe('completed');
  return jobOf(body.id);
}

test('each kind of job is started by one route, by admins', async () => {
  for (const kind of ['backup', 'train', 'check_files', 'purge'])
    expect(await runJob(kind), kind).toMatchObject({ attempts: 1, state: 'completed' });
  expect((await editor.api.post('jobs', { kind: 'purge' })).status).toBe(403);
  expect((await admin.post('jobs', { kind: 'removal' })).status).toBe(422);
  expect((await admin.post('jobs/none/retry', {})).status).toBe(404);
});

test('the knowledge base has the names of Chroma, and finds words over whole records', async () => {
  const team = { name: 'Überflug', university_id: own, description: 'The rotator and its cable' };
  const other = { name: 'Ground', university_id: own, description: 'The rotator alone' };
  await push(admin, [operation([create('team', 'team_a', team), create('team', 'team_b', other)])]);
  const trained = await admin.post<Job>('admin/db/chroma/train', {});
  expect(trained.status).toBe(202);
  await expect.poll(async () => (await jobOf(trained.body.id))?.state, { timeout: 30_000 }).toBe('completed');
  const status = await admin.get<KnowledgeStatus>('admin/db/chroma/status');
  expect(status.body).toMatchObject({ behind: 0, meaning: 'off' });
  const find = async (q: string) =>
    (
      await admin.get<{ data: KnowledgePassage[] }>(
        `admin/db/chroma/knowledge-base?q=${encodeURIComponent(q)}`,
      )
    ).body.data.map(({ id, field }) => `${id} ${field}`);
  expect(await find('uberflug rotat')).toEqual(['team_a name', 'team_a description']);
  expect(await find('rotator')).toEqual(['team_a description', 'team_b description']);
  expect(await find('uberflug alone')).toEqual([]);
  const clear = (text: string) =>
    admin.call<{ removed: number }>('DELETE', `admin/db/chroma/clear?confirm=${encodeURIComponent(text)}`);
  expect((await clear('yes')).status).toBe(422);
  expect((await admin.post('admin/db/chroma/clear', { confirm: 'no' })).status).toBe(422);
  const cleared = await clear('clear knowledge');
  expect([cleared.status, cleared.body.removed > 0]).toEqual([200, true]);
});

test('a project with an address of a repository gets its record, once', async () => {
  const repository_url = 'https://git.example/sat/fsw.git';
  const project = await admin.post<{ id: string } & JsonObject>('projects', {
    name: 'Sat',
    university_id: own,
    repository_url,
  });
  expect([project.status, project.body['repository_url']]).toEqual([201, repository_url]);
  const path = `projects/${project.body.id}`;
  const repositories = async () =>
    (await admin.get<{ data: JsonObject[] }>('repositories?sort_by=name&order=asc')).body.data.map(
      ({ name, url, project_id, university_id }) => ({ name, url, project_id, university_id }),
    );
  const first = { name: 'fsw', url: repository_url, project_id: project.body.id, university_id: own };
  expect(await repositories()).toEqual([first]);
  for (const body of [{ description: 'x' }, { repository_url: null }, { repository_url }])
    expect((await admin.call('PATCH', path, { body })).status).toBe(200);
  expect(await repositories()).toEqual([first]);
  const second = 'https://git.example/sat/ground/';
  expect((await editor.api.call('PATCH', path, { body: { repository_url: second } })).status).toBe(200);
  expect(await repositories()).toEqual([first, { ...first, name: 'ground', url: second }]);
  const bad = await admin.call('PATCH', path, { body: { repository_url: 'javascript:alert(1)' } });
  expect(bad.status).toBe(422);
});
