import { expect, test } from 'vitest';
import { inFolder } from './frames.ts';

const { frames, json } = inFolder();
const W = ['--workspace', 'W'];

test('frames tasks lists, prints issues, and marks tasks as done or dropped', async () => {
  await json('init', ...W);
  const create = (type: string, id: string, data: object): Promise<unknown> =>
    json('entities', 'create', type, id, '--data', JSON.stringify(data), ...W);
  await create('team', 'radio', { name: 'Radio' });
  await create('repository', 'fsw', {
    name: 'Flight code',
    url: 'https://github.com/sat/fsw',
    team_ids: ['radio'],
  });
  const plan = ['repairs', 'plan', '--template', 'archive', '--subject', 'fsw', ...W];
  const { tasks } = await json<{ tasks: { id: string }[] }>(...plan);
  const [first = '', second = '', third = ''] = tasks.map(({ id }) => id);
  const list = await frames('tasks list --open --workspace W');
  expect(list.stdout).toMatch(new RegExp(`${first} .*planned`));
  expect(list.stdout).toMatch(new RegExp(`${second} .*blocked`));
  expect(list.stdout).toContain('3 tasks.');

  const issue = await frames(`tasks issue ${first} --workspace W`);
  expect(issue.stdout).toMatch(new RegExp(`^List which files[^]*Frames-Task: ${first}\n$`));
  expect((await frames(`tasks issue ${first} --address --workspace W`)).stdout).toMatch(
    /^https:\/\/github\.com\/sat\/fsw\/issues\/new\?title=List%20/,
  );
  expect((await frames('tasks issue none --workspace W')).code).toBe(1);

  expect((await frames(`tasks done ${first} --dry-run --workspace W`)).code).toBe(0);
  expect((await frames(`tasks done ${first} --workspace W`)).stdout).toMatch(/State +done/);
  const dropped = await frames(`tasks drop ${second} --reason Moved --workspace W`);
  expect(dropped.stdout).toMatch(/Notes +Moved[^]*State +dropped/);
  const open = await json<{ rows: { id: string; derived: object }[] }>('tasks', 'list', '--open', ...W);
  expect(open.rows.map(({ id }) => id)).toEqual([third]);
  expect(open.rows[0]?.derived).not.toHaveProperty('blocked');
});
