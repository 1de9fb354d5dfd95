import { expect, test } from 'vitest';
import type { Answer, Question } from '#shared/contract/analysis.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

/** Two teams with two equal links. */
const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  for (const id of ['radio', 'camera']) {
    await entities.create({ type: 'team', id, data: { name: id } });
    await entities.create({
      type: 'student',
      data: { name: `${id} member`, team_id: id, terms_remaining: 6 },
    });
  }
  for (const [id, description] of [
    ['one', null],
    ['two', 'Frame formats'],
  ] as const)
    await entities.create({
      type: 'interface',
      id,
      data: {
        from: 'radio',
        to: 'camera',
        bond_type: 'institutional-weak',
        energy_loss: 40,
        ...(description && { description }),
      },
    });
});

const ask = async (client: Client, question: Question, more: object = {}): Promise<Answer['items']> => {
  const input = { question, who: 'all', quick: true, ...more } as const;
  const { items }: Answer = await resultOf(await client.analysis.insights(input));
  return items
    .filter(({ type }) => type === 'interface')
    .toSorted((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
};

test('equal parallel links are one item', async () => {
  const items = await ask((await testWorkspace({ template })).as(), 'undocumented');
  expect(items).toMatchObject([
    { ids: ['one', 'two'], alike: 2, title: 'radio → camera', about: 'Frame formats' },
  ]);
  expect(items[0]?.value).toBeGreaterThan(0);
});

test('parallel links are told apart by their descriptions', async () => {
  const client = (await testWorkspace({ template })).as();
  const expected = [
    ['one', 'radio → camera', undefined],
    ['two', 'radio → camera', 'Frame formats'],
  ];
  const aboutOf = (items: Answer['items']): unknown =>
    items.map(({ id, title, about }) => [id, title, about]);
  await client.entities.update({ type: 'interface', id: 'two', data: { energy_loss: 45 } });
  expect(aboutOf(await ask(client, 'weak'))).toEqual(expected);
  for (const id of ['one', 'two'])
    await client.entities.update({ type: 'interface', id, data: { energy_loss: 60 } });
  const changes = await ask(client, 'changes', { since: '2001-01-01T00:00:00.000Z' });
  expect(aboutOf(changes)).toEqual(expected);
});
