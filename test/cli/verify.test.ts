import { appendFileSync, cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Verification } from '#shared/contract/workspace.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();
type Report = Verification & { problems: string[] };

beforeAll(async () => {
  await seed('good');
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
  expect(person.stderr).toMatch(/^frames: The workspace has problems: .+\n$/);
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
  test('reports an intact workspace with its counts, and changes nothing', async () => {
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
    expect(stdout).toContain('The workspace is intact: 8 universities');
  });

  test('fails for a record that was changed past the audit', async () => {
    const db = new Database(copy('tampered'));
    db.exec(`UPDATE teams SET payload = json_set(payload, '$.size', 99) WHERE id = 'team_summit-structures'`);
    db.close();
    const report = await failing('tampered');
    expect(report).toMatchObject({ chain: { ok: true }, replay: { ok: false } });
    expect(JSON.stringify(report.replay.problems)).toContain('team_summit-structures');
  });
});

test('an altered or unreadable head.json is named with a way that works', async () => {
  const workspace = ['--workspace', 'head'] as const;
  copy('head');
  const file = at('head/head.json');
  const text = readFileSync(file, 'utf8');
  for (const altered of [`${text} `, '{']) {
    writeFileSync(file, altered);
    const { code, stdout, stderr } = await frames('verify', ...workspace);
    expect(code).toBe(1);
    expect(stdout).toContain('head.json');
    expect(stdout).not.toContain('No latest entry');
    expect(stderr).not.toContain('references');
    expect(stderr).toContain('"frames profiles list"');
    expect(readFileSync(file, 'utf8')).toBe(altered);
    expect((await frames('health', ...workspace)).stdout).toMatch(/^! .*head\.json/m);
    await json('profiles list', ...workspace);
    expect((await frames('verify', ...workspace)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(text);
  }
});

test('an older file beside an altered head.json is accepted only on request', async () => {
  const workspace = ['--workspace', 'older'] as const;
  const live = copy('older');
  const old = readFileSync(live);
  await json('entities create team', '--data', '{"name":"Late"}', ...workspace);
  appendFileSync(at('older/head.json'), ' ');
  writeFileSync(live, old);
  const { error } = await refused('entities create team', '--data', '{"name":"Later"}', ...workspace);
  expect(error).toMatchObject({ code: 'WORKSPACE', details: { reason: 'behind' } });
  expect(error.message).toContain('head.json');
  expect((await frames('verify', ...workspace)).code).toBe(1);
  expect((await frames('accept', ...workspace, '--yes')).stdout).toMatch(/^Accepted the file\. Backup/m);
  expect((await frames('verify', ...workspace)).code).toBe(0);
});

test('verifying leaves no files behind next to a closed or damaged workspace or sandbox', async () => {
  copy('closed');
  const w = ['--workspace', 'closed'] as const;
  await json('sandbox create', 'Play', ...w);
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

test('a folder without a workspace is an error, not a report', async () => {
  const { code, stdout, error } = await refused('verify', '--workspace', 'nowhere');
  expect([code, stdout]).toEqual([1, '']);
  expect(error).toMatchObject({ code: 'WORKSPACE', details: { reason: 'missing' } });
});
