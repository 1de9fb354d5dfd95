import { beforeAll, expect, test } from 'vitest';
import { inFolder } from './frames.ts';

const { frames, json, refused } = inFolder('here');
const w = ['--workspace', 'w'] as const;
const p = [...w, '--sandbox', 'Play'] as const;
const team = (id: string, data: object, where: readonly string[]): Promise<unknown> =>
  json('entities', 'update', 'team', id, '--data', JSON.stringify(data), ...where);
const create = (type: string, data: object): Promise<unknown> =>
  json('entities', 'create', type, '--data', JSON.stringify(data), ...w);
const promoted = async (...more: string[]): Promise<string[]> =>
  (await frames('sandbox', 'promote', 'Play', ...w, ...more)).stdout.trimEnd().split('\n');

beforeAll(async () => {
  await json('seed', '--size', 'small', ...w);
  for (const id of ['radio', 'power']) await create('team', { id, name: `Team ${id}`, size: 5 });
  await create('team', { id: 'optics', name: 'Optics', size: 5 });
  await create('student', { id: 'ada', name: 'Ada', team_id: 'optics' });
  await create('student', { id: 'bea', name: 'Bea', team_id: 'optics' });
  await create('interface', { id: 'link', from: 'radio', to: 'optics' });
  await json('sandbox', 'create', 'Play', ...w);
  await team('radio', { size: 7, name: 'Played' }, p);
  await team('power', { size: 7 }, p);
  for (const id of ['radio', 'power']) await team(id, { size: 8 }, w);
});

test('a record that keeps what live has in a conflict is told from one that stays as it is', async () => {
  expect(await promoted('--dry', '--conflicts', 'live')).toEqual([
    'Would be promoted: updated 1 team.',
    '1 changed record keeps what live has where both changed the same.',
    '1 record with conflicts stays as it is.',
  ]);
});

test('what would lose, or go with, a record that live keeps is named with how to leave it out', async () => {
  const gone = JSON.stringify({ team_id: 'radio' });
  await json('entities', 'update', 'student', 'bea', '--data', gone, ...p);
  await json('entities', 'delete', 'team', 'optics', ...p);
  await team('optics', { size: 8 }, w);
  const line = (what: string, how: string): string =>
    `! Live keeps team "Optics", but what went or lost a reference with that in Play is promoted all the same: ${what}. Leave it out with ${how}.`;
  const both = line(
    'student "Ada" (ada), interface "Team radio → Optics" (link)',
    '--except ada --except link',
  );
  expect(await promoted('--dry', '--conflicts', 'live')).toContain(both);
  const { error } = await refused('sandbox', 'promote', 'Play', '--conflicts', 'live', ...w);
  expect(error.code).toBe('USAGE');
  const one = line('interface "Team radio → Optics" (link)', '--except link');
  expect(await promoted('--dry', '--conflicts', 'live', '--except', 'ada')).toContain(one);
  const silent = [
    ['--conflicts', 'play'],
    ['--conflicts', 'live', '--except', 'ada', '--except', 'link'],
    ['--conflicts', 'live', '--except', 'optics'],
    ['--conflicts', 'live', '--only', 'optics', '--only', 'bea'],
  ];
  for (const given of silent)
    expect((await promoted('--dry', ...given)).filter((text) => text.startsWith('!'))).toEqual([]);
  expect(await promoted('--yes', '--conflicts', 'live', '--except', 'ada')).toContain(one);
  expect(await json('entities', 'get', 'student', 'ada', ...w)).toMatchObject({
    payload: { team_id: 'optics' },
  });
});
