import { expect, test } from 'vitest';
import { testWorkspace } from '../../support/workspace.ts';

test('a university, a project and a team have the number of their live records', async () => {
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
