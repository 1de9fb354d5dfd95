import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { answerSql } from '#core/ask/answer-sql.ts';
import { refused } from '#test/support/refusal.ts';
import { sampleTemplate } from '#test/support/sample.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import { hostileStatements } from '../../ask/hostile-statements.ts';
import { runHostile } from '../../ask/run-hostile.ts';

const sample = await sampleTemplate();

describe('ask.run', () => {
  it('answers with rows, the records behind them, a chart and a sentence, or with the reason of a refusal', async () => {
    const client = (await testWorkspace({ template: sample })).as();
    const run = async (sql: string) => resultOf(await client.ask.run({ sql }));
    const why = async (sql: string) => (await refused('SQL', run(sql))).data;
    const counted = await run('SELECT discipline, count(*) AS teams FROM teams GROUP BY 1 ORDER BY 1');
    expect(counted).toMatchObject({
      columns: [{ name: 'discipline' }, { name: 'teams' }],
      chart: { kind: 'bar', label: 0, value: 1 },
      truncated: false,
      tables: ['teams'],
      sentence: `${counted.rows.length} rows from teams.`,
    });
    const teams = await run("SELECT id, name, university_id FROM teams WHERE id = 'team_summit-structures'");
    expect(teams).toMatchObject({
      rows: [['team_summit-structures', 'Structures', 'univ_summit']],
      records: [
        [
          { id: 'team_summit-structures', type: 'team', title: 'Structures' },
          { id: 'univ_summit', type: 'university', title: 'Summit State' },
        ],
      ],
      chart: null,
    });
    const links = await run("SELECT id AS link FROM interfaces WHERE id = 'link_00001'");
    expect(links.records).toEqual([
      [{ id: 'link_00001', type: 'interface', title: 'Ground systems → Mission operations' }],
    ]);
    expect((await run('SELECT count(*) FROM students')).sentence).toBe('The value from students is 248.');
    expect((await run('SELECT * FROM teams WHERE 0')).sentence).toBe('Nothing found from teams.');
    // At most 1,000 rows and 1 MB.
    const many = await run('SELECT a.id FROM students a, students b');
    expect(many.rows).toHaveLength(1000);
    expect(many).toMatchObject({
      truncated: true,
      sentence: 'The first 1000 rows from students; there are more.',
    });
    const long = await run("SELECT printf('%.300000c', 'x') FROM students");
    expect(long).toMatchObject({ truncated: true });
    expect(long.rows).toHaveLength(3);
    const values = await run("SELECT 9223372036854775807, 9007199254740991, 0.5, x'00ff', NULL, 1e999");
    expect(values.rows).toEqual([
      ['9223372036854775807', 9007199254740991, 0.5, "x'00ff'", null, 'Infinity'],
    ]);
    expect(await why('SELECT sqlite_version()')).toEqual({
      reason: 'not_allowed',
      what: 'sqlite_version()',
      limit: null,
    });
    expect(await why('DELETE FROM teams')).toMatchObject({ reason: 'not_allowed', what: 'DELETE' });
    expect(await why('SELECT x FROM teams')).toMatchObject({ reason: 'syntax', what: 'no such column: x' });
    expect(await why('')).toMatchObject({ reason: 'empty' });
  });

  it('ends the process when the call is cancelled', async () => {
    const { core } = await testWorkspace({ template: sample });
    await answerSql(core.services, 'SELECT 1');
    const controller = new AbortController();
    const reason = new Error('cancelled');
    setTimeout(() => controller.abort(reason), 100);
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n';
    await expect(answerSql(core.services, endless, controller.signal)).rejects.toBe(reason);
  });
});

/** `npm run test:ask-hostile` runs all of them. */
const dozen = hostileStatements.filter(
  ({ sql }) =>
    [
      "ATTACH 'FILE' AS other",
      "VACUUM INTO 'FILE'",
      'PRAGMA journal_mode = WAL',
      "SELECT count(*) FROM pragma_table_info('teams')",
      'SELECT sql FROM sqlite_schema',
      "UPDATE teams SET name = 'x'",
      "SELECT load_extension('FILE')",
      'SELECT * FROM audit_logs',
      "SELECT printf('%.1000000000c', 'x')",
      'SELECT 1; DELETE FROM teams',
      'SELECT 1\0; DELETE FROM teams',
    ].includes(sql) ||
    sql.includes('json_group_object') ||
    sql.includes('s(i, t)'),
);

/** Milliseconds, on a machine that runs other tests besides. */
const ended = 20_000;

it('hostile statements do no harm', async () => {
  const workspace = await testWorkspace({ template: sample });
  const temporary = mkdtempSync(join(tmpdir(), 'frames-hostile-'));
  await answerSql(workspace.core.services, 'SELECT 1');
  vi.stubEnv('TMPDIR', temporary);
  expect(dozen).toHaveLength(13);
  for (const statement of dozen) {
    const { problems } = await runHostile(workspace.core.services, temporary, statement, ended);
    expect(problems, statement.sql).toEqual([]);
  }
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true });
});
