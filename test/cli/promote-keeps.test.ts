import { beforeAll, expect, test } from 'vitest';
import { inFolder } from './frames.ts';

const { frames, json } = inFolder('here');
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
