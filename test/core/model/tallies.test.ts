import { expect, test } from 'vitest';
import { testWorkspace } from '../../support/workspace.ts';

test('a university, a project and a team say how many live records belong to them', async () => {
  const ada = (await testWorkspace()).as();
  await ada.entities.create({ type: 'university', id: 'u', data: { name: 'U' } });
  await ada.entities.create({ type: 'project', id: 'p', data: { name: 'P', university_id: 'u' } });
  for (const id of ['a', 'b']) {
    await ada.entities.create({ type: 'team', id, data: { name: id, university_id: 'u', project_id: 'p' } });
    await ada.entities.create({
      type: 'student',
      id: `s${id}`,
      data: { name: id, university_id: 'u', team_id: 'a' },
    });
  }
  await ada.entities.create({ type: 'interface', data: { from: 'a', to: 'b' } });
  await ada.entities.create({ type: 'outcome', data: { university_id: 'u', project_id: 'p' } });
  const derived = async (type: 'university' | 'project' | 'team', id: string) =>
    (await ada.entities.get({ type, id })).derived;
  expect(await derived('university', 'u')).toMatchObject({
    teams: 2,
    students: 2,
    faculty: 0,
    projects: 1,
    outcomes: 1,
    links: 0,
  });
  expect(await derived('project', 'p')).toMatchObject({ teams: 2, outcomes: 1, links: 0 });
  expect(await derived('team', 'a')).toMatchObject({ students: 2, links: 1 });
  await ada.entities.remove({ type: 'student', id: 'sa' });
  expect(await derived('university', 'u')).toMatchObject({ students: 1 });
  expect(await derived('team', 'a')).toMatchObject({ students: 1 });
});

test('a list is sorted, filtered, grouped by what is counted, and follows what is linked elsewhere', async () => {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  for (const id of ['u', 'v']) await ada.entities.create({ type: 'university', id, data: { name: id } });
  for (const id of ['a', 'b', 'c', 'd'])
    await ada.entities.create({
      type: 'team',
      id,
      data: { name: id, university_id: id === 'd' ? 'v' : 'u' },
    });
  const join = (from: string, to: string) =>
    ada.entities.create({ type: 'interface', id: `${from}${to}`, data: { from, to } });
  await join('b', 'c');
  await join('c', 'a');
  await join('c', 'd');
  for (const [at, team_id] of ['d', 'd', 'a'].entries())
    await ada.entities.create({ type: 'student', id: `s${at}`, data: { name: `${at}`, team_id } });
  const order = async (type: 'team' | 'university', field: string, direction: 'asc' | 'desc') => {
    const { rows } = await ada.entities.list({ type, sort: [{ field, direction }] });
    const counts = rows.map(({ derived }) => Number(derived[field]));
    expect(counts).toEqual(counts.toSorted((x, y) => (direction === 'asc' ? x - y : y - x)));
    return rows.map(({ id }) => id).join('');
  };
  expect(await order('team', 'links', 'desc')).toBe('cdba');
  expect(await order('team', 'links', 'asc')).toBe('abdc');
  expect(await order('team', 'students', 'desc')).toBe('dacb');
  expect(await order('university', 'teams', 'asc')).toBe('vu');

  await join('a', 'b');
  expect(await order('team', 'links', 'desc')).toBe('cbad');
  await ada.entities.remove({ type: 'interface', id: 'cd' });
  expect(await order('team', 'links', 'asc')).toBe('dabc');
  await ada.entities.update({ type: 'student', id: 's2', data: { team_id: 'b' } });
  expect(await order('team', 'students', 'desc')).toBe('dbca');

  const filters = [{ field: 'links', op: 'gte' as const, value: 2 }];
  const found = await ada.entities.list({
    type: 'team',
    filters,
    sort: [{ field: 'name', direction: 'asc' }],
  });
  expect(found.rows.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  await ada.entities.remove({ type: 'interface', id: 'ca' });
  expect((await ada.entities.list({ type: 'team', filters })).rows.map(({ id }) => id)).toEqual(['b']);
  const { groups } = await ada.entities.groups({ type: 'team', by: 'links' });
  expect(groups.map(({ value, count }) => [value, count])).toEqual([
    [0, 1],
    [1, 2],
    [2, 1],
  ]);
});
