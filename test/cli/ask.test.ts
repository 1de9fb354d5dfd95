import { beforeAll, describe, expect, test } from 'vitest';
import { inFolder } from './frames.ts';

const { frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;

beforeAll(async () => {
  await seed();
});

describe('frames ask', () => {
  test('shows how a question was understood, the SQL and the rows', async () => {
    const { stdout } = await frames('ask', 'software teams at Summit', ...w);
    expect(stdout).toContain('Teams: discipline is software, university is “Summit State”.');
    expect(stdout).toContain("WHERE discipline = 'software'");
    expect(stdout).toContain('team_summit-flight-software');
    expect(stdout).toContain('1 row from teams.');
  });

  test('gives the proposal and the answer as JSON', async () => {
    expect(await json('ask', 'How many teams at Summit?', ...w)).toMatchObject({
      proposal: { by: 'builtin', way: { kind: 'sql' } },
      answer: { rows: [[12]], truncated: false },
    });
    const insight = await json<{ answer: { items: unknown[] } }>('ask', 'What is undocumented?', ...w);
    expect(insight).toMatchObject({
      proposal: { way: { kind: 'insight', input: { question: 'undocumented' } } },
      answer: { question: 'undocumented' },
    });
    expect(insight.answer.items.length).toBeGreaterThan(0);
    expect(await json('ask', 'mission operations drawings', ...w)).toMatchObject({
      proposal: { by: 'search' },
      answer: { hits: [] },
    });
  });

  test('only previews', async () => {
    const result = await json('ask', 'software teams', '--dry-run', ...w);
    expect(result).toMatchObject({ proposal: { way: { kind: 'sql' } }, answer: null });
  });

  test('runs SQL, prints CSV, and documents the tables', async () => {
    const sql = 'SELECT discipline, count(*) AS teams FROM teams GROUP BY 1 ORDER BY 1 LIMIT 2';
    const { stdout } = await frames('ask', sql, '--sql', '--csv', ...w);
    expect(stdout).toBe('discipline,teams\r\ncommunications,8\r\nelectrical,4\r\n');
    const { tables } = await json<{ tables: { name: string }[] }>('ask', '--schema', ...w);
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['teams', 'people', 'interface_bearers']),
    );
  });

  test('names the reason of a refusal', async () => {
    const { code, error } = await refused('ask', 'DELETE FROM teams', '--sql', ...w);
    expect({ code, error }).toMatchObject({
      code: 1,
      error: { code: 'SQL', details: { reason: 'not_allowed', what: 'DELETE' } },
    });
    expect((await refused('ask', ...w)).code).toBe(2);
    expect((await refused('ask', 'What is undocumented?', '--csv', ...w)).code).toBe(2);
  });
});
