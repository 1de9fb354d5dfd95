import { mkdirSync, renameSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Health, Stats } from '#shared/contract/care.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();

beforeAll(async () => {
  await seed();
});

describe('frames health', () => {
  test('lists each finding with a mark, and exits with 0 if none is bad', async () => {
    const found = await json<Health>('health', '--workspace', 'w', '--full');
    expect(found.findings.map(({ id }) => id)).toContain('integrity');
    const { code, stdout } = await frames('health', '--workspace', 'w');
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line !== '')).toHaveLength(found.findings.length);
  });

  test('reports bad findings too, and exits with 1', async () => {
    const { code, stdout, error } = await refused('health', '--workspace', 'nowhere');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'bad' });
    expect(error).toMatchObject({ code: 'NOT_WELL', details: { id: 'file', code: 'file.missing' } });
  });
});

describe('frames stats', () => {
  test('lists tables and indexes, largest first', async () => {
    const found = await json<Stats>('stats', '--workspace', 'w');
    const sizes = found.parts.map(({ bytes }) => bytes);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    const { stdout } = await frames('stats', '--workspace', 'w');
    expect(stdout).toMatch(/audit_logs +table +/);
  });
});

describe('frames vacuum', () => {
  test('asks for confirmation, vacuums, and shows sizes before and after', async () => {
    expect(await refused('vacuum', '--workspace', 'w')).toMatchObject({ code: 2 });
    const done = await json<{ before: number; after: number; safety: string }>(
      'vacuum',
      '--workspace',
      'w',
      '--yes',
    );
    expect(done.after).toBeLessThanOrEqual(done.before);
    expect(await json('backup list', '--workspace', 'w')).toMatchObject([
      { id: done.safety, reason: 'vacuum' },
    ]);
    expect(await json('verify', '--workspace', 'w')).toMatchObject({ ok: true });
    const { stdout } = await frames('audit list', '--workspace', 'w');
    expect(stdout).toContain('ompacted the file');
  });
});

describe('frames backup place', () => {
  test('shows, changes and resets the backup folder, and reports missing ones', async () => {
    const where = ['backup', 'place', '--workspace', 'w'];
    expect(await json(...where)).toMatchObject({ folder: at('w/backups'), usual: true, there: true });
    mkdirSync(at('drive'));
    const place = await json<{ folder: string }>('backup place drive', '--workspace', 'w');
    expect(place).toMatchObject({ usual: false, there: true });
    renameSync(at('drive'), at('away'));
    expect((await frames(...where)).stdout).toContain('(not available)');
    for (const what of ['create', 'list'])
      expect(await refused('backup', what, '--workspace', 'w')).toMatchObject({
        code: 1,
        error: { code: 'WORKSPACE', details: { reason: 'no_backups_place' } },
      });
    expect(await json('backup place default', '--workspace', 'w')).toMatchObject({ usual: true });
  });
});
