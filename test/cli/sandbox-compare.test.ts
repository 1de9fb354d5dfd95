import { beforeAll, expect, test } from 'vitest';
import type { MergeResult } from '#shared/contract/compare.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
const p = [...w, '--sandbox', 'Play'] as const;
const team = (id: string, data: object, ...where: readonly string[]): Promise<unknown> =>
  json('entities update team', id, '--data', JSON.stringify(data), ...where);
const diff = (...more: string[]): Promise<Comparison> => json('sandbox diff play', ...w, ...more);
const promote = (...more: string[]): Promise<MergeResult> => json('sandbox promote', 'Play', ...w, ...more);
const live = (): string => hashTables(at('w/frames.sqlite'));

beforeAll(async () => {
  await seed();
  for (const id of ['one', 'two', 'three']) {
    const data = JSON.stringify({ id, name: `Team ${id}`, size: 5 });
    await json('entities create team', '--data', data, ...w);
  }
  await json('sandbox create', 'Play', ...w);
  await team('one', { size: 7, name: 'Played' }, ...p);
  await team('two', { size: 7 }, ...p);
  await json('entities delete team three', ...p);
  await team('two', { size: 8 }, ...w);
});

test('diff shows author and change, as text and JSON', async () => {
  const found = await diff();
  expect(found).toMatchObject({ matched: 3, counts: { play: 2, conflict: 1 }, based: 'base' });
  expect((await diff('--class', 'conflict')).rows.map(({ id }) => id)).toEqual(['two']);
  expect((await diff('--search', 'three', '--type', 'team')).matched).toBe(1);
  expect(await diff('--limit', '1', '--offset', '1')).toMatchObject({ matched: 3, rows: [{ id: 'three' }] });
  expect((await refused('sandbox diff nothing', ...w)).error.code).toBe('NOT_FOUND');
});

test('promote previews, asks, applies the selection, and is undone', async () => {
  const before = live();
  const dry = await refused('sandbox promote', 'Play', '--dry', ...w);
  expect(dry).toMatchObject({ code: 1, error: { code: 'UNDECIDED' } });
  expect(JSON.parse(dry.stdout)).toMatchObject({
    dry: true,
    updated: { teams: 1 },
    undecided: [{ id: 'two' }],
  });
  const message: unknown = expect.stringContaining('--conflicts');
  expect(await refused('sandbox promote', 'Play', '--yes', ...w)).toMatchObject({
    code: 1,
    error: {
      code: 'UNDECIDED',
      message,
      details: { conflicts: [{ id: 'two', field: 'size' }] },
    },
  });
  const unsaid = await refused('sandbox promote', 'Play', '--only', 'one', ...w);
  expect(unsaid).toMatchObject({ code: 2, error: { code: 'USAGE', details: { argument: '--yes' } } });
  expect(live()).toBe(before);
  expect(await promote('--dry', '--except', 'two', '--except', 'one')).toMatchObject({
    removed: { teams: 1 },
    updated: {},
    undecided: [],
  });
  const done = await promote('--only', 'one#size', '--only', 'two', '--conflicts', 'play', '--yes');
  expect(done).toMatchObject({ updated: { teams: 2 }, backup: /\S/, problems: [] });
  expect(await json('entities get team one', ...w)).toMatchObject({
    payload: { size: 7, name: 'Team one' },
  });
  expect((await frames('audit list', ...w, '--limit', '1')).stdout).toContain(
    'Promoted 2 records from sandbox “Play”',
  );
  expect(await promote('--only', 'one#size')).toMatchObject({ op_id: null, count: 0 });
  expect(await json('undo', ...w)).toMatchObject({ changes: 2 });
  expect(await json('entities get team two', ...w)).toMatchObject({ payload: { size: 8 } });
  expect(await json('verify', ...w)).toMatchObject({ ok: true });
});

test('refresh brings live into the sandbox and leaves live alone', async () => {
  const before = live();
  const refresh = ['sandbox', 'refresh', 'Play', ...w, '--conflicts', 'live'];
  expect(await json(...refresh, '--yes')).toMatchObject({ updated: { teams: 1 } });
  expect((await diff()).counts).toMatchObject({ play: 2, live: 0, conflict: 0 });
  expect(await json('undo', ...p)).toMatchObject({ changes: 1 });
  expect((await diff()).counts).toMatchObject({ play: 2, conflict: 1 });
  expect(live()).toBe(before);
});

test('counts records that a promoted deletion would hide in live', async () => {
  const link = JSON.stringify({ id: 'fresh', from: 'one', to: 'three' });
  await json('entities create interface', '--data', link, ...w);
  const only = ['sandbox', 'promote', 'Play', ...w, '--only', 'three'];
  expect(await promote('--only', 'three', '--dry')).toMatchObject({
    removed: { teams: 1 },
    hidden: { links: 1 },
  });
  expect((await refused(...only)).error).toMatchObject({ code: 'USAGE', details: { argument: '--yes' } });
});
