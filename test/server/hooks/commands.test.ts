import { expect, test } from 'vitest';
import { runHere } from '#test/cli/frames.ts';
import { testFolder } from '#test/support/folder.ts';
import { password, serverOfFile } from '../support/server.ts';
import { deliver, populateTasks, pullRequest, readTask } from './support.ts';

const server = await serverOfFile({}, { hooks: { pollInterval: 1e9 } });
await populateTasks(server);
test('an admin adds, lists, rotates, tests and removes webhooks by commands', async () => {
  const folder = testFolder();
  const run = (...args: string[]) =>
    runHere(folder, [...args, '--workspace', 'w'], { FRAMES_CONFIG: folder }, () =>
      Promise.resolve(Buffer.from(password)),
    );
  const json = async <T>(...args: string[]): Promise<T> => {
    const { code, stdout } = await run(...args, '--json');
    expect(code).toBe(0);
    return JSON.parse(stdout) as T;
  };
  const joined = ['sync', 'join', server.api.url, '--email', 'admin@example.org', '--password-stdin'];
  expect((await run(...joined)).code).toBe(0);
  const github = ['hooks', 'create', '--kind', 'github', '--repository', 'repo_fsw'];
  const made = await json<{ id: string; secret: string; address: string }>(...github);
  expect(made.address).toBe(`${server.api.url}/api/hooks/${made.id}`);
  const { secret } = made;
  const sent = { event: 'pull_request', body: pullRequest(), secret };
  expect((await deliver(server, made.id, 'github', sent)).body).toEqual({ state: 'done' });
  expect((await readTask(server, 'task_a1'))['evidence']).toMatchObject([
    { source: made.id, kind: 'merged' },
  ]);
  expect((await json<{ secret: string }>('hooks', 'rotate', made.id)).secret).not.toBe(secret);
  const { id } = await json<{ id: string }>('hooks', 'create', '--url', 'https://example.org/frames');
  for (const action of ['test', 'resend']) expect((await run('hooks', action, id)).code).toBe(0);
  const { hooks } = await json<{ hooks: { direction: string }[] }>('hooks', 'list');
  expect(hooks.toSorted((a, b) => (a.direction < b.direction ? -1 : 1))).toMatchObject([
    { id: made.id, delivered: 1, state: 'on' },
    { id, waiting: 1, address: 'https://example.org/frames' },
  ]);
  expect((await run('hooks', 'list')).stdout).toContain(made.address);
  const refusals = [
    [['test', made.id], 'only receives'],
    [['test', 'none'], 'not a webhook'],
    [['create', '--kind', 'github', '--repository', 'repo_none'], 'sync first'],
  ] as const;
  for (const [args, text] of refusals) expect((await run('hooks', ...args)).stderr).toContain(text);
  const removed = await run('hooks', 'remove', id, '--yes');
  expect([removed.code, removed.stdout]).toEqual([0, expect.not.stringContaining('Secret')]);
  expect((await run('hooks', 'create', '--url', 'https://10.0.0.1/')).code).toBe(1);
});
