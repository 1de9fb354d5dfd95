import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
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
      new RegExp(`^Backup ${made.id} is here already, and whole: 8 universities, .*Nothing was changed`),
    );
  });

  test('a backup of another workspace is none of what was replaced here', async () => {
    const [x, y] = [
      ['--workspace', 'x'],
      ['--workspace', 'y'],
    ] as const;
    await json('seed', '--size', 'small', ...x);
    const own = await json<Backup>('backup', 'create', ...x);
    await json('seed', '--size', 'small', ...y);
    const others = await json<Backup>('backup', 'create', ...y);
    await json('backup', 'export', others.id, '--to', 'y.frames', ...y);
    await json('backup', 'take', 'y.frames', ...x);
    await json('entities', 'create', 'team', '--data', '{"name":"Late"}', ...x);
    const { id: safety } = await json<Backup>('backup', 'create', ...x);
    truncateSync(at('x/frames.sqlite'), 30_000);
    await frames('backup', 'restore', own.id, ...x, '--yes');
    const lines = (await frames('backup', 'list', ...x)).stdout.split('\n');
    const said = (id: string): string => lines.find((line) => line.startsWith(id)) ?? '';
    expect(said(safety)).toContain('(replaced)');
    expect(said(others.id)).toContain('another');
    expect(said(others.id)).not.toContain('replaced');
    const all = await json<Backup[]>('backup', 'list', ...x);
    expect(all.filter(({ replaced }) => replaced).map(({ id }) => id)).toEqual([safety]);
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
    for (const words of [['backup', 'take'], ['import']]) {
      const { error } = await refused(...words, 'missing.frames', ...w);
      expect(error.message).toMatch(/^missing\.frames cannot be read: there is no such file\./);
    }
    const lost = await refused('backup', 'export', made.id, '--to', 'nowhere/one.frames', ...w);
    expect(lost.error).toMatchObject({ code: 'BAD_FILE', details: { reason: 'no_folder' } });
    expect(lost.error.message).toBe('There is no folder "nowhere" to write one.frames to.');
    const none = await refused('backup', 'take', 'one.frames', '--workspace', 'nowhere');
    expect(none.error).toMatchObject({ code: 'WORKSPACE', details: { reason: 'missing' } });
  });
});

describe('What commands write', () => {
  test('takes the place of no file that is there unless told, and of none of a workspace whatever is told', async () => {
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
      expect(error.message).toMatch(/^mine\.frames is there already: .*--replace.*Nothing was changed\.$/);
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

  test('never replaces an encrypted backup by what is not, nor anything by a map but a map', async () => {
    writeFileSync(at('secret.frames'), 'age-encryption.org/v1\n');
    const { error } = await refused('backup', 'export', made.id, '--to', 'secret.frames', '--replace', ...w);
    expect(error).toMatchObject({ code: 'BAD_FILE', details: { reason: 'encrypted_there' } });
    await json('export', '--out', 'data.json', ...w);
    writeFileSync(at('letter.json'), '{"dear": "friend"}');
    const dry = ['import', 'data.json', '--force', '--dry-run', '--map'] as const;
    expect((await refused(...dry, 'letter.json', ...w)).error.message).toMatch(
      /^letter\.json is there already and is no map of an import/,
    );
    expect(readFileSync(at('letter.json'), 'utf8')).toBe('{"dear": "friend"}');
    await json(...dry, 'map.json', ...w);
    await json(...dry, 'map.json', ...w);
  });
});
