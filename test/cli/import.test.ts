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

  test('writes migration_map.json by default, and keeps an existing workspace', async () => {
    await json('seed', '--size', 'small', '--workspace', 'kept');
    const file = join(at('kept'), 'frames.sqlite');
    const before = readFileSync(file);
    const { code, stdout } = await frames('import', source, '--workspace', 'kept', '--dry-run', '--force');
    expect(code).toBe(0);
    expect(stdout).toContain('3 projects, 8 teams, 3 faculty members, 11 links');
    expect(stdout).toContain('$.projects[0].duration');
    expect(stdout).toContain('Nothing was changed.');
    expect(readMap('migration_map.json')).toMatchObject({ counts: expected });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('refuses to overwrite the imported file or a file of the workspace with the map', async () => {
    writeFileSync(at('copy.json'), readFileSync(source));
    const own = await refused(
      'import',
      'copy.json',
      '--workspace',
      'kept',
      '--dry-run',
      '--map',
      './copy.json',
    );
    expect(own).toMatchObject({ code: 2, error: { code: 'USAGE' } });
    expect(readFileSync(at('copy.json')).equals(readFileSync(source))).toBe(true);
    const live = await refused(
      'import',
      source,
      '--workspace',
      'kept',
      '--dry-run',
      '--map',
      'kept/frames.sqlite',
    );
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

  test('is refused if there are records, unless forced; then it deletes nothing', async () => {
    const again = await refused('import', source, '--workspace', 'w');
    expect(again).toMatchObject({ code: 1, error: { code: 'NOT_EMPTY', details: { counts: expected } } });
    await json('entities create team mine', '--workspace', 'w', '--data', '{"name": "Mine"}');
    await json('entities update team', 'team_1', '--workspace', 'w', '--data', '{"name": "Renamed"}');
    const forced = await json<{ backup: string }>(
      'import',
      source,
      '--workspace',
      'w',
      '--force',
      '--backup',
    );
    expect(forced).toMatchObject({
      updated: { teams: 1 },
      created: { teams: 0 },
      verified: true,
      counts: { teams: 9 },
    });
    expect(await json('backup list', '--workspace', 'w')).toMatchObject([
      { id: forced.backup, reason: 'import', problem: null },
    ]);
    const forcing = ['import', source, '--workspace', 'w', '--force'];
    expect(await json(...forcing, '--no-backup')).toMatchObject({ backup: null, updated: { teams: 0 } });
    expect(await refused(...forcing, '--backup', '--no-backup')).toMatchObject({ code: 2 });
    expect(await json('undo', '--workspace', 'w')).toMatchObject({ label: 'import', changes: 1 });
    expect(await json('entities get team', 'team_1', '--workspace', 'w')).toMatchObject({
      title: 'Renamed',
    });
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
  test('imports to the same state, unknown fields kept, to the byte', async () => {
    await json('import', source, '--workspace', 'first');
    await json(
      'entities create student',
      '--workspace',
      'first',
      '--data',
      '{"name": "A", "shoe": {"size": [1, 2]}}',
      '--new-field',
      'shoe',
    );
    const written = await json<{ bytes: number }>(
      'export',
      '--workspace',
      'first',
      '--format',
      'frames-json',
      '--out',
      'one.json',
    );
    expect(written).toMatchObject({
      file: at('one.json'),
      counts: { ...expected, students: 1 },
      bytes: statSync(at('one.json')).size,
    });
    await json('import', 'one.json', '--workspace', 'second');
    await json('export', '--workspace', 'second', '--out', 'two.json');
    expect(readFileSync(at('two.json'), 'utf8')).toBe(readFileSync(at('one.json'), 'utf8'));
    const payloads = async (workspace: string, type: string) =>
      (await json<Page>('entities list', type, '--workspace', workspace, '--sort', 'id')).rows.map(
        ({ id, payload }) => [id, payload],
      );
    for (const type of ['team', 'student', 'interface']) {
      expect(await payloads('second', type)).toEqual(await payloads('first', type));
    }
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
