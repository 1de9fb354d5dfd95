import { expect, test } from 'vitest';
import type { JsonObject } from '#shared/domain/json.ts';
import { newIssueAddress, taskIssue } from '#shared/texts/task-issue.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  await ada.entities.create({ type: 'repair', id: 'repair', data: { name: 'Pair two teams' } });
  for (const [id, after] of [
    ['first', []],
    ['second', ['first']],
    ['third', ['first', 'second']],
  ] as const)
    await ada.entities.create({
      type: 'task',
      id,
      data: { name: id, repair_id: 'repair', after: [...after] },
    });
});

const blockedIn = async (client: Client): Promise<string[]> =>
  (await client.entities.list({ type: 'task' })).rows
    .filter(({ derived }) => derived['blocked'] === true)
    .map(({ id }) => id)
    .toSorted();

test('a task is blocked until the tasks before it are done or dropped, by a person or by evidence', async () => {
  const ada = (await testWorkspace({ template })).as();
  const update = (id: string, data: JsonObject) => ada.entities.update({ type: 'task', id, data });
  expect(await blockedIn(ada)).toEqual(['second', 'third']);
  await update('first', { started_on: '2026-03-01' });
  expect(await blockedIn(ada)).toEqual(['second', 'third']);
  const evidence = { source: 'scan', ref: 'abc', kind: 'commit', at: '2026-03-02' };
  await update('first', { evidence: [{ ...evidence, dismissed: true }] });
  expect(await blockedIn(ada)).toEqual(['second', 'third']);
  await update('first', { evidence: [evidence] });
  expect(await blockedIn(ada)).toEqual(['third']);
  await update('second', { dropped_on: '2026-03-03' });
  expect(await blockedIn(ada)).toEqual([]);
  await update('second', { dropped_on: null });
  await ada.entities.remove({ type: 'task', id: 'second' });
  expect(await blockedIn(ada)).toEqual([]);
});

test('marking a repair as done says why its value did not improve', async () => {
  const ada = (await testWorkspace({ template })).as();
  for (const id of ['radio', 'power']) await ada.entities.create({ type: 'team', id, data: { name: id } });
  const ends = { from: 'radio', to: 'power', energy_loss: 40 };
  await ada.entities.create({ type: 'interface', id: 'link', data: ends });
  const [item] = (await resultOf(await ada.analysis.insights({ question: 'weak', quick: true }))).items;
  const question = {
    question: 'weak',
    subjects: ['link'],
    value_before: Math.round(1000 * (item?.value ?? 0)) / 10,
  };
  const repair = { type: 'repair', id: 'repair' } as const;
  await ada.entities.update({ ...repair, data: question });
  const measure = async () => (await resultOf(await ada.repairs.markDone({ id: 'repair' }))).unmoved;
  expect(await measure()).toBe('tasks_open');
  for (const id of ['first', 'second', 'third'])
    await ada.entities.update({ type: 'task', id, data: { done_on: '2026-03-01' } });
  // The link was created after the repair.
  expect(await measure()).toBeNull();
  await ada.entities.create({ type: 'repair', id: 'later', data: { name: 'Later', ...question } });
  const later = await resultOf(await ada.repairs.markDone({ id: 'later' }));
  expect(later.unmoved).toBe('records_unchanged');
  await ada.entities.update({ type: 'interface', id: 'link', data: { energy_loss: 5 } });
  expect((await resultOf(await ada.repairs.markDone({ id: 'later' }))).unmoved).toBeNull();
});

const record = (id: string, title: string, payload: object) =>
  ({ id, title, payload }) as Parameters<typeof taskIssue>[0];
const repair = record('r', 'Hand over', { question: 'leavers', value_before: 12.5, notes: 'Terms left: 1.' });

test('an issue says why without the notes, when the task is done, and how a commit names it', () => {
  const task = record('task_1', 'List the work.', { done_when: 'The list is attached.' });
  const { title, body, branch } = taskIssue(task, repair);
  expect([title, branch]).toEqual(['List the work.', 'frames/task_1']);
  expect(body.split('\n')).toEqual([
    '## Why',
    '',
    'Hand over',
    'Value when planned: 12.5 %.',
    '',
    '## Done when',
    '',
    'The list is attached.',
    '',
    'End the commit message with this line (the branch `frames/task_1` is enough if the server has a webhook of the repository):',
    '',
    'Frames-Task: task_1',
  ]);
  expect(taskIssue(task, repair, 'de').body).toContain('## Fertig, wenn');
  const ofCode = record('r', 'Let Tess learn it', { steps: [{ do: 'author', files: ['a.c', 'b.c'] }] });
  expect(taskIssue(task, ofCode).body).toContain('\nFiles to change: a.c, b.c.\n');
  expect(taskIssue(record('task_1', 'T', {}), null).body).toMatch(
    /^End the commit message [^]*\n\nFrames-Task: task_1$/,
  );
});

const issue = { title: 'A & B', body: 'é\n# x', branch: '' };
test.each([
  [
    'https://github.com/sat/fsw.git',
    'https://github.com/sat/fsw/issues/new?title=A%20%26%20B&body=%C3%A9%0A%23%20x',
  ],
  ['https://github.com/sat/fsw/tree/main/src', 'https://github.com/sat/fsw/issues/new?'],
  [
    'https://gitlab.com/sat/group/fsw/',
    'https://gitlab.com/sat/group/fsw/-/issues/new?issue[title]=A%20%26%20B&issue[description]=',
  ],
  [
    'https://gitlab.example.edu:8443/sat/fsw/-/tree/main',
    'https://gitlab.example.edu:8443/sat/fsw/-/issues/new?',
  ],
  ['https://codeberg.org/sat/fsw', 'https://codeberg.org/sat/fsw/issues/new?title='],
  ['http://gitea.lab.example/sat/fsw', 'http://gitea.lab.example/sat/fsw/issues/new?title='],
])('a new issue of %s has an address', (url, start) => {
  expect(newIssueAddress(url, issue)?.slice(0, start.length)).toBe(start);
});

test.each([
  'https://git.example/sat/fsw',
  'https://github.com/sat',
  'https://user:secret@github.com/sat/fsw',
  'git@github.com:sat/fsw.git',
  'javascript:alert(1)//github.com/sat/fsw',
  'https://notgithub.com/sat/fsw',
  '',
  null,
])('%s has none', (url) => {
  expect(newIssueAddress(url, issue)).toBeNull();
});
