import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { Backup } from '#shared/contract/backups.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { inFolder } from './frames.ts';

/** What a command names must be there: a slip of the pen is told, and nothing is changed. */
const { at, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
const live = () => hashTables(at('w/frames.sqlite'));

beforeAll(async () => {
  await seed();
  for (const id of ['one', 'two'])
    await json('entities create team', id, '--data', JSON.stringify({ name: `Team ${id}` }), ...w);
  await json('sandbox create', 'Play', ...w);
  const change = ['--data', '{"size": 9}', ...w, '--sandbox', 'Play'] as const;
  for (const id of ['one', 'two']) await json('entities update team', id, ...change);
});

test.each([
  [['--only', 'typo'], 'typo'],
  [['--only', 'one', '--only', 'typo'], 'typo'],
  [['--only', 'typo#size'], 'typo#size'],
  [['--only', 'one#siez'], 'one#siez'],
  [['--except', 'typo'], 'typo'],
])('sandbox promote %j is refused by what is wrong', async (names, wrong) => {
  const before = live();
  const { code, error } = await refused('sandbox promote', 'Play', ...names, '--yes', ...w);
  expect(code).not.toBe(0);
  expect(error.message).toContain(`"${wrong}"`);
  expect(error.message).toMatch(/Nothing was changed\.$/);
  expect(live()).toBe(before);
});

test('moments restore is refused for a record that never was', async () => {
  const before = live();
  const { code, error } = await refused('moments restore first one nope', '--yes', ...w);
  expect([code, error.code]).toEqual([1, 'NOT_FOUND']);
  expect(error.details).toEqual({ type: 'record', id: 'nope' });
  expect(live()).toBe(before);
});

test('golden reset without a version is refused if none was published', async () => {
  const before = live();
  const { code, error } = await refused('golden reset', '--yes', ...w);
  expect([code, error.details]).toEqual([2, { argument: '--version' }]);
  expect(error.message).toMatch(/sample data.*--version 1.*Nothing was changed\.$/);
  expect(live()).toBe(before);
});

test('a new record has no unknown field', async () => {
  const before = live();
  const create = (data: object, ...more: string[]) =>
    ['entities', 'create', 'team', '--data', JSON.stringify(data), ...more, ...w] as const;
  const { code, error } = await refused(...create({ name: 'A', nme: 'B' }));
  expect([code, error.details]).toEqual([2, { argument: '--data', given: 'nme' }]);
  expect(error.message).toMatch(/"nme".*"name".*--new-field nme.*Nothing was changed\.$/);
  expect(live()).toBe(before);
  await json(...create({ name: 'A', nme: 'B' }, '--new-field', 'nme'));
  // Now it is one that the workspace has.
  await json(...create({ name: 'B', nme: 'C', university_id: null }));
  await json('entities create team', '--data', '{"name": "Played", "nme": "x"}', ...w);
});

test('a changed record gets no unknown field', async () => {
  await json('entities create team changed', '--data', '{"name": "A"}', ...w);
  const before = live();
  const update = (data: object, ...more: string[]) =>
    ['entities', 'update', 'team', 'changed', '--data', JSON.stringify(data), ...more, ...w] as const;
  const { code, error } = await refused(...update({ desciption: 'B' }));
  expect([code, error.details]).toEqual([2, { argument: '--data', given: 'desciption' }]);
  expect(error.message).toMatch(
    /"desciption".*"description".*--new-field desciption.*Nothing was changed\.$/,
  );
  expect(live()).toBe(before);
  await json(...update({ name: 'B', desciption: 'B' }, '--new-field', 'desciption'));
  // Now it is one that the workspace has.
  await json(...update({ desciption: 'C' }));
  await json('entities update team changed', '--unset', 'desciption', ...w);
});

test('backup list reports that all backups belong to another workspace', async () => {
  await json('backup create', ...w);
  await json('seed', '--size', 'small', '--workspace', 'v');
  cpSync(at('w/backups'), at('v/backups'), { recursive: true });
  expect((await frames('backup list', '--workspace', 'v')).stdout).toMatch(/Workspace.*\n.*another/s);
  expect((await frames('backup list', ...w)).stdout).not.toContain('Workspace');
  const [made] = await json<Backup[]>('backup list', '--workspace', 'v');
  expect(made?.problem).toBeNull();
});

test('a workspace without its file is reported as such, with advice', async () => {
  mkdirSync(at('u'));
  cpSync(at('w'), at('u'), { recursive: true });
  rmSync(at('u/frames.sqlite'));
  const u = ['--workspace', 'u'] as const;
  for (const line of [
    ['entities', 'list', 'team'],
    ['entities', 'create', 'team', '--data', '{"name": "A"}'],
    ['undo'],
  ]) {
    const { code, error } = await refused(...line, ...u);
    expect([code, error.details]).toMatchObject([1, { reason: 'lost' }]);
    expect(error.message).toMatch(
      /frames\.sqlite is missing: other files of the workspace are here, and backups: 1\..*“frames backup restore ID”/,
    );
  }
  expect((await frames('health', ...u)).stdout).toMatch(/backups: 1.*frames backup restore/s);
  expect((await frames('verify', ...u)).stdout).toMatch(/backups: 1.*frames backup restore/s);
});

test('a filter by a value that no list and no record has is refused with the known values', async () => {
  const list = (filter: string) => ['entities list team', '--filter', filter, ...w] as const;
  const { code, error } = await refused(...list('discipline=sofware'));
  expect([code, error.details]).toEqual([2, { argument: '--filter discipline', given: 'sofware' }]);
  expect(error.message).toMatch(
    /^--filter discipline must be one of electrical, software, .*Did you mean "software"\?$/,
  );
  expect((await refused(...list('discipline!=sofware'))).code).toBe(2);
  const status = ['entities list student', '--filter', 'status=gone', ...w] as const;
  expect((await refused(...status)).error.message).toContain('incoming, established, outgoing');
  await json('entities create team', '--data', '{"name": "O", "discipline": "optics"}', ...w);
  expect(await json<{ matched: number }>(...list('discipline=optics'))).toMatchObject({ matched: 1 });
  // No record has it, and it is on the list.
  expect((await frames(...list('lifecycle=incoming'))).code).toBe(0);
});

test('a simulation of no terms is refused', async () => {
  const { code, error } = await refused('simulate', '--terms', '0', ...w);
  expect([code, error.details]).toEqual([2, { argument: '--terms', given: '0' }]);
  expect(error.message).toBe('--terms must be a whole number from 1 to 20, not "0".');
});
