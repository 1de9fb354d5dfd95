import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Backup } from '#shared/contract/backups.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
let made: Backup;

beforeAll(async () => {
  await seed();
  made = await json<Backup>('backup create', ...w);
});

describe('frames backup export and take', () => {
  test('carry a backup to another machine in one file', async () => {
    const written = await json('backup export', made.id, '--to', 'one.frames', ...w);
    expect(written).toMatchObject({ id: made.id, file: at('one.frames') });
    mkdirSync(at('elsewhere'));
    const taken = await json<Backup>('backup take', 'one.frames', '--workspace', 'elsewhere');
    expect(taken).toMatchObject({ id: made.id, counts: made.counts, reason: 'asked' });
    expect(await json('backup verify', made.id, '--workspace', 'elsewhere')).toMatchObject({ ok: true });
    await json('backup restore', made.id, '--workspace', 'elsewhere', '--into', 'again');
    expect(await json('verify', '--workspace', 'again')).toMatchObject({ ok: true });
    expect((await frames('backup take', 'one.frames', ...w)).stdout).toMatch(
      new RegExp(`^Backup ${made.id} already exists and is intact: 8 universities, .*Nothing was changed`),
    );
  });

  test('work without the workspace itself', async () => {
    mkdirSync(at('lost'));
    await json('backup take', 'one.frames', '--workspace', 'lost');
    await json('backup export', made.id, '--to', 'two.frames', '--workspace', 'lost');
    rmSync(at('lost/backups'), { recursive: true });
    expect(await json('backup take', 'two.frames', '--workspace', 'lost')).toMatchObject({ id: made.id });
  });
});

describe('files written by commands', () => {
  test('replace no existing file without --replace, and never one of a workspace', async () => {
    await json('seed', '--size', 'small', '--workspace', 'other');
    const before = readFileSync(at('other/frames.sqlite'));
    writeFileSync(at('mine.frames'), 'mine');
    const commands = (to: string): string[][] => [
      ['export', '--out', to, ...w],
      ['backup', 'export', made.id, '--to', to, ...w],
      ['support-copy', to, ...w],
    ];
    for (const line of commands('mine.frames')) {
      const { error } = await refused(...line);
      expect(error).toMatchObject({ code: 'BAD_FILE', details: { reason: 'there' } });
      expect(error.message).toMatch(/^mine\.frames already exists\. .*--replace.*Nothing was changed\.$/);
      expect(readFileSync(at('mine.frames'), 'utf8')).toBe('mine');
    }
    for (const line of commands('other/frames.sqlite')) {
      const { error } = await refused(...line, '--replace');
      expect(error).toMatchObject({ code: 'BAD_FILE', details: { reason: 'of_workspace' } });
    }
    const map = await refused('import', 'mine.frames', '--dry-run', '--map', 'other/head.json', ...w);
    expect(map.error).toMatchObject({ code: 'BAD_FILE', details: { reason: 'of_workspace' } });
    expect(readFileSync(at('other/frames.sqlite')).equals(before)).toBe(true);
    for (const line of commands('mine.frames')) await json(...line, '--replace');
  });
});
