import { beforeAll, expect, test } from 'vitest';
import type { Checkpoint, Moment, RestoreResult } from '#shared/contract/moments.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
const restore = (...more: string[]): Promise<RestoreResult> =>
  json('moments restore', 'Before', ...more, ...w);
const names = async (...more: string[]): Promise<string[]> =>
  (await json<{ rows: { title: string }[] }>('entities list team', ...w, ...more)).rows
    .map(({ title }) => title)
    .toSorted();

beforeAll(async () => {
  await seed();
  for (const id of ['one', 'two'])
    await json('entities create team', '--data', JSON.stringify({ id, name: `Team ${id}` }), ...w);
  await json('checkpoints create', 'Before', ...w);
  await json('entities update team one', '--data', '{"name":"Changed"}', ...w);
  await json('entities delete team two', ...w);
});

test('every reading command takes --at, and those that write do not', async () => {
  const [now, then] = [await names(), await names('--at', 'before')];
  expect(then).toEqual(expect.arrayContaining(['Team one', 'Team two']));
  expect(now).toEqual(expect.arrayContaining(['Changed']));
  expect(await json('entities get team one', '--at', 'Before', ...w)).toMatchObject({
    title: 'Team one',
  });
  expect(await json('moments show', 'Before', 'team', 'one', ...w)).toMatchObject({ title: 'Team one' });
  const listed = await frames('moments show', 'Before', 'team', ...w);
  expect(listed.stdout).toContain('Team two');
  const { code } = await frames('entities update team one', '--data', '{}', '--at', 'Before', ...w);
  expect(code).toBe(2);
  expect((await refused('entities list team', '--at', '1999-01-01', ...w)).error.code).toBe('NOT_FOUND');
});

test('moments are listed and compared, for people and programs', async () => {
  const { rows } = await json<{ rows: Moment[] }>('moments list', ...w);
  expect(rows.find(({ checkpoints }) => checkpoints.length > 0)?.label).toBe('team.create');
  expect(await json('moments diff', 'Before', 'now', ...w)).toMatchObject({
    matched: 2,
    actions: { updated: 1, deleted: 1 },
  });
  expect(await json('moments diff now', 'Before', '--action', 'restored', ...w)).toMatchObject({
    matched: 1,
    actions: { updated: 1, restored: 1 },
  });
});

test('records are restored to a point in time after a confirmation, and undone', async () => {
  const before = hashTables(at('w/frames.sqlite'));
  expect(await restore('one', 'two', '--dry')).toMatchObject({ dry: true, updated: { teams: 1 } });
  expect((await refused('moments restore', 'Before', 'one', ...w)).code).toBe(2);
  for (const which of [[], ['one', '--all']])
    expect((await refused('moments restore', 'Before', ...which, ...w)).code).toBe(2);
  expect(hashTables(at('w/frames.sqlite'))).toBe(before);
  expect(await restore('one', 'two', '--yes')).toMatchObject({
    restored: { teams: 1 },
    updated: { teams: 1 },
    added: 0,
  });
  expect(await names()).toEqual(await names('--at', 'Before'));
  await json('undo', ...w);
  const all = await restore('--all', '--yes');
  expect(all).toMatchObject({ backup: expect.any(String) as string, restored: { teams: 1 } });
  expect(await names()).toEqual(await names('--at', 'Before'));
});

test('checkpoints are made, listed, renamed and removed', async () => {
  const made = await json<Checkpoint>('checkpoints create', 'Start', '--of', 'first', ...w);
  expect(made).toMatchObject({ name: 'Start', at: 1 });
  await json('checkpoints rename start', 'Beginning', ...w);
  expect((await frames('checkpoints list', ...w)).stdout).toMatch(/Beginning\s+1\s+/);
  expect((await refused('checkpoints remove', 'Beginning', ...w)).code).toBe(2);
  await json('checkpoints remove', 'Beginning', '--yes', ...w);
  expect((await json<Checkpoint[]>('checkpoints list', ...w)).map(({ name }) => name)).toEqual(['Before']);
  expect((await refused('checkpoints create', '2026-11-20', ...w)).error.code).toBe('INVALID');
});

test('a time includes the whole given day, minute or second, as in the window', async () => {
  const newest = async (...more: string[]) =>
    (await json<{ rows: Moment[] }>('moments list', '--limit', '1', ...more, ...w)).rows[0];
  for (const length of [10, 16, 19]) {
    const last = await newest();
    const said = last?.created_at.slice(0, length) ?? '';
    expect({ said, id: (await newest('--until', said))?.id }).toEqual({ said, id: last?.id });
    const made = await json<Checkpoint>('checkpoints create', `To ${length}`, '--of', said, ...w);
    expect({ said, at: made.at }).toEqual({ said, at: last?.id });
  }
});
