import { beforeAll, expect, test } from 'vitest';
import { inFolder } from './frames.ts';

const { frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
const p = [...w, '--sandbox', 'Play'] as const;
const create = (type: string, data: object): Promise<unknown> =>
  json('entities create', type, '--data', JSON.stringify(data), ...w);
let backup: string;

beforeAll(async () => {
  await seed();
  await json('profiles create', 'Edi', '--role', 'editor', ...w);
  await create('team', { id: 'optics', name: 'Optics', size: 5 });
  await create('team', { id: 'radio', name: 'Radio', size: 5 });
  await create('university', { id: 'lake', name: 'Lake' });
  await json('checkpoints create', 'Before', ...w);
  backup = (await json<{ id: string }>('backup create', ...w)).id;
  await json('sandbox create', 'Play', ...w);
  await json('entities delete team optics', ...p);
  await create('student', { id: 'ada', name: 'Ada', team_id: 'optics' });
  const size = (to: number, where: readonly string[]) =>
    json('entities update team radio', '--data', `{"size":${to}}`, ...where);
  await size(7, p);
  await size(8, w);
});

/** What a dry run says, which is what the call itself is refused with. */
async function expectAlike(...call: string[]): Promise<{ stdout: string; value: object }> {
  const real = await refused(...call, '--yes', ...w);
  expect(real).toMatchObject({ code: 1, stdout: '' });
  const { code, stdout, stderr } = await frames(...call, '--dry', ...w);
  const message = `Would be refused: ${real.error.message}`;
  expect({ code, first: stdout.split('\n')[0], stderr }).toEqual({ code: 1, first: message, stderr: '' });
  const asJson = await refused(...call, '--dry', ...w);
  expect(asJson).toMatchObject({ code: 1, error: { code: real.error.code, message } });
  const value = JSON.parse(asJson.stdout) as object;
  expect(value).toMatchObject({ would_be_refused: { code: real.error.code, message: real.error.message } });
  return { stdout, value };
}

test.each(['promote', 'refresh'])('%s with a conflict: the dry run is refused too', async (word) => {
  const { stdout, value } = await expectAlike('sandbox', word, 'Play');
  expect(stdout).toMatch(/\nteam +radio +Radio +size\n/);
  expect(value).toMatchObject({ dry: true, undecided: [{ id: 'radio' }] });
});

test('a blocked refresh, and a promotion without permission', async () => {
  const { value } = await expectAlike('sandbox', 'refresh', 'Play', '--conflicts', 'play');
  expect(value).toMatchObject({ dry: true, problems: [{ code: 'deleted_in_play' }] });
  await expectAlike('sandbox', 'promote', 'Play', '--conflicts', 'play', '--actor', 'Edi');
});

test('restoring to a point in time: unknown records, and missing permission', async () => {
  const { value } = await expectAlike('moments', 'restore', 'Before', 'radio', 'nobody');
  expect(value).toMatchObject({ unknown: ['nobody'] });
  await expectAlike('moments', 'restore', 'Before', 'radio', '--actor', 'Edi');
});

test('a possible change exits with 0', async () => {
  for (const call of [
    ['sandbox', 'promote', 'Play', '--conflicts', 'play'],
    ['moments', 'restore', 'Before', 'radio'],
    ['backup', 'restore', backup, '--record', 'radio'],
  ])
    expect(await json(...call, '--dry', ...w)).toMatchObject({ would_be_refused: null });
});
