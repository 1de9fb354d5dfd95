import { writeFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { Job, JobDetails } from '#shared/contract/jobs.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;

beforeAll(async () => {
  await seed();
});

const list = async (...more: string[]): Promise<Job[]> =>
  (await json<{ jobs: Job[] }>('jobs list', ...w, ...more)).jobs;

test('jobs are added, run by priority, and listed with their results', async () => {
  const low = await json<Job>('jobs add', 'verify', '--priority', '-5', ...w);
  const high = await json<Job>(
    'jobs add',
    'analyze',
    '--input',
    '{"question": "leavers", "quick": true}',
    ...w,
  );
  expect((await list()).map(({ state }) => state)).toEqual(['pending', 'pending']);
  const { jobs } = await json<{ jobs: Job[] }>('jobs run', '--workers', '1', ...w);
  expect(jobs.map(({ id, state }) => [id, state])).toEqual([
    [high.id, 'completed'],
    [low.id, 'completed'],
  ]);
  const shown = await json<JobDetails>('jobs show', high.id, ...w);
  expect(shown).toMatchObject({ kind: 'analyze', attempts: 1, result: { question: 'leavers' } });
  const { stdout } = await frames('jobs', 'list', '--kind', 'verify', ...w);
  expect(stdout).toContain(low.id);
  expect(stdout).not.toContain(high.id);
  expect((await frames('jobs', 'run', ...w)).stdout).toBe('No jobs run.\n');
});

test('an import that cannot be done ends with 1 and its reason; retried, it imports', async () => {
  const file = ['--file', 'new.json', '--input', '{"force": true, "backup": false}'];
  writeFileSync(at('new.json'), 'no JSON');
  const { id } = await json<Job>('jobs add', 'import', ...file, ...w);
  const { code, error } = await refused('jobs', 'run', ...w);
  expect([code, error.code, error.details]).toEqual([1, 'JOBS_FAILED', { ids: [id] }]);
  expect((await list('--state', 'dead')).map((job) => job.id)).toEqual([id]);
  writeFileSync(at('new.json'), JSON.stringify({ teams: [{ id: 'team_new', name: 'New' }] }));
  expect(await json('jobs retry', id, ...w)).toMatchObject({ state: 'pending', attempts: 0 });
  await json('jobs run', ...w);
  const shown = await json<JobDetails>('jobs show', id, ...w);
  expect(shown).toMatchObject({ state: 'completed', result: { created: { teams: 1 } } });
  await json('undo', ...w);
  const { deleted_at: deleted } = await json<{ deleted_at: string | null }>(
    'entities get',
    'team',
    'team_new',
    ...w,
  );
  expect(deleted).not.toBeNull();
});

test('an invalid request is refused before it is queued', async () => {
  const before = (await list()).length;
  for (const line of [
    ['jobs add', 'import'],
    ['jobs add', 'backup', '--file', 'x.json'],
    ['jobs add', 'simulate', '--input', '[1]'],
  ])
    expect((await refused(...line, ...w)).code).toBe(2);
  const { error } = await refused('jobs add', 'simulate', '--input', '{"terms": 99}', ...w);
  expect(error.code).toBe('INVALID');
  for (const file of ['missing.csv', '.']) {
    const missing = await refused('jobs add', 'import', '--file', file, ...w);
    expect([missing.code, missing.error]).toMatchObject([
      1,
      { code: 'BAD_FILE', details: { reason: 'unreadable' } },
    ]);
  }
  expect(await list()).toHaveLength(before);
});

test('a cancelled job stays cancelled', async () => {
  const { id } = await json<Job>('jobs add', 'backup', ...w);
  expect(await json('jobs cancel', id, ...w)).toMatchObject({ state: 'cancelled' });
  for (const line of ['jobs retry', 'jobs cancel']) {
    const { code, error } = await refused(line, id, ...w);
    expect([code, error]).toMatchObject([1, { code: 'ALREADY', details: { id, state: 'cancelled' } }]);
  }
  expect(await json('jobs run', ...w)).toEqual({ jobs: [] });
});
