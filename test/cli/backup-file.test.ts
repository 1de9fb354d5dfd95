import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Backup } from '#shared/contract/backups.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused } = inFolder();
const w = ['--workspace', 'w'] as const;
let made: Backup;

beforeAll(async () => {
  await json('seed', '--size', 'small', ...w);
  made = await json<Backup>('backup', 'create', ...w);
});

describe('frames backup export and take', () => {
  test('carry a backup to another machine in one file', async () => {
    const written = await json('backup', 'export', made.id, '--to', 'one.frames', ...w);
    expect(written).toMatchObject({ id: made.id, file: at('one.frames') });
    mkdirSync(at('elsewhere'));
    const taken = await json<Backup>('backup', 'take', 'one.frames', '--workspace', 'elsewhere');
    expect(taken).toMatchObject({ id: made.id, counts: made.counts, reason: 'asked' });
    expect(await json('backup', 'verify', made.id, '--workspace', 'elsewhere')).toMatchObject({ ok: true });
    await json('backup', 'restore', made.id, '--workspace', 'elsewhere', '--into', 'again');
    expect(await json('verify', '--workspace', 'again')).toMatchObject({ ok: true });
    expect((await frames('backup', 'take', 'one.frames', ...w)).stdout).toMatch(
      new RegExp(`^Took backup ${made.id}-2: 8 universities, .*64 teams`),
    );
  });

  test('work where the workspace itself is gone', async () => {
    mkdirSync(at('lost'));
    await json('backup', 'take', 'one.frames', '--workspace', 'lost');
    await json('backup', 'export', made.id, '--to', 'two.frames', '--workspace', 'lost');
    rmSync(at('lost/backups'), { recursive: true });
    expect(await json('backup', 'take', 'two.frames', '--workspace', 'lost')).toMatchObject({ id: made.id });
  });

  test('say what is no such file, and what cannot be written', async () => {
    writeFileSync(at('x.frames'), 'text');
    const bad = await refused('backup', 'take', 'x.frames', ...w);
    expect(bad.error).toMatchObject({ code: 'BAD_FILE', details: { reason: 'not_frames' } });
    await json('export', '--out', 'records.frames', ...w);
    const records = await refused('backup', 'take', 'records.frames', ...w);
    expect(records.error).toMatchObject({ code: 'BAD_FILE', details: { reason: 'other_kind' } });
    const back = await refused('import', 'one.frames', ...w);
    expect(back.error).toMatchObject({ code: 'BAD_FILE', details: { reason: 'other_kind' } });
    const over = await refused('backup', 'export', made.id, '--to', 'w/frames.sqlite', ...w);
    expect(over.error).toMatchObject({ code: 'BAD_FILE', details: { reason: 'own_file' } });
    const none = await refused('backup', 'take', 'one.frames', '--workspace', 'nowhere');
    expect(none.error).toMatchObject({ code: 'WORKSPACE', details: { reason: 'missing' } });
  });
});
