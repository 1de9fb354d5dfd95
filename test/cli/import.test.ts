import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ImportMap } from '#core/import/json/preview.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { root } from '#scripts/lib/paths.ts';
import { sampleJson, sampleMoment } from '#scripts/sample/generate.ts';
import { inFolder, startFrames } from './frames.ts';

const { folder, at, frames, json, refused } = inFolder();
const source = join(root, 'test/fixtures/frames_data.json');
const expected = { teams: 8, faculty: 3, projects: 3, interfaces: 11 };
const readMap = (name: string): ImportMap => JSON.parse(readFileSync(at(name), 'utf8')) as ImportMap;
interface Page {
  rows: EntityRecord[];
}

describe('a dry run', () => {
  test('reports counts, ids and problems, and writes only the map', async () => {
    const before = new Set(readdirSync(folder));
    const done = await json('import', source, '--workspace', 'nowhere', '--dry-run', '--map', 'M');
    expect(done).toMatchObject({ mode: 'dry-run', map: at('M'), counts: expected, duration_unit: 'years' });
    expect(readdirSync(folder).filter((name) => !before.has(name))).toEqual(['M']);
    const map = readMap('M');
    expect(map).toMatchObject({ source_file: 'frames_data.json', mode: 'dry-run', counts: expected });
    expect(Object.keys(map.ids['teams'] ?? {})).toHaveLength(8);
    expect(map.problems.map(({ path }) => path)).toContain('$.projects[0].duration');
  });

  test('writes migration_map.json by default, and says what would come', async () => {
    const { code, stdout } = await frames('import', source, '--workspace', 'kept', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('3 projects, 8 teams, 3 faculty members, 11 links');
    expect(stdout).toContain('$.projects[0].duration');
    expect(stdout).toContain('Nothing was changed.');
    expect(readMap('migration_map.json')).toMatchObject({ counts: expected });
  });

  test('refuses to overwrite the imported file or a file of the workspace with the map', async () => {
    await json('seed --size small --workspace kept');
    writeFileSync(at('copy.json'), readFileSync(source));
    const dryRun = '--workspace kept --dry-run --map';
    const own = await refused('import', 'copy.json', ...`${dryRun} ./copy.json`.split(' '));
    expect(own).toMatchObject({ code: 2, error: { code: 'USAGE' } });
    expect(readFileSync(at('copy.json')).equals(readFileSync(source))).toBe(true);
    const live = await refused('import', source, ...`${dryRun} kept/frames.sqlite`.split(' '));
    expect(live).toMatchObject({ code: 1, error: { code: 'BAD_FILE', details: { reason: 'own_file' } } });
  });
});

describe('an import', () => {
  beforeAll(async () => {
    await json('import', source, '--workspace', 'w', '--map', 'real-map.json');
  });

  test('makes the workspace, brings all of the file in and verifies', async () => {
    expect(readMap('real-map.json')).toMatchObject({ mode: 'import', counts: expected });
    expect(await json('verify', '--workspace', 'w')).toMatchObject({ ok: true, counts: expected });
    const { rows } = await json<Page>('entities list project', '--workspace', 'w');
    expect(new Set(rows.map(({ payload }) => payload['duration_months']))).toEqual(new Set([12, 24, 36]));
  });

  test('is refused if there are records, unless forced; then it makes a backup, or not', async () => {
    const again = await refused('import', source, '--workspace', 'w');
    expect(again).toMatchObject({ code: 1, error: { code: 'NOT_EMPTY', details: { counts: expected } } });
    const forcing = ['import', source, '--workspace', 'w', '--force'];
    const { backup } = await json<{ backup: string }>(...forcing);
    expect(await json('backup list --workspace w')).toMatchObject([{ id: backup, reason: 'import' }]);
    expect(await json(...forcing, '--no-backup')).toMatchObject({ backup: null, updated: { teams: 0 } });
    expect(await refused(...forcing, '--backup', '--no-backup')).toMatchObject({ code: 2 });
  });

  test('takes everything back when it is interrupted', async () => {
    writeFileSync(at('large.json'), sampleJson({ size: '100k', seed: 1, now: sampleMoment }));
    const { child, ended } = startFrames(folder, [
      'import',
      'large.json',
      '--workspace',
      'stopped',
      '--json',
    ]);
    while (!existsSync(join(at('stopped'), 'holders')))
      await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'CANCELLED', details: { workspace_made: true } },
    });
    expect(await json('verify', '--workspace', 'stopped')).toMatchObject({ ok: true, counts: { teams: 0 } });
  });
});

describe('an export', () => {
  test('reports what it wrote', async () => {
    await json('import', source, '--workspace', 'first');
    const written = await json('export --workspace first --format frames-json --out one.json');
    const { size: bytes } = statSync(at('one.json'));
    expect(written).toMatchObject({ file: at('one.json'), counts: expected, bytes });
  });

  test('goes to stdout without --out, and ends silently if the reader closes it', async () => {
    const { code, stdout, stderr } = await frames('export', '--workspace', 'first');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(readFileSync(at('one.json'), 'utf8'));
    const { child, ended } = startFrames(folder, ['export', '--workspace', 'first']);
    child.stdout.once('data', () => child.stdout.destroy());
    const left = await ended.catch(() => ({ stderr: '', code: 0 }));
    expect(left.stderr).toBe('');
  });

  test('refuses an unknown form, and a file of the workspace itself', async () => {
    expect(await refused('export', '--workspace', 'first', '--format', 'xml')).toMatchObject({ code: 2 });
    expect(await refused('export', '--workspace', 'first', '--out', 'first/frames.sqlite')).toMatchObject({
      code: 1,
      error: { code: 'BAD_FILE' },
    });
    expect(await json('verify', '--workspace', 'first')).toMatchObject({ ok: true });
  });
});
