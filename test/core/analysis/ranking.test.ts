import { expect, test } from 'vitest';
import type { Answer } from '#shared/contract/analysis.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

/** Two teams with a link; Lena alone knows about guidance. */
const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  await ada.workspace.createProfile({ name: 'Rea', role: 'researcher' });
  for (const id of ['radio', 'power']) await ada.entities.create({ type: 'team', id, data: { name: id } });
  await ada.entities.create({
    type: 'student',
    id: 'lena',
    data: { name: 'Lena', team_id: 'radio', expertise_area: 'guidance', terms_remaining: 3 },
  });
  await ada.entities.create({
    type: 'interface',
    data: { from: 'radio', to: 'power', bond_type: 'codified-strong', energy_loss: 5 },
  });
});

const ask = async (client: Client, asked: Parameters<Client['analysis']['insights']>[0]): Promise<Answer> =>
  resultOf(await client.analysis.insights({ quick: true, ...asked }));
const typesOf = ({ items }: Answer): unknown[] =>
  [...new Set(items.map(({ type }) => type ?? ''))].sort((a, b) => (a < b ? -1 : 1));

test('rankings name teams until an admin allows people', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  expect(await ada.analysis.ranking({})).toEqual({ people: false });
  expect(typesOf(await ask(ada, { question: 'leavers' }))).toEqual(['team']);
  expect(typesOf(await ask(ada, { question: 'leavers', who: 'people' }))).toEqual(['student']);
  await expect(workspace.as('Rea').analysis.setRanking({ people: true })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    data: { rule: 'ranking_needs_admin' },
  });
  expect((await ada.analysis.setRanking({ people: true })).op_id).not.toBeNull();
  expect((await ada.analysis.setRanking({ people: true })).op_id).toBeNull();
  expect(typesOf(await ask(ada, { question: 'leavers' }))).toEqual(['student', 'team']);
  expect(await ada.history.undo({})).toMatchObject({ label: 'analysis.ranking' });
  expect(await ada.analysis.ranking({})).toEqual({ people: false });
});

test('expertise names the team of the person unless people may be ranked', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const [team] = (await ask(ada, { question: 'expertise' })).items;
  expect(team).toMatchObject({ id: 'radio', type: 'team', because: { params: { area: 'guidance' } } });
  expect(team?.records.map(({ type }) => type)).not.toContain('student');
  await ada.analysis.setRanking({ people: true });
  expect((await ask(ada, { question: 'expertise' })).items[0]).toMatchObject({ id: 'lena', type: 'student' });
});

test('a sandbox has a copy of the setting, which is changed in live alone', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.as().analysis.setRanking({ people: true });
  const play = clientOf(await openSandbox(workspace, (await take(workspace.as(), 'Play')).id));
  expect(await play.analysis.ranking({})).toEqual({ people: true });
  await expect(play.analysis.setRanking({ people: false })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
