import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { writeAtomically, refuseReplacing } from '#core/kernel/files/atomic-file.ts';
import type { ReplaceOptions } from '#core/kernel/files/atomic-file.ts';
import { testFolder } from '#test/support/folder.ts';
import { refused } from '#test/support/refusal.ts';

const write = (path: string, pieces: Iterable<string>, instead?: ReplaceOptions): Promise<number> =>
  writeAtomically(path, 'x', pieces, instead);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-write-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

describe('writeAtomically', () => {
  it('writes the pieces and leaves no other file behind', async () => {
    const path = join(folder, 'out.json');
    expect(await write(path, ['{"a": ', '"é"}'])).toBe(11);
    expect(readFileSync(path, 'utf8')).toBe('{"a": "é"}');
    expect(readdirSync(folder)).toEqual(['out.json']);
  });

  it('keeps the former file and leaves nothing behind if the pieces fail', async () => {
    const path = join(folder, 'out.json');
    writeFileSync(path, 'old');
    function* pieces(): Generator<string> {
      yield 'half';
      throw new Error('stop');
    }
    await expect(write(path, pieces(), { replace: true })).rejects.toThrow('stop');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['out.json']);
  });

  it('replaces the target of a link, not the link', async () => {
    writeFileSync(join(folder, 'real.json'), 'old');
    symlinkSync('real.json', join(folder, 'link.json'));
    await write(join(folder, 'link.json'), ['new'], { replace: true });
    expect(readFileSync(join(folder, 'real.json'), 'utf8')).toBe('new');
  });

  it.each([
    ['a folder', 'unwritable', () => (mkdirSync(join(folder, 'it')), join(folder, 'it'))],
    ['a device', 'unwritable', () => '/dev/null'],
    ['a place in a folder that is missing', 'no_folder', () => join(folder, 'missing', 'out.json')],
    ['a place in a file', 'no_folder', () => (writeFileSync(join(folder, 'f'), ''), join(folder, 'f', 'x'))],
  ])('refuses %s', async (_, reason, path) => {
    const target = path();
    await expect(write(target, ['new'])).rejects.toMatchObject({
      code: 'BAD_FILE',
      data: { reason },
    });
    await expect(write(target, ['new'])).rejects.not.toThrow(folder);
  });

  it('keeps a file that somebody created meanwhile', async () => {
    const path = join(folder, 'out.json');
    function* pieces(): Generator<string> {
      yield 'half';
      writeFileSync(path, 'another');
    }
    await expect(write(path, pieces())).rejects.toMatchObject({ data: { reason: 'there' } });
    expect(readFileSync(path, 'utf8')).toBe('another');
    expect(readdirSync(folder)).toEqual(['out.json']);
  });

  it('replaces nothing when many make a file of that name at once', async () => {
    const path = join(folder, 'out.json');
    const all = Array.from({ length: 30 }, async (_, at) => {
      await writeAtomically(path, String(at), [String(at)]);
      return String(at);
    });
    const done = (await Promise.allSettled(all)).filter((one) => one.status === 'fulfilled');
    expect(done.map(({ value }) => value)).toEqual([readFileSync(path, 'utf8')]);
    expect(readdirSync(folder)).toEqual(['out.json']);
  });

  it('never replaces an encrypted file by an unencrypted one', async () => {
    const path = join(folder, 'safe.frames');
    writeFileSync(path, 'age-encryption.org/v1\nand so on');
    await expect(write(path, ['new'], { replace: true })).rejects.toMatchObject({
      data: { reason: 'encrypted_there' },
    });
    expect(readFileSync(path, 'utf8')).toMatch(/^age/);
    await write(path, ['new'], { replace: true, encrypts: true });
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  describe('within any workspace', () => {
    const backup = '20260101T080000000Z';
    const files = [
      'frames.sqlite',
      'frames.sqlite-wal',
      'lock.sqlite',
      'head.json',
      'new.sqlite-is-fine',
      'sandboxes/one.sqlite',
      'sandboxes/trash/two.sqlite',
      'golden/1/frames.sqlite',
      `backups/${backup}.frames`,
      'exports/notes.json',
      `drive/frames-backups-1/${backup}.frames`,
    ];
    const free = ['new.sqlite-is-fine', 'exports/notes.json'];
    beforeEach(() => {
      for (const file of files) {
        mkdirSync(join(folder, file, '..'), { recursive: true });
        writeFileSync(join(folder, file), file);
      }
    });

    it.each(free)('%s may be written', async (file) => {
      expect(await write(join(folder, file), ['new'], { replace: true })).toBe(3);
    });

    it.each(files.filter((file) => !free.includes(file)))('%s stays', async (file) => {
      const path = join(folder, file);
      const writing = write(path, ['new'], { replace: true, encrypts: true });
      await expect(writing).rejects.toMatchObject({ data: { reason: 'of_workspace' } });
      expect(readFileSync(path, 'utf8')).toBe(file);
    });

    it('creates no file of a workspace, and follows no link to one', async () => {
      for (const file of [
        'restoring.json',
        'frames.sqlite-journal',
        'backups/x.frames',
        'golden/x',
        'Head.JSON',
      ])
        await expect(write(join(folder, file), ['new'])).rejects.toMatchObject({
          data: { reason: 'of_workspace' },
        });
      symlinkSync('frames.sqlite', join(folder, 'innocent.json'));
      await expect(write(join(folder, 'innocent.json'), ['new'], { replace: true })).rejects.toMatchObject({
        data: { reason: 'of_workspace' },
      });
      rmSync(join(folder, 'frames.sqlite'));
      rmSync(join(folder, 'head.json'));
      // What is left of it are its backups.
      await expect(write(join(folder, 'frames.sqlite'), ['new'])).rejects.toMatchObject({
        data: { reason: 'of_workspace' },
      });
    });
  });
});

const sandbox = 'sbx_01890000-0000-7000-8000-000000000000.sqlite';

function left(...parts: string[]): string {
  const path = join(testFolder(), ...parts);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  return path;
}

test.each([
  ['sandboxes', sandbox],
  ['sandboxes', 'trash', sandbox],
  ['golden', '1.frames'],
])('what is left of a workspace is replaced by nothing: %s/%s', async (...parts) => {
  const { data } = await refused('BAD_FILE', refuseReplacing(left(...parts), 'x', { replace: true }));
  expect(data.reason).toBe('of_workspace');
});

test.each([
  ['sandboxes', 'castle.csv'],
  ['golden', 'retriever.csv'],
])('a folder of that name that holds nothing of ours is anybody’s: %s/%s', async (...parts) => {
  await expect(refuseReplacing(left(...parts), 'x', { replace: true })).resolves.toBeUndefined();
});
