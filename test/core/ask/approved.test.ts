import { describe, expect, it } from 'vitest';
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

  it.each(['DELETE FROM teams', 'SELECT nme FROM teams'])(
    'is refused if its statement does not run: %s',
    async (bad) => {
      const client = (await testWorkspace()).as();
      await expect(client.ask.approve({ question: 'Q', sql: bad })).rejects.toMatchObject({ code: 'SQL' });
      expect((await client.ask.approvedQuestions({})).questions).toEqual([]);
    },
  );

  it('is refused if it is too long to be kept', async () => {
    const client = (await testWorkspace()).as();
    await expect(
      client.ask.approve({ question: 'Q', sql: `SELECT '${'x'.repeat(9000)}'` }),
    ).rejects.toMatchObject({
      code: 'INVALID',
      data: { issues: [{ path: 'sql' }] },
    });
  });
});
