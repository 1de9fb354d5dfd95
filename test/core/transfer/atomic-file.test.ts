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
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeAtomically } from '#core/transfer/atomic-file.ts';

async function write(path: string, pieces: Iterable<string>): Promise<number> {
  const work = writeAtomically(path, 'x', pieces);
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-write-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

describe('writeAtomically', () => {
  it('writes the pieces and leaves nothing beside the file', async () => {
    const path = join(folder, 'out.json');
    expect(await write(path, ['{"a": ', '"é"}'])).toBe(11);
    expect(readFileSync(path, 'utf8')).toBe('{"a": "é"}');
    expect(readdirSync(folder)).toEqual(['out.json']);
  });

  it('keeps what was there, and leaves nothing, when the pieces fail', async () => {
    const path = join(folder, 'out.json');
    writeFileSync(path, 'old');
    function* pieces(): Generator<string> {
      yield 'half';
      throw new Error('stop');
    }
    await expect(write(path, pieces())).rejects.toThrow('stop');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['out.json']);
  });

  it('leaves nothing when whoever writes stops in the middle', async () => {
    const work = writeAtomically(join(folder, 'out.json'), 'x', ['one', 'two']);
    await work.next();
    expect(readdirSync(folder)).toEqual(['.frames-x.part']);
    await work.return(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('replaces what a link points to, not the link', async () => {
    writeFileSync(join(folder, 'real.json'), 'old');
    symlinkSync('real.json', join(folder, 'link.json'));
    await write(join(folder, 'link.json'), ['new']);
    expect(readFileSync(join(folder, 'real.json'), 'utf8')).toBe('new');
  });

  it.each([
    ['a folder', () => (mkdirSync(join(folder, 'it')), join(folder, 'it'))],
    ['a device', () => '/dev/null'],
    ['a place in a folder that is missing', () => join(folder, 'missing', 'out.json')],
  ])('refuses %s', async (_, path) => {
    const target = path();
    await expect(write(target, ['new'])).rejects.toMatchObject({
      code: 'BAD_FILE',
      data: { reason: 'unwritable' },
    });
    await expect(write(target, ['new'])).rejects.not.toThrow(folder);
  });
});
