import { beforeAll, expect, test } from 'vitest';
import { inFolder } from './frames.ts';

const { frames, json, refused } = inFolder();
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

test('what went, or lost a reference, with a record that live keeps stays too, and is named', async () => {
  const gone = JSON.stringify({ team_id: 'radio' });
  await json('entities', 'update', 'student', 'bea', '--data', gone, ...p);
  await json('entities', 'delete', 'team', 'optics', ...p);
  await team('optics', { size: 8 }, w);
  const line = (what: string): string =>
    `Live keeps team "Optics", and so what went, or lost a reference, with that in Play stays as it is: ${what}.`;
  const link = 'interface "Played → Optics"';
  expect(await promoted('--dry', '--conflicts', 'live')).toContain(line(`student "Ada", ${link}`));
  const would = await json('sandbox', 'promote', 'Play', '--dry', '--conflicts', 'live', ...w);
  expect(would).toMatchObject({ followed: { stays: 2, back: 0 } });
  const { error } = await refused('sandbox', 'promote', 'Play', '--conflicts', 'live', ...w);
  expect(error.code).toBe('USAGE');
  const silent = [
    ['--conflicts', 'play'],
    ['--conflicts', 'live', '--except', 'ada', '--except', 'link'],
    ['--conflicts', 'live', '--only', 'optics', '--only', 'ada', '--only', 'link'],
  ];
  for (const given of silent)
    expect((await promoted('--dry', ...given)).filter((text) => text.startsWith('Live keeps'))).toEqual([]);
  expect(await promoted('--yes', '--conflicts', 'live', '--except', 'ada')).toContain(line(link));
  expect(await json('entities', 'get', 'student', 'ada', ...w)).toMatchObject({
    payload: { team_id: 'optics' },
  });
  expect(await json('entities', 'get', 'interface', 'link', ...w)).toMatchObject({ deleted_at: null });
});

test('a refresh says what comes back into Play with what live counts for', async () => {
  const refreshed = async (...more: string[]): Promise<string[]> =>
    (await frames('sandbox', 'refresh', 'Play', ...w, ...more)).stdout.trimEnd().split('\n');
  const line =
    'With team "Optics" comes back what went, or lost a reference, with that in Play: student "Ada", interface "Played → Optics".';
  expect(await refreshed('--dry', '--conflicts', 'live')).toContain(line);
  expect(await refreshed('--yes', '--conflicts', 'live')).toContain(line);
  expect(await promoted('--yes')).toEqual(['There is nothing to promote.']);
  expect(await json('entities', 'get', 'interface', 'link', ...w)).toMatchObject({ deleted_at: null });
});
