import { expect, test } from 'vitest';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

/** Two universities with a team each; of the people who know optics one has left, and a professor carries a link by name. */
const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  for (const id of ['north', 'south']) await entities.create({ type: 'university', id, data: { name: id } });
  const team = (id: string, university_id: string) =>
    entities.create({ type: 'team', id, data: { name: id, university_id } });
  await team('radio', 'south');
  await team('camera', 'north');
  const student = (id: string, team_id: string, data: object) =>
    entities.create({ type: 'student', id, data: { name: id, team_id, ...data } });
  await student('ada', 'camera', { university_id: 'north', expertise_area: 'Optics', terms_remaining: 1 });
  await student('bo', 'camera', {
    university_id: 'north',
    expertise_area: 'Thermal  control',
    terms_remaining: 4,
    is_lead: true,
  });
  await student('cy', 'radio', { university_id: 'south', expertise_area: ' thermal control' });
  await student('di', 'radio', { university_id: 'south', expertise_area: 'optics', active: false });
  await student('eli', 'radio', { university_id: 'south' });
  for (const id of ['halvorsen', 'idle'])
    await entities.create({ type: 'faculty', id, data: { name: id, university_id: 'south' } });
  await entities.create({
    type: 'interface',
    id: 'link',
    data: { from: 'radio', to: 'camera', bond_type: 'codified-strong', bearers: ['bo', 'halvorsen', 'di'] },
  });
});

const areasOf = async (client: Client, asked: object = {}): Promise<Record<string, string[]>> => {
  const { areas, people } = await client.analysis.expertise(asked);
  return Object.fromEntries(
    areas.map(({ name, people: count }, at) => [
      `${name} ${count}`,
      people.filter((person) => person.areas.includes(at)).map(({ id }) => id),
    ]),
  );
};

test('areas list who states them: two spellings are one, and students who left do not count', async () => {
  const client = (await testWorkspace({ template })).as();
  expect(Object.entries(await areasOf(client))).toEqual([
    ['Optics 1', ['ada']],
    ['Thermal  control 2', ['bo', 'cy']],
  ]);
  const { people, matched } = await client.analysis.expertise({});
  expect(matched).toBe(5);
  expect(people).toEqual([
    expect.objectContaining({
      id: 'ada',
      team: { id: 'camera', title: 'camera' },
      terms: 1,
      lead: false,
      links: 0,
    }),
    expect.objectContaining({ id: 'bo', terms: 4, lead: true, links: 1 }),
    expect.objectContaining({ id: 'cy', areas: [1] }),
    expect.objectContaining({ id: 'eli', areas: [] }),
    expect.objectContaining({ id: 'halvorsen', type: 'faculty', team: null, areas: [], links: 1 }),
  ]);
});

test('a second or returning holder makes an area shared', async () => {
  const client = (await testWorkspace({ template })).as();
  await client.entities.update({ type: 'student', id: 'eli', data: { expertise_area: 'ÓPTICS' } });
  expect(Object.keys(await areasOf(client))).toEqual(['Optics 2', 'Thermal  control 2']);
  await client.entities.update({ type: 'student', id: 'di', data: { active: true } });
  expect(Object.keys(await areasOf(client))).toEqual(['Optics 3', 'Thermal  control 2']);
  await client.entities.remove({ type: 'student', id: 'cy' });
  expect(Object.keys(await areasOf(client))).toEqual(['Thermal  control 1', 'Optics 3']);
});

test('a university narrows the people, while an area counts everybody; above the limit rare areas stay', async () => {
  const client = (await testWorkspace({ template })).as();
  expect(await areasOf(client, { university: 'south' })).toEqual({ 'Thermal  control 2': ['cy'] });
  await expect(client.analysis.expertise({ university: 'none' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(await areasOf(client, { limit: 1 })).toEqual({ 'Optics 1': ['ada'] });
  expect((await client.analysis.expertise({ limit: 1 })).matched).toBe(5);
});

test('the areas of one person are those that the question about expertise finds', async () => {
  const client = (await testWorkspace({ template })).as();
  await client.entities.update({ type: 'interface', id: 'link', data: { bearers: ['ada', 'bo'] } });
  const { items } = await resultOf(await client.analysis.insights({ question: 'expertise', quick: true }));
  expect(items.map(({ areas }) => areas)).toEqual([['Optics']]);
});
