import { expect, test } from 'vitest';
import { create, operation, push, remove, update } from '../support/push.ts';
import { serverOfFile } from '../support/server.ts';
import {
  addHook,
  deliver,
  hookSecret,
  populateTasks,
  pullRequest,
  readTask,
  signedHeaders,
} from './support.ts';

const server = await serverOfFile();
const { admin } = await populateTasks(server);
const { database, api } = server;
const github = await addHook(server, 'github');

const operations = async (): Promise<number> =>
  (await database.get<{ n: number }>('SELECT count(*) AS n FROM audit_transactions'))?.n ?? 0;
const statesOf = (hook: string) =>
  database.all<{ id: string; state: string; error: string | null }>(
    'SELECT id, state, error FROM deliveries WHERE hook = $1 ORDER BY id',
    [hook],
  );

const merged = {
  source: github,
  ref: '#7',
  kind: 'merged',
  url: 'https://git.example/sat/fsw/pull/7',
  at: '2026-03-02T10:00:00.000Z',
};

test('a merged pull request ends its task, in one operation of the webhook that clients pull', async () => {
  const answer = await deliver(server, github, 'github', {
    event: 'pull_request',
    body: pullRequest(),
    delivery: 'd1',
  });
  expect([answer.status, answer.body]).toEqual([202, { state: 'done' }]);
  const { evidence, ...others } = await readTask(server, 'task_a1');
  expect(evidence).toEqual([merged]);
  expect(others).toEqual({ name: 'Read', repair_id: 'repair_1', repository_id: 'repo_fsw' });
  const last = await database.get(
    'SELECT actor, label, params, changes FROM audit_transactions ORDER BY id DESC LIMIT 1',
  );
  expect(last).toEqual({
    actor: `hook:${github}`,
    label: 'tasks.evidence',
    params: { id: 'repo_fsw', title: 'fsw' },
    changes: 1,
  });
});

test('a replay answers 202 and changes nothing', async () => {
  const before = await operations();
  const body = pullRequest({ body: 'Frames-Task: task_a2' });
  const answer = await deliver(server, github, 'github', { event: 'pull_request', body, delivery: 'd1' });
  expect([answer.status, answer.body]).toEqual([202, { state: 'known' }]);
  expect(await operations()).toBe(before);
  expect(await readTask(server, 'task_a2')).not.toHaveProperty('evidence');
  // The same content under another id is no new fact.
  await deliver(server, github, 'github', { event: 'pull_request', body: pullRequest() });
  expect(await operations()).toBe(before);
});

test('unknown events and unreadable bodies are counted', async () => {
  const hook = await addHook(server, 'github');
  for (const [delivery, event, body] of [
    ['a', 'star', '{}'],
    ['b', 'push', 'not JSON'],
    ['c', 'constructor', '{}'],
    ['d', 'pull_request', '{"pull_request": null}'],
    ['e', 'pull_request', '[]'],
  ] as const)
    expect((await deliver(server, hook, 'github', { event, body, delivery })).status).toBe(202);
  expect((await statesOf(hook)).map(({ state }) => state)).toEqual(Array(5).fill('ignored'));
});

test('refuses a bad signature, an unknown webhook and a large body, and reads the bytes as they came', async () => {
  const body = '{"b":1.0,"n":12345678901234567890}';
  const headers = signedHeaders('github', { event: 'push', body });
  const call = (sent: string, id = github) => api.call('POST', `/api/hooks/${id}`, { body: sent, headers });
  expect((await call(body)).status).toBe(202);
  const rewritten = JSON.stringify(JSON.parse(body));
  expect(rewritten).not.toBe(body);
  expect((await call(rewritten)).status).toBe(401);
  expect((await call('')).status).toBe(401);
  expect((await call(body, 'hook_unknown')).status).toBe(404);
  const large = JSON.stringify({ text: 'x'.repeat(1024 * 1024) });
  expect((await deliver(server, github, 'github', { event: 'push', body: large })).status).toBe(413);
  expect((await api.get(`/api/hooks/${github}`)).status).toBe(404);
});

test('the kind comes from the webhook, never from headers', async () => {
  const answer = await deliver(server, github, 'gitea', { event: 'pull_request', body: pullRequest() });
  expect(answer.status).toBe(401);
});

test('the form that GitHub sends by default is read', async () => {
  const form = new URLSearchParams({
    payload: JSON.stringify(pullRequest({ body: 'Frames-Task: task_a2' })),
  });
  const hook = await addHook(server, 'github');
  const answer = await deliver(server, hook, 'github', {
    event: 'pull_request',
    body: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(answer.body).toEqual({ state: 'done' });
  expect((await readTask(server, 'task_a2'))['evidence']).toMatchObject([{ source: hook, kind: 'merged' }]);
});

test('tasks of other repositories, of none, and deleted ones stay as they are', async () => {
  await push(admin, [
    operation([create('task', 'task_gone', { name: 'Gone', repository_id: 'repo_fsw' })]),
    operation([remove('task', 'task_gone', { name: 'Gone', repository_id: 'repo_fsw' })]),
  ]);
  const before = await operations();
  const body = [
    'task_other',
    'task_none',
    'task_gone',
    'repair_1',
    'repo_fsw',
    'no_such',
    '\u0000',
    'x'.repeat(300),
  ]
    .map((id) => `Frames-Task: ${id}`)
    .join('\n');
  const answer = await deliver(server, github, 'github', {
    event: 'pull_request',
    body: pullRequest({ body }),
  });
  expect(answer.status).toBe(202);
  expect(await operations()).toBe(before);
});

test('a merge into another branch than the main one ends no task', async () => {
  const hook = await addHook(server, 'github');
  const body = pullRequest({ body: 'Frames-Task: task_a2', base: { ref: 'stack/one', sha: 'abc' } });
  await deliver(server, hook, 'github', { event: 'pull_request', body });
  const { evidence } = await readTask(server, 'task_a2');
  expect((evidence as { source: string }[]).filter(({ source }) => source === hook)).toMatchObject([
    { kind: 'closed', at: '2026-03-02T10:00:00.000Z' },
  ]);
});

test('a title names no task, a branch does', async () => {
  const hook = await addHook(server, 'github');
  const facts = { title: 'Frames-Task: task_a1', body: null, state: 'open', merged: false, merged_at: null };
  await deliver(server, hook, 'github', { event: 'pull_request', body: pullRequest(facts) });
  const branch = {
    ...facts,
    head: { ref: 'frames/task_a1', sha: 'abc' },
    created_at: '2026-03-01T10:00:00Z',
  };
  await deliver(server, hook, 'github', { event: 'pull_request', body: pullRequest(branch) });
  const { evidence } = await readTask(server, 'task_a1');
  expect(evidence).toMatchObject([{ source: hook, kind: 'opened', at: '2026-03-01T10:00:00.000Z' }, merged]);
});

test('dismissed evidence stays dismissed', async () => {
  const { evidence } = await readTask(server, 'task_a1');
  const dismissed = (evidence as object[]).map((item) => ({ ...item, dismissed: true, note: 'wrong task' }));
  await push(admin, [
    operation([update('task', 'task_a1', { evidence: evidence ?? null }, { evidence: dismissed })]),
  ]);
  const earlier = pullRequest({ merged_at: '2026-03-02T09:00:00Z' });
  await deliver(server, github, 'github', { event: 'pull_request', body: earlier });
  const { evidence: after } = await readTask(server, 'task_a1');
  expect(after).toHaveLength(2);
  expect(after).toMatchObject([
    { dismissed: true },
    { dismissed: true, note: 'wrong task', at: '2026-03-02T09:00:00.000Z' },
  ]);
});

test('commits of the main branch end a task, those of other branches do not', async () => {
  const hook = await addHook(server, 'github');
  const commit = (id: string, message: string) => ({
    id,
    message,
    timestamp: '2026-03-03T12:00:00+01:00',
    url: `https://git.example/c/${id}`,
  });
  const pushed = (ref: string, id: string) => ({
    ref,
    commits: [
      commit(id, 'Add estimator\n\nFrames-Task: task_a2\nCo-authored-by: Cy <cy@example.org>'),
      commit('b', 'Other'),
    ],
  });
  for (const [ref, id] of [
    ['refs/heads/main', 'a1'],
    ['refs/heads/frames/task_a2', 'a2'],
    ['refs/tags/main', 'a3'],
  ] as const)
    await deliver(server, hook, 'github', { event: 'push', body: pushed(ref, id) });
  const { evidence } = await readTask(server, 'task_a2');
  expect((evidence as { source: string }[]).filter(({ source }) => source === hook)).toEqual([
    {
      source: hook,
      ref: 'a1',
      kind: 'commit',
      url: 'https://git.example/c/a1',
      at: '2026-03-03T11:00:00.000Z',
    },
  ]);
});

test('a delivery that cannot be stored is kept as failed', async () => {
  const hook = await addHook(server, 'github');
  const full = Array.from({ length: 5000 }, (_, index) => ({
    source: 'scan',
    ref: `${index}`.padStart(190, 'x'),
    kind: 'note',
    at: '',
  }));
  await push(admin, [
    operation([
      create('task', 'task_full', { name: 'Full', repository_id: 'repo_fsw', evidence: full.slice(0, 4300) }),
    ]),
  ]);
  const body = pullRequest({ body: 'Frames-Task: task_full' });
  const states: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    const commits = full.map(({ ref }) => ({
      id: `${n}${ref}`.slice(0, 190),
      message: 'Frames-Task: task_full',
      timestamp: '2026-03-02T10:00:00Z',
    }));
    const sent = { ref: 'refs/heads/main', commits: commits.slice(0, 2000), ...body };
    states.push(
      (await deliver(server, hook, 'github', { event: 'push', body: sent, delivery: `d${n}` })).body.state ??
        '',
    );
  }
  expect(states.at(-1)).toBe('failed');
  expect((await statesOf(hook)).at(-1)).toMatchObject({
    id: 'd2',
    state: 'failed',
    error: expect.any(String) as string,
  });
});

test.for(['github', 'gitea', 'gitlab', 'standard'] as const)('%s: opened, built and merged', async (kind) => {
  const task = `task_${kind}`;
  await push(admin, [operation([create('task', task, { name: kind, repository_id: 'repo_fsw' })])]);
  const hook = await addHook(server, kind);
  const link = 'https://git.example/x';
  const request = (state: string, merged: boolean) => ({
    number: 7,
    pull_request: {
      number: 7,
      state,
      merged,
      created_at: '2026-03-01T10:00:00Z',
      merged_at: '2026-03-02T10:00:00Z',
      html_url: link,
      head: { ref: `frames/${task}` },
      body: '',
    },
  });
  const gitlabRequest = (state: string) => ({
    object_kind: 'merge_request',
    object_attributes: {
      iid: 7,
      state,
      source_branch: `frames/${task}`,
      description: '',
      url: link,
      created_at: '2026-03-01 10:00:00 UTC',
      updated_at: '2026-03-02 10:00:00 UTC',
    },
  });
  const result = {
    head_sha: 'abc',
    head_branch: `frames/${task}`,
    conclusion: 'failure',
    updated_at: '2026-03-01T11:00:00Z',
    html_url: link,
  };
  const standard = (name: string, at: string, ref: string) => ({
    type: `frames.task.${name}`,
    timestamp: at,
    data: { task, ref, url: link },
  });
  const githubLike = [
    ['pull_request', request('open', false)],
    ['workflow_run', { action: 'completed', workflow_run: result }],
    ['pull_request', request('closed', true)],
  ] as const;
  const bodies = {
    github: githubLike,
    gitea: githubLike,
    gitlab: [
      ['Merge Request Hook', gitlabRequest('opened')],
      [
        'Pipeline Hook',
        {
          object_kind: 'pipeline',
          object_attributes: {
            status: 'failed',
            sha: 'abc',
            ref: `frames/${task}`,
            url: link,
            finished_at: '2026-03-01 11:00:00 UTC',
          },
          commit: { message: 'x' },
        },
      ],
      ['Merge Request Hook', gitlabRequest('merged')],
    ],
    standard: [
      ['', standard('opened', '2026-03-01T10:00:00Z', '7')],
      ['', standard('failed', '2026-03-01T11:00:00Z', 'abc')],
      ['', standard('merged', '2026-03-02T10:00:00Z', '7')],
    ],
  } as const;
  for (const [event, body] of bodies[kind])
    await deliver(server, hook, kind, { event, body, secret: hookSecret, time: server.clock.now });
  expect((await readTask(server, task))['evidence']).toMatchObject([
    { source: hook, kind: 'opened', at: '2026-03-01T10:00:00.000Z', url: link },
    { source: hook, kind: 'failed', ref: 'abc', at: '2026-03-01T11:00:00.000Z' },
    { source: hook, kind: 'merged', at: '2026-03-02T10:00:00.000Z' },
  ]);
});

test('evidence pushed from an offline copy adds to that of a webhook', async () => {
  const hook = await addHook(server, 'github');
  await push(admin, [operation([create('task', 'task_offline', { name: 'T', repository_id: 'repo_fsw' })])]);
  const body = pullRequest({ body: 'Frames-Task: task_offline' });
  expect((await deliver(server, hook, 'github', { event: 'pull_request', body })).status).toBe(202);
  const scanned = { source: 'scan', ref: 'abc', kind: 'commit', at: '2026-03-01T10:00:00.000Z', url: null };
  const offline = operation([update('task', 'task_offline', {}, { evidence: [scanned] })]);
  for (const _ of [0, 1]) expect((await push(admin, [offline])).body.refused).toEqual([]);
  expect((await readTask(server, 'task_offline'))['evidence']).toMatchObject([
    { source: 'scan', ref: 'abc' },
    { source: hook, ref: '#7', kind: 'merged' },
  ]);
});
