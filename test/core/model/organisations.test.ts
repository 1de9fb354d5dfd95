import { expect, test } from 'vitest';
import type { EntityType } from '#shared/domain/types.ts';
import { expectSound } from '#test/support/invariants.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';

/** Two teams of a university whose links meet at `partner`, a record of the given type. */
async function partnership(type: EntityType): Promise<{ workspace: TestWorkspace; client: Client }> {
  const workspace = await testWorkspace();
  const client = workspace.as();
  const make = (kind: EntityType, id: string, data: Record<string, string | number>): Promise<unknown> =>
    client.entities.create({ type: kind, id, data: kind === 'interface' ? data : { name: id, ...data } });
  await make('university', 'uni', {});
  await make(type, 'partner', { university_id: 'uni', importance: 'high' });
  await make('team', 'radio', { university_id: 'uni' });
  await make('team', 'power', { university_id: 'uni' });
  await make('student', 'ada', { university_id: 'uni', team_id: 'radio', terms_remaining: 1 });
  await make('student', 'bo', { university_id: 'uni', team_id: 'power', terms_remaining: 6 });
  await make('interface', 'radio-partner', { from: 'radio', to: 'partner', energy_loss: 10 });
  await make('interface', 'partner-power', { from: 'partner', to: 'power', energy_loss: 20 });
  return { workspace, client };
}

const linksOf = async (client: Client): Promise<string[]> =>
  (await client.entities.list({ type: 'interface' })).rows.map(({ id }) => id).toSorted();

test('a deleted organisation hides its links, and so does its university; restoring shows them again', async () => {
  const { workspace, client } = await partnership('organisation');
  const links = ['partner-power', 'radio-partner'];
  for (const [type, id] of [
    ['organisation', 'partner'],
    ['university', 'uni'],
  ] as const) {
    await client.entities.remove({ type, id, with_contents: type === 'university' });
    expect(await linksOf(client)).toEqual([]);
    await client.entities.restore({ type, id });
    expect(await linksOf(client)).toEqual(links);
  }
  workspace.raw(expectSound);
});

test('an organisation passes knowledge on as a project does, and is never one of those who leave', async () => {
  const answers = [];
  for (const type of ['project', 'organisation'] as const) {
    const { client } = await partnership(type);
    const { items } = await resultOf(
      client.analysis.insights({ question: 'leavers', who: 'all', quick: true }),
    );
    answers.push(items.map(({ id, value }) => ({ id, value })));
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[1]?.map(({ id }) => id)).not.toContain('partner');
});

test('the network draws organisations with their links', async () => {
  const { client } = await partnership('organisation');
  const { nodes, edges } = await client.network.graph({ types: ['team', 'organisation'] });
  expect(nodes.id.toSorted()).toEqual(['partner', 'power', 'radio']);
  expect(edges.id.toSorted()).toEqual(['partner-power', 'radio-partner']);
});
