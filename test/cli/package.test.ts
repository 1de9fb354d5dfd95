import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { unpack } from '#core/kernel/files/package.ts';
import { root } from '#scripts/lib/paths.ts';
import { inFolder } from './frames.ts';

const { at, json } = inFolder();
const source = join(root, 'test/fixtures/frames_data.json');

beforeAll(async () => {
  await json('import', source, '--workspace', 'W');
});

describe('a .frames file by command', () => {
  test('is written if the name asks for it, and imports to the same state', async () => {
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
});
