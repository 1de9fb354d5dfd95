import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { inFolder, runHere } from './frames.ts';

const { folder, json, refused } = inFolder();

interface Started {
  workspace: string;
  created: boolean;
  steps: { command: string; result: Record<string, unknown> }[];
}

const names = ({ steps }: Started): string[] => steps.map((step) => step.command);

writeFileSync(
  join(folder, 'records.json'),
  JSON.stringify({
    universities: [{ id: 'univ_a', name: 'A' }],
    teams: [{ id: 'team_a', name: 'Team A', university_id: 'univ_a' }],
  }),
);

describe('frames init', () => {
  test('sets up a workspace, and on a second run only checks it', async () => {
    mkdirSync(join(folder, 'disk'));
    const line = ['--from', 'records.json', '--backups', 'disk', '--keep', '3', '--workspace', 'one'];
    const first = await json<Started>('init', ...line);
    expect(first).toMatchObject({ workspace: 'one', created: true });
    expect(names(first)).toEqual([
      'import',
      'backup place',
      'backup retention',
      'golden publish',
      'backup create',
      'health',
    ]);
    expect(first.steps.at(-1)?.result).toMatchObject({ state: 'good' });

    const second = await json<Started>('init', ...line);
    expect(second.created).toBe(false);
    expect(names(second)).toEqual(['backup place', 'backup retention', 'health']);
    const w = ['--workspace', 'one'];
    expect(await json('verify', ...w)).toMatchObject({ ok: true, counts: { universities: 1, teams: 1 } });
    expect(await json('golden list', ...w)).toMatchObject([{ note: 'First start', current: true }, {}]);
    expect(await json('backup list', ...w)).toMatchObject([{ counts: { teams: 1 } }]);
    expect(await json('backup retention', ...w)).toMatchObject({ retention: { last: 3 } });
  });

  test('creates no workspace if the backup folder is missing', async () => {
    const missing = await refused('init', '--backups', 'nowhere', '--workspace', 'three');
    expect(missing.error.details).toMatchObject({ reason: 'bad_backups_place' });
    expect(existsSync(join(folder, 'three'))).toBe(false);
  });

  test('continues an earlier run', async () => {
    const line = ['--from', 'records.json', '--workspace', 'two'];
    await json('import', 'records.json', '--workspace', 'two');
    expect(names(await json<Started>('init', ...line))).toEqual([
      'golden publish',
      'backup create',
      'health',
    ]);
  });

  test('an import that is refused leaves no workspace behind', async () => {
    writeFileSync(join(folder, 'broken.json'), '{"teams": [');
    expect((await refused('init', '--from', 'broken.json', '--workspace', 'three')).code).toBe(1);
    expect(existsSync(join(folder, 'three'))).toBe(false);
  });

  test('publishes nothing of an empty workspace, and imports into it later', async () => {
    const w = ['--workspace', 'four'];
    expect(names(await json<Started>('init', ...w))).toEqual(['backup create', 'health']);
    expect(names(await json<Started>('init', '--from', 'records.json', ...w))).toEqual([
      'import',
      'golden publish',
      'health',
    ]);
  });

  test('fails on a workspace that was edited by hand, and still prints the report', async () => {
    await json('init', '--from', 'records.json', '--workspace', 'five');
    const db = new Database(join(folder, 'five', 'frames.sqlite'));
    db.exec(`UPDATE teams SET payload = json_set(payload, '$.size', 99) WHERE id = 'team_a'`);
    db.close();
    const { code, stdout, stderr } = await runHere(folder, ['init', '--workspace', 'five', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ steps: [{ command: 'health', result: { state: 'bad' } }] });
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'NOT_WELL' } });
  });

  test('needs a workspace', async () => {
    expect(await refused('init')).toMatchObject({ code: 2, error: { code: 'USAGE' } });
  });
});

describe('frames init by variables', () => {
  test('asks for missing options', async () => {
    mkdirSync(join(folder, 'other-disk'));
    const environment = {
      TARGET_DB_PATH: join('six', 'frames.sqlite'),
      TARGET_DB_SOURCE: 'records.json',
      BACKUP_DIR: 'other-disk',
      BACKUP_RETENTION_COUNT: '4',
    };
    const { stdout } = await runHere(folder, ['init', '--json'], environment);
    expect(JSON.parse(stdout)).toMatchObject({ workspace: 'six', created: true });
    expect(await json('backup retention', '--workspace', 'six')).toMatchObject({ retention: { last: 4 } });
    const wrong = { ...environment, BACKUP_RETENTION_COUNT: 'many' };
    const { code, stderr } = await runHere(folder, ['init', '--json'], wrong);
    expect([code, stderr]).toEqual([2, expect.stringContaining('BACKUP_RETENTION_COUNT')]);
  });
});
