import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { modelServer } from '#test/support/language-models.ts';
import { inFolder } from './frames.ts';

const { frames, json } = inFolder();
const sample = join(root, 'test/fixtures/frames_data.json');

interface Named {
  id: string;
}

interface Insight {
  id: string;
  value: number;
}

test('frames repairs lists open ones by due date, and done measures the effect', async () => {
  await json('import', sample, '--workspace', 'W');
  const { items } = await json<{ items: Insight[] }>('insights', 'leavers', '--quick', '--workspace', 'W');
  const [first] = items;
  const create = (id: string, data: object): Promise<unknown> =>
    json('entities', 'create', 'repair', id, '--data', JSON.stringify(data), '--workspace', 'W');
  const planned = { question: 'leavers', subjects: [first?.id], value_before: 12.4, value_expected: 5 };
  await create('repair_later', { name: 'Someday', ...planned });
  await create('repair_first', { name: 'Pair two teams', due_on: '2024-03-05', ...planned });
  const countOf = async (...more: string[]): Promise<unknown> =>
    (await json<{ matched: number }>('repairs', ...more, '--workspace', 'W')).matched;
  const open = await frames('repairs --workspace W');
  expect(open.code).toBe(0);
  const names = open.stdout.split('\n').flatMap((line) => /^repair_\w+/.exec(line) ?? []);
  expect(names).toEqual(['repair_first', 'repair_later']);
  expect(open.stdout).toMatch(/2024-03-05 .*12\.4 % +5 %/);

  const tried = await frames('repairs done repair_first --dry-run --workspace W');
  expect(tried.code).toBe(0);
  expect(await countOf()).toBe(2);

  const done = await frames('repairs done repair_first --workspace W');
  expect(done.stdout).toMatch(/Before +12\.4 %/);
  expect(await countOf()).toBe(1);
  expect(await countOf('--all')).toBe(2);
  expect((await frames('repairs done repair_first --workspace W')).stdout).toContain('Nothing to change.');
  expect((await frames('repairs done repair_none --workspace W')).code).toBe(1);

  expect((await frames('undo --workspace W')).code).toBe(0);
  expect(await countOf()).toBe(2);
});

test('frames repairs approves and checks, and says when a second person must', async () => {
  const W = ['--workspace', 'W2'];
  await json('init', ...W);
  const data = JSON.stringify({ name: 'Pair two teams' });
  await json('entities', 'create', 'repair', 'repair_1', '--data', data, ...W);
  expect(await json('repairs', 'approval', ...W)).toMatchObject({ four_eyes: false, is_default: true });
  expect((await frames('repairs approval --workspace W2')).stdout).toContain('Second person approves: no');
  expect((await frames('repairs --help')).stdout).toMatch(/Commands:\n[^]*repairs plan +Plan a repair/);
  expect((await frames('repairs check repair_1 --workspace W2')).stderr).toContain(
    'needs a repair that is done',
  );
  await json('profiles', 'create', 'Rea', '--role', 'researcher', ...W);
  const refusal = await frames('repairs approve repair_1 --workspace W2');
  expect(refusal.code).toBe(1);
  expect(refusal.stderr).toContain('A second person must approve this repair');
  expect((await frames('repairs approval off --workspace W2')).stdout).toContain('no');
  expect((await frames('repairs approve repair_1 --workspace W2')).stdout).toMatch(/Approved by +\S/);
  expect((await frames('repairs approve repair_1 --withdraw --workspace W2')).stdout).toMatch(
    /State +proposed/,
  );
  await json('repairs', 'done', 'repair_1', ...W);
  expect(await json('repairs', 'check', 'repair_1', ...W)).toMatchObject({
    record: { derived: { state: 'checked' } },
  });
});

test('frames repairs plan writes a repair with its tasks, or says which fact is missing', async () => {
  const W = ['--workspace', 'W3'];
  await json('init', ...W);
  await json('entities', 'create', 'team', 'radio', '--data', JSON.stringify({ name: 'Radio' }), ...W);
  const plan = ['repairs', 'plan', '--template', 'mentor', '--subject', 'radio', '--due', '2040-01-01', ...W];
  expect((await frames(`${plan.join(' ')} --dry-run`)).stdout).toContain('Dry run: nothing was changed.');
  const { repair, tasks } = await json<{ repair: Named; tasks: Named[] }>(...plan);
  expect(tasks).toHaveLength(3);
  const list = await frames(`entities get repair ${repair.id} --workspace W3`);
  expect(list.stdout).toContain('Bring an experienced member to “Radio”');
  const unfit = await frames('repairs plan --template hand_over --subject radio --workspace W3');
  expect([unfit.code, unfit.stderr]).toEqual([1, expect.stringContaining('must include a person')]);
  const german = await frames('repairs plan --template mentor --subject radio --language de --workspace W3');
  expect(german.stdout).toContain('Ein erfahrenes Mitglied für „Radio“ gewinnen');
});

test('frames repairs wording shows a request, sends it on request, and writes what is confirmed', async () => {
  const server = await modelServer(() => JSON.stringify({ notes: 'Omar leaves soon.' }));
  await json('init --workspace W3');
  const data = JSON.stringify({ name: 'Hand over', notes: 'omar he leave' });
  await json('entities', 'create', 'repair', 'r', '--data', data, '--workspace', 'W3');
  const notes = async () => (await json<{ payload: object }>('entities get repair r --workspace W3')).payload;
  expect((await frames('repairs wording r --workspace W3')).stderr).toContain('Choose a model');
  await json('models add', 'Scripted', '--url', server.url, '--model', 'scripted', '--workspace', 'W3');
  await json('models level rows --workspace W3');
  expect((await frames('repairs wording r --workspace W3')).stdout).toContain('Add --send');
  expect(server.requests).toEqual([]);
  const asked = await frames('repairs wording r --send --workspace W3');
  expect(asked.stderr).toContain('+ Omar leaves soon.');
  expect(await notes()).toMatchObject({ notes: 'omar he leave' });
  expect((await frames('repairs wording r --send --yes --workspace W3')).code).toBe(0);
  expect(await notes()).toMatchObject({ notes: 'Omar leaves soon.' });
});
