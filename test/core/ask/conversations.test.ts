import { describe, expect, it } from 'vitest';
import { openSandbox, take } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';

const turn = (question: string) => ({
  question,
  by: 'builtin' as const,
  sql: `SELECT '${question}'`,
  sentence: 'One row.',
});

describe('conversations', () => {
  it('are stored, searched, exported and deleted outside of the history', async () => {
    const workspace = await testWorkspace();
    const client = workspace.as();
    const project = await client.entities.create({ type: 'project', data: { name: 'Beacon' } });
    const { id } = await client.ask.addTurn({
      conversation: null,
      project: project.record.id,
      turn: turn('Which téams?'),
    });
    await client.ask.addTurn({ conversation: id, turn: turn('And their `heads`?') });
    // Another answer to the same question.
    const last = { ...turn('And their `heads`?'), by: 'person' as const };
    await client.ask.addTurn({ conversation: id, turn: last });
    await client.ask.addTurn({ conversation: null, turn: turn('Something else') });
    const undo = await client.history.nextSteps({});

    const found = await client.ask.conversations({ text: 'TEAMS' });
    expect(found.conversations).toMatchObject([
      { id, title: 'Which téams?', count: 2, project: { title: 'Beacon' } },
    ]);
    const ofProject = await client.ask.conversations({ project: project.record.id });
    expect(ofProject.conversations.map((one) => one.id)).toEqual([id]);
    expect((await client.ask.conversations({})).conversations).toHaveLength(2);

    const { text, name } = await client.ask.exportConversation({ id });
    expect(name).toBe('Which téams.md');
    expect(text).toContain('# Which téams?\n');
    expect(text).toContain("```sql\nSELECT 'And their `heads`?'\n```");

    await client.ask.deleteConversation({ id });
    await expect(client.ask.readConversation({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(client.ask.addTurn({ conversation: id, turn: turn('Lost') })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await client.history.nextSteps({})).toEqual(undo);
  });

  it('are those of live in a sandbox too', async () => {
    const workspace = await testWorkspace();
    await workspace.as().ask.addTurn({ conversation: null, turn: turn('Before') });
    const { id } = await take(workspace.as(), 'S');
    const sandbox = await openSandbox(workspace, id);
    expect(sandbox.services.read.get('SELECT count(*) AS n FROM conversations')).toEqual({ n: 0 });
    await sandbox.close();
  });

  it('that name an erased person are deleted', async () => {
    const workspace = await testWorkspace();
    const client = workspace.as();
    const { record } = await client.entities.create({ type: 'student', data: { name: 'Quirin Zabel' } });
    await client.ask.addTurn({ conversation: null, turn: turn('Teams of Quirin Zabel') });
    await client.ask.addTurn({ conversation: null, turn: turn('Others') });
    for await (const _ of await client.people.erase({ person: record.id })) continue;
    const { conversations } = await client.ask.conversations({});
    expect(conversations.map(({ title }) => title)).toEqual(['Others']);
  });
});
