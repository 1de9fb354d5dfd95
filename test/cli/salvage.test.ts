import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SalvageResult } from '#core/salvage/run.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
const teams = async (workspace = 'w'): Promise<number> =>
  (await json<{ total: number }>('entities list team', '--limit', '1', '--workspace', workspace)).total;
let damaged: Buffer;

beforeAll(async () => {
  await seed();
  await json('profiles create', 'Vera', '--role', 'viewer', ...w);
  await json('profiles create', 'Edi', '--role', 'editor', ...w);
  await json<Backup>('backup create', ...w);
  await json('entities create team', '--data', '{"name":"Late"}', ...w);
  damaged = readFileSync(at('w/frames.sqlite'));
  // The beginning, in which everything else is found.
  damaged.fill(0xa5, 0, 4096);
  writeFileSync(at('w/frames.sqlite'), damaged);
});

describe('frames salvage', () => {
  test('previews the result, and asks for confirmation', async () => {
    expect(await json('salvage', ...w, '--dry')).toMatchObject({
      report: { transactions: 2, whole: true, tables: { teams: { now: 65 } } },
    });
    const asked = await frames('salvage', ...w);
    expect(asked.code).toBe(2);
    expect(readFileSync(at('w/frames.sqlite')).equals(damaged)).toBe(true);
  });

  test('creates a workspace elsewhere and keeps the damaged one', async () => {
    const made = await json<{ report: { whole: boolean } }>('salvage', ...w, '--into', 'w2', '--yes');
    expect(made.report.whole).toBe(true);
    expect(await teams('w2')).toBe(65);
    expect((await frames('verify', '--workspace', 'w2')).code).toBe(0);
    expect(readFileSync(at('w/frames.sqlite')).equals(damaged)).toBe(true);
    const { error } = await refused('salvage', ...w, '--into', 'w2', '--yes');
    expect(error).toMatchObject({ code: 'WORKSPACE', details: { reason: 'not_empty_folder' } });
  });

  test('replaces the damaged one, which is kept, and records it in the audit', async () => {
    const done = await json<SalvageResult>('salvage', ...w, '--yes');
    expect(done.report).toMatchObject({ transactions: 2, whole: true, left: [] });
    expect(readFileSync(at(`w/backups/${done.displaced}/frames.sqlite`)).equals(damaged)).toBe(true);
    expect(await teams()).toBe(65);
    expect((await frames('verify', ...w)).code).toBe(0);
  });
});
