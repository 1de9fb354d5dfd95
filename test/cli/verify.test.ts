import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Verification } from '#shared/contract/workspace.ts';
import { inFolder } from './frames.ts';

const { at, frames, json } = inFolder();
type Report = Verification & { problems: string[] };

beforeAll(async () => {
  await json('seed', '--size', 'small', '--workspace', 'good');
});

/** A closed copy of the good workspace, for spoiling. */
function copy(name: string): string {
  cpSync(at('good'), at(name), { recursive: true });
  return join(at(name), 'frames.sqlite');
}

/** Runs verify and expects it to fail as it must: a report on stdout, a message, exit 1, no stack trace. */
async function failing(workspace: string): Promise<Report> {
  const [program, person] = await Promise.all([
    frames('verify', '--workspace', workspace, '--json'),
    frames('verify', '--workspace', workspace),
  ]);
  expect(program.code).toBe(1);
  expect(person.code).toBe(1);
  expect(person.stderr).toMatch(/^frames: The workspace did not pass: .+\n$/);
  for (const said of [program.stderr, person.stderr, person.stdout])
    expect(said).not.toMatch(/ at .+:\d+:\d+|SELECT/);
  const { error } = JSON.parse(program.stderr) as { error: { code: string } };
  expect(error.code).toBe('NOT_VERIFIED');
  const report = JSON.parse(program.stdout) as Report;
  expect(report.ok).toBe(false);
  expect(report.problems.length).toBeGreaterThan(0);
  return report;
}

describe('frames verify', () => {
  test('says that a workspace is whole, with its counts, and changes nothing', async () => {
    const report = await json<Report>('verify', '--workspace', 'good');
    expect(report).toMatchObject({
      ok: true,
      integrity: { ok: true },
      chain: { ok: true, transactions: 2 },
      replay: { ok: true },
      counts: { universities: 8, teams: 64 },
      problems: [],
    });
    const { code, stdout } = await frames('verify', '--workspace', 'good');
    expect(code).toBe(0);
    expect(stdout).toContain('The workspace is whole: 8 universities');
  });

  test('says when there is no head to compare with', async () => {
    copy('headless');
    rmSync(join(at('headless'), 'head.json'));
    const report = await json<Report>('verify', '--workspace', 'headless');
    expect(report).toMatchObject({ ok: true, chain: { ok: true, kept: false } });
    expect((await frames('verify', '--workspace', 'headless')).stdout).toContain('No head is kept');
    expect((await frames('verify', '--workspace', 'good')).stdout).not.toContain('No head is kept');
  });

  test('fails for a folder that is missing or empty, or a path that is a file, and makes nothing', async () => {
    mkdirSync(at('hollow'));
    writeFileSync(at('a-file'), 'text');
    for (const name of ['missing', 'hollow', 'a-file'])
      expect((await failing(name)).problems[0]).toContain('missing');
    expect(readdirSync(at('hollow'))).toEqual([]);
    expect(statSync(at('missing'), { throwIfNoEntry: false })).toBeUndefined();
  });

  test('fails for a file that is empty, no database, or of another program', async () => {
    for (const name of ['empty', 'text', 'foreign']) mkdirSync(at(name));
    writeFileSync(join(at('empty'), 'frames.sqlite'), '');
    writeFileSync(join(at('text'), 'frames.sqlite'), 'this is no database, however long it is '.repeat(100));
    const foreign = new Database(join(at('foreign'), 'frames.sqlite'));
    foreign.exec('CREATE TABLE cats (name TEXT)');
    foreign.close();
    expect((await failing('empty')).problems[0]).toContain('empty');
    expect((await failing('text')).problems[0]).toContain('not a database');
    expect((await failing('foreign')).problems[0]).toContain('another program');
  });

  test('fails for a file that was cut off anywhere', async () => {
    const size = statSync(join(at('good'), 'frames.sqlite')).size;
    for (const [index, share] of [0.02, 0.5, 0.95].entries()) {
      const file = copy(`cut-${index}`);
      for (const beside of ['-wal', '-shm']) writeFileSync(`${file}${beside}`, '');
      truncateSync(file, Math.floor(size * share));
      expect((await failing(`cut-${index}`)).integrity.ok).toBe(false);
    }
  });

  test('fails for a record that was changed past the audit', async () => {
    const db = new Database(copy('tampered'));
    db.exec(`UPDATE teams SET payload = json_set(payload, '$.size', 99) WHERE id = 'team_summit-structures'`);
    db.close();
    const report = await failing('tampered');
    expect(report).toMatchObject({ chain: { ok: true }, replay: { ok: false } });
    expect(report.replay.problems.join(' ')).toContain('team_summit-structures');
  });

  test('fails for an audit row that was edited', async () => {
    const db = new Database(copy('edited'));
    db.exec(`UPDATE audit_logs SET payload_after = '{"name": "Nobody"}' WHERE id = 5`);
    db.close();
    expect(await failing('edited')).toMatchObject({ chain: { ok: false } });
  });

  test('fails for a file of a newer version', async () => {
    const db = new Database(copy('newer'));
    db.pragma('user_version = 9999');
    db.close();
    expect((await failing('newer')).problems[0]).toContain('newer version');
  });

  test('fails for a file that was put back to an older state', async () => {
    copy('older');
    await json('entities', 'create', 'team', '--workspace', 'good', '--data', '{"name": "Later"}');
    copyFileSync(join(at('good'), 'head.json'), join(at('older'), 'head.json'));
    expect(await failing('older')).toMatchObject({ chain: { ok: false }, replay: { ok: true } });
  });
});

test('verifying leaves nothing beside a closed workspace or sandbox, nor beside a damaged one', async () => {
  copy('closed');
  const w = ['--workspace', 'closed'] as const;
  await json('sandbox', 'create', 'Play', ...w);
  const beside = (): string[] =>
    readdirSync(at('closed'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.sqlite-(wal|shm|journal)$/.test(name),
    );
  expect(beside()).toEqual([]);
  await json('verify', ...w);
  await json('verify', ...w, '--sandbox', 'Play');
  expect(beside()).toEqual([]);
  const db = new Database(at('closed/frames.sqlite'));
  db.exec(`UPDATE teams SET payload = json_set(payload, '$.name', 'Forged')`);
  db.close();
  expect((await frames('verify', ...w)).code).toBe(1);
  expect(beside()).toEqual([]);
});
