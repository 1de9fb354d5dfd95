import { expect, test } from 'vitest';
import type { Answer, Insight, Question } from '#shared/contract/analysis.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

/** Three teams around a faculty member; one student of each of two teams has an area of expertise alone. */
const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  await ada.entities.create({ type: 'university', id: 'uni-a', data: { name: 'Alpine' } });
  await ada.entities.create({ type: 'university', id: 'uni-b', data: { name: 'Bay' } });
  await ada.workspace.createProfile({ name: 'Edi', role: 'editor', university_id: 'uni-b' });
  await ada.workspace.createProfile({ name: 'Vic', role: 'viewer' });
  const make = (type: 'team' | 'faculty' | 'student', id: string, data: object = {}): Promise<unknown> =>
    ada.entities.create({ type, id, data: { name: id, university_id: 'uni-a', ...data } });
  for (const id of ['radio', 'power', 'camera']) await make('team', id);
  await make('faculty', 'halvorsen');
  for (const [id, team_id, expertise_area] of [
    ['lena', 'radio', 'Guidance, general'],
    ['omar', 'radio', 'Antennas'],
    ['tess', 'power', 'Cells'],
  ] as const)
    await make('student', id, { team_id, expertise_area, terms_remaining: 1 });
  for (const [id, to, energy_loss] of [
    ['one', 'radio', 5],
    ['two', 'power', 35],
    ['three', 'camera', 15],
  ] as const)
    await ada.entities.create({
      type: 'interface',
      id,
      data: { from: 'halvorsen', to, bond_type: 'institutional-weak', energy_loss },
    });
  await ada.entities.create({
    type: 'interface',
    id: 'own',
    data: { from: 'lena', to: 'camera', energy_loss: 20 },
  });
});

const ask = async (client: Client, question: Question, quick = true): Promise<Answer> =>
  resultOf(await client.analysis.insights({ question, quick }));
const percent = (share: number): number => Math.round(1000 * share) / 10;

/** The ids and areas that a repair of the item keeps. */
const subjectsOf = ({ id, ids = [], because: { params } }: Insight, question: Question): string[] => [
  ...(id === undefined ? ids : [id]),
  ...(question === 'expertise' ? [String(params['area'])] : []),
];

async function plan(client: Client, question: Question, item: Insight): Promise<string> {
  const { record } = await client.entities.create({
    type: 'repair',
    data: {
      name: item.interventions[0]?.title ?? 'Repair',
      university_id: 'uni-a',
      question,
      subjects: subjectsOf(item, question),
      steps: [],
      value_before: percent(item.value),
    },
  });
  return record.id;
}

const done = async (client: Client, id: string) => resultOf(await client.repairs.markDone({ id }));

test.each(['leaving', 'leavers', 'weak', 'undocumented', 'expertise', 'degrading'] as const)(
  'a repair is measured as the answer to %s has its item',
  async (question) => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const { items } = await ask(ada, question);
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) {
      const id = await plan(ada, question, item);
      const { record, measured, op_id } = await done(ada, id);
      expect(measured).toEqual({ value: percent(item.value), gap: null, university: 'uni-a' });
      expect(record.payload['value_after']).toBe(percent(item.value));
      expect(record.payload['done_on']).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(op_id).not.toBeNull();
    }
    expect((await workspace.verify()).ok).toBe(true);
  },
);

test('interchangeable members are measured as any one of them, even after one has left', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.analysis.setRanking({ people: true });
  for (const id of ['kai', 'mia'])
    await ada.entities.create({ type: 'student', id, data: { name: id, team_id: 'camera' } });
  const isGroup = ({ ids = [] }: Insight): boolean => ids.includes('kai') && ids.includes('mia');
  const group = (await ask(ada, 'leavers')).items.find(isGroup);
  const id = await plan(ada, 'leavers', group as Insight);
  expect((await resultOf(await ada.repairs.measure({ id }))).value).toBe(percent(group?.value ?? 0));
  await ada.entities.update({ type: 'student', id: 'kai', data: { active: false } });
  const alone = (await ask(ada, 'leavers')).items.find((item) => item.id === 'mia');
  expect((await resultOf(await ada.repairs.measure({ id }))).value).toBe(percent(alone?.value ?? 0));
});

test('the measurement follows the records', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const [weakest] = (await ask(ada, 'weak')).items;
  const id = await plan(ada, 'weak', weakest as Insight);
  await ada.entities.update({
    type: 'interface',
    id: weakest?.id ?? '',
    data: { bond_type: 'codified-strong', energy_loss: 5 },
  });
  expect(await resultOf(await ada.repairs.measure({ id }))).toMatchObject({ value: 0, gap: null });
  expect((await done(ada, id)).record.payload['value_after']).toBe(0);
});

test('one undo takes back the day and the value', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const [first] = (await ask(ada, 'leavers')).items;
  const id = await plan(ada, 'leavers', first as Insight);
  const before = (await ada.entities.get({ type: 'repair', id })).payload;
  await done(ada, id);
  expect(await ada.history.undo({})).toMatchObject({ label: 'repair.done' });
  expect((await ada.entities.get({ type: 'repair', id })).payload).toEqual(before);
});

test('a day that was set by hand stays, and a value is measured once', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const [first] = (await ask(ada, 'leavers')).items;
  const id = await plan(ada, 'leavers', first as Insight);
  await ada.entities.update({ type: 'repair', id, data: { done_on: '2024-02-03' } });
  const { record } = await done(ada, id);
  expect(record.payload).toMatchObject({ done_on: '2024-02-03', value_after: percent(first?.value ?? 0) });
  expect((await done(ada, id)).op_id).toBeNull();
});

test('without a value the reason is given: deleted, left, or unknown', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const repair = async (data: object): Promise<string> =>
    (await ada.entities.create({ type: 'repair', data: { name: 'Repair', ...data } })).record.id;
  const deleted = await repair({ question: 'leavers', subjects: ['camera'] });
  const link = await repair({ question: 'weak', subjects: ['own'] });
  const left = await repair({ question: 'leavers', subjects: ['tess'] });
  const area = await repair({ question: 'expertise', subjects: ['power', 'Cells'] });
  const shared = await repair({ question: 'expertise', subjects: ['radio', 'Antennas'] });
  const unknown = await repair({ question: 'weak', subjects: ['one'] });
  const manual = await repair({});
  const changes = await repair({ question: 'changes', subjects: ['one'] });
  await ada.entities.remove({ type: 'team', id: 'camera' });
  await ada.entities.update({ type: 'student', id: 'tess', data: { active: false } });
  await ada.entities.create({ type: 'student', data: { name: 'Kim', expertise_area: 'antennas' } });
  await ada.entities.update({ type: 'interface', id: 'one', data: { bond_type: null, energy_loss: null } });
  const gapOf = async (id: string): Promise<unknown> => {
    const { record, measured } = await done(ada, id);
    expect(record.payload['done_on']).toBeDefined();
    expect(record.payload['value_after'] ?? null).toBe(measured.value);
    return measured.gap ?? measured.value;
  };
  expect(await gapOf(deleted)).toBe('deleted');
  // Its end is deleted, which hides it.
  expect(await gapOf(link)).toBe('deleted');
  expect(await gapOf(left)).toBe('left');
  expect(await gapOf(area)).toBe('left');
  // The departure still costs its links, and half of the area.
  expect(await gapOf(shared)).toBeGreaterThan(0);
  expect(await gapOf(unknown)).toBe('unknown');
  expect(await gapOf(manual)).toBe('unmeasured');
  expect(await gapOf(changes)).toBe('unmeasured');
});

test('a departure is measured as it was listed: a team with all who leave, a person alone', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.entities.create({ type: 'student', id: 'zoe', data: { name: 'Zoe', team_id: 'radio' } });
  for (const people of [false, true]) {
    await ada.analysis.setRanking({ people });
    const { items } = await ask(ada, 'leaving');
    for (const item of items.filter(({ because }) => !because.code.startsWith('leaving_unknown'))) {
      const id = await plan(ada, 'leaving', item);
      expect((await resultOf(await ada.repairs.measure({ id }))).value).toBe(percent(item.value));
    }
  }
});

test('a second holder of an area is somebody near who stays, and has the promised value', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.analysis.setRanking({ people: true });
  const student = async (id: string, data: object): Promise<unknown> =>
    ada.entities.create({ type: 'student', id, data: { name: id, ...data } });
  await student('olga', { team_id: 'radio', terms_remaining: 3, expertise_area: 'orbits' });
  await student('near', { team_id: 'radio', terms_remaining: 6 });
  await student('leaving', { team_id: 'radio', terms_remaining: 1 });
  await student('far', { terms_remaining: 8 });
  const whole = async (): Promise<Insight[]> =>
    (await resultOf(await ada.analysis.insights({ question: 'expertise' }))).items;
  const item = (await whole()).find(({ id }) => id === 'olga') as Insight;
  const repair = item.interventions.find(({ code }) => code === 'learn');
  expect(repair?.changes).toEqual([{ do: 'learn', id: 'near', area: 'orbits' }]);
  expect(repair?.value).toBeLessThan(item.value);
  const id = await plan(ada, 'expertise', item);
  await ada.entities.update({ type: 'student', id: 'near', data: { expertise_area: 'Orbits' } });
  expect((await done(ada, id)).measured.value).toBe(percent(repair?.value ?? 0));
  expect((await whole()).map((one) => one.id)).not.toContain('olga');
});

test('viewers and editors of another university are refused, and nothing changes', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const [first] = (await ask(ada, 'leavers')).items;
  const id = await plan(ada, 'leavers', first as Insight);
  for (const [name, rule] of [
    ['Vic', 'viewers_read_only'],
    ['Edi', 'own_university_only'],
  ] as const)
    await expect(done(workspace.as(name), id)).rejects.toMatchObject({ code: 'FORBIDDEN', data: { rule } });
  expect((await ada.entities.get({ type: 'repair', id })).payload['done_on']).toBeUndefined();
  await expect(done(ada, 'none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('concurrent writes are included in the measurement', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const [weakest] = (await ask(ada, 'weak')).items;
  const id = await plan(ada, 'weak', weakest as Insight);
  const [{ measured }] = await Promise.all([
    done(ada, id),
    ada.entities.update({
      type: 'interface',
      id: weakest?.id ?? '',
      data: { bond_type: 'codified-strong', energy_loss: 5 },
    }),
  ]);
  expect(measured.value).toBe(0);
});

test('if rankings name no people, repairs name only people in the item', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const { items } = await ask(ada, 'expertise', false);
  const item = items.find(({ because: { params } }) => params['area'] === 'Guidance, general');
  expect(item?.id).toBe('radio');
  expect(item?.interventions.length).toBeGreaterThan(0);
  expect(
    JSON.stringify([item?.interventions.map(({ title, params }) => [title, params]), item?.records]),
  ).not.toContain('lena');
});

test('an area that nobody states any more is not replaced by another area of the same person or team', async () => {
  const ada = (await testWorkspace({ template })).as();
  const data = { name: 'Repair', question: 'expertise' };
  await ada.entities.create({ type: 'repair', id: 'person', data: { ...data, subjects: ['tess', 'Cells'] } });
  await ada.entities.create({
    type: 'repair',
    id: 'team',
    data: { ...data, subjects: ['radio', 'Antennas'] },
  });
  await ada.entities.update({ type: 'student', id: 'tess', data: { expertise_area: 'Software' } });
  await ada.entities.update({ type: 'student', id: 'omar', data: { expertise_area: null } });
  for (const id of ['person', 'team'])
    expect((await done(ada, id)).measured).toMatchObject({ value: null, gap: 'left' });
});
