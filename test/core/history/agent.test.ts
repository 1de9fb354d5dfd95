import { expect, test } from 'vitest';
import { testWorkspace, verified } from '#test/support/workspace.ts';

test('the log names the agent with its person, and a person who undoes the change alone', async () => {
  const { core } = await testWorkspace();
  const session = core.session();
  const [person, agent] = [core.client(session), core.client({ ...session, agent: 'Claude' })];
  await agent.entities.create({ type: 'university', id: 'uni_1', data: { name: 'Summit' } });
  const { actor } = (await agent.history.list({ limit: 1 })).rows[0] ?? {};
  expect(actor).toEqual({ id: session.profile, name: actor?.name, agent: 'Claude' });
  // To undo, the person counts: the change is theirs.
  await person.history.undo({});
  const { rows } = await person.history.list({ limit: 2 });
  expect(rows.map((row) => row.actor.agent)).toEqual([undefined, 'Claude']);
  expect((await person.history.steps({})).redo[0]?.actor.agent).toBeUndefined();
  expect(await verified(person)).toMatchObject({ ok: true });
});
