import { describe, expect, it } from 'vitest';
import { refused } from '#test/support/refusal.ts';
import { testWorkspace } from '#test/support/workspace.ts';

const sql = 'SELECT id, name FROM teams';

describe('an approved question', () => {
  it('is answered as approved, however its words are filled up, and removed as a view', async () => {
    const client = (await testWorkspace()).as();
    const { question, replaced } = await client.ask.approve({ question: 'Who keeps the bees?', sql });
    expect(replaced).toBe(false);
    for (const asked of ['Who keeps the bees?', 'who keeps bees', '  WHO keeps the BEES  ']) {
      const proposal = await client.ask.propose({ question: asked });
      expect(proposal, asked).toMatchObject({ by: 'approved', way: { kind: 'sql', sql } });
    }
    expect(await client.ask.propose({ question: 'Who keeps the wasps?' })).toMatchObject({ by: 'search' });
    await client.views.remove({ id: question.id });
    expect(await client.ask.propose({ question: 'Who keeps the bees?' })).toMatchObject({ by: 'search' });
  });

  it('takes precedence over the rules; a correction replaces it and can be undone', async () => {
    const client = (await testWorkspace()).as();
    const question = 'software teams';
    expect(await client.ask.propose({ question })).toMatchObject({ by: 'builtin' });
    await client.ask.approve({ question, sql });
    const better = `${sql} WHERE discipline = 'software' AND size > 3`;
    const { replaced, op_id } = await client.ask.approve({ question: 'Software teams?', sql: better });
    expect({ replaced, op_id }).toEqual({ replaced: true, op_id: expect.any(String) as string });
    const { questions } = await client.ask.approvedQuestions({});
    expect(questions.map((one) => one.sql)).toEqual([better]);
    expect(await client.ask.propose({ question })).toMatchObject({ by: 'approved', way: { sql: better } });
    await client.history.undo({});
    expect(await client.ask.propose({ question })).toMatchObject({ by: 'approved', way: { sql } });
    expect((await client.ask.approve({ question, sql })).op_id).toBeNull();
  });

  it('is refused if its statement does not run, or is too long to be kept', async () => {
    const client = (await testWorkspace()).as();
    const approve = (statement: string) => client.ask.approve({ question: 'Q', sql: statement });
    for (const bad of ['DELETE FROM teams', 'SELECT nme FROM teams']) await refused('SQL', approve(bad));
    const { data } = await refused('INVALID', approve(`SELECT '${'x'.repeat(9000)}'`));
    expect(data).toMatchObject({ issues: [{ path: 'sql' }] });
    expect((await client.ask.approvedQuestions({})).questions).toEqual([]);
  });
});
