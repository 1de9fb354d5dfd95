import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inFolder } from './frames.ts';

const { folder, json, refused } = inFolder();
interface Filled {
  total: number;
  created: Record<string, number>;
}

describe('frames seed', () => {
  test('fills a new workspace with the shipped sample, and refuses to mix into it', async () => {
    const small = await json<Filled>('seed', '--size', 'small', '--workspace', 'one');
    expect(small).toMatchObject({ size: 'small', total: 724, created: { universities: 8, teams: 64 } });
    expect(await refused('seed', '--size', 'small', '--workspace', 'one')).toMatchObject({
      code: 1,
      error: { code: 'NOT_EMPTY', details: { counts: { universities: 8 } } },
    });
  });

  test('is skipped by undo, and cleared by its own command in one step', async () => {
    const w = ['--workspace', 'cleared'] as const;
    await json('seed', '--size', 'small', ...w);
    expect((await refused('undo', ...w)).error.code).toBe('NOTHING_TO_UNDO');
    expect(await json('sample clear', '--dry-run', ...w)).toMatchObject({ removed: 724, dry: true });
    expect(await json('sample clear', ...w)).toMatchObject({ removed: 724, left: 0 });
    expect(await json('verify', ...w)).toMatchObject({ ok: true, counts: { teams: 0 } });
    expect(await json('undo', ...w)).toMatchObject({ label: 'sample.clear', changes: 724 });
    expect(await json('verify', ...w)).toMatchObject({ ok: true, counts: { teams: 64 } });
  });

  test('refuses a folder that holds something else', async () => {
    const before = readdirSync(folder);
    const { code, error } = await refused('seed', '--size', 'small', '--workspace', '.');
    expect(code).toBe(1);
    expect(error).toMatchObject({ code: 'WORKSPACE', details: { reason: 'not_empty_folder' } });
    expect(readdirSync(folder)).toEqual(before);
  });
});
