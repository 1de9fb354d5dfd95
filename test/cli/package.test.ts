import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { unpack } from '#core/kernel/files/package.ts';
import { root } from '#scripts/lib/paths.ts';
import { inFolder } from './frames.ts';

const { at, json, refused } = inFolder();
const source = join(root, 'test/fixtures/frames_data.json');

beforeAll(async () => {
  await json('import', source, '--workspace', 'W');
});

describe('a .frames file by command', () => {
  test('is written where the name asks for it, and imports to the same state', async () => {
    const written = await json('export', '--workspace', 'W', '--out', 'all.frames');
    expect(written).toMatchObject({ format: 'frames', file: at('all.frames'), counts: { teams: 8 } });
    expect(written).toMatchObject({ bytes: statSync(at('all.frames')).size });
    await json('export', '--workspace', 'W', '--out', 'all.json');
    const { content } = await unpack(readFileSync(at('all.frames')), 'all.frames');
    expect(content.equals(readFileSync(at('all.json')))).toBe(true);

    const brought = await json('import', 'all.frames', '--workspace', 'Other');
    expect(brought).toMatchObject({ mode: 'import', created: { teams: 8, interfaces: 11 } });
    await json('export', '--workspace', 'Other', '--out', 'other.json');
    expect(readFileSync(at('other.json')).equals(readFileSync(at('all.json')))).toBe(true);
  });

  test('is known by what is in it, whatever it is called; --format overrides the name', async () => {
    await json('export', '--workspace', 'W', '--format', 'frames', '--out', 'packed.dat');
    copyFileSync(at('packed.dat'), at('packed.json'));
    expect(await json('import', 'packed.json', '--workspace', 'Third', '--dry-run')).toMatchObject({
      counts: { teams: 8 },
    });
    await json('export', '--workspace', 'W', '--format', 'frames-json', '--out', 'plain.frames');
    expect(readFileSync(at('plain.frames'), 'utf8').startsWith('{')).toBe(true);
  });

  test('that is damaged, cut off or of another kind is refused, and no workspace is made', async () => {
    const file = readFileSync(at('all.frames'));
    writeFileSync(at('cut.frames'), file.subarray(0, 300));
    const cut = await refused('import', 'cut.frames', '--workspace', 'None');
    expect(cut.error).toMatchObject({ code: 'BAD_FILE', details: { reason: 'truncated' } });
    file.fill(1, file.length - 150, file.length - 100);
    writeFileSync(at('hurt.frames'), file);
    const hurt = await refused('import', 'hurt.frames', '--workspace', 'None');
    expect(hurt.error).toMatchObject({ code: 'BAD_FILE', details: { reason: 'damaged' } });
    expect(hurt.error.message).toContain('hurt.frames is damaged');
    expect(() => statSync(at('None'))).toThrow(/ENOENT/);
  });
});
