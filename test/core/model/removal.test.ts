import { describe, expect, test } from 'vitest';
import type { EntityType } from '#shared/domain/types.ts';
import { expectSound } from '#test/support/invariants.ts';
import { refused } from '#test/support/refusal.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

/** Two universities with a little of everything, joined within and across. */
const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  const make = (type: EntityType, id: string, data: Record<string, string | null>): Promise<unknown> =>
    ada.entities.create({
      type,
      id,
      data: type === 'interface' || type === 'outcome' ? data : { name: id, ...data },
    });
  for (const id of ['a', 'b']) {
    await make('university', id, {});
    await make('project', `${id}-project`, { university_id: id });
    await make('team', `${id}-team`, { university_id: id, project_id: `${id}-project` });
    await make('faculty', `${id}-faculty`, { university_id: id });
    await make('student', `${id}-student`, { university_id: id, team_id: `${id}-team` });
    await make('outcome', `${id}-outcome`, { university_id: id, project_id: `${id}-project` });
  }
  await make('student', 'guest', { university_id: 'b', team_id: 'a-team' });
  await make('team', 'helpers', { university_id: 'b', project_id: 'a-project' });
  await make('interface', 'inside', { from: 'a-team', to: 'a-faculty' });
  await make('interface', 'across', { from: 'b-team', to: 'a-team' });
  await make('interface', 'to-university', { from: 'b-faculty', to: 'a' });
  await make('interface', 'elsewhere', { from: 'b-team', to: 'b-faculty' });
});

/** What is left out of lists: deleted or hidden. */
const goneOf = async (client: Client): Promise<string[]> => {
  const found = await Promise.all(everything.map((id) => client.entities.find({ id })));
  return found.filter(({ hidden, deleted_at }) => hidden || deleted_at !== null).map(({ id }) => id);
};

const everything = [
  'a',
  'a-project',
  'a-team',
  'a-faculty',
  'a-student',
  'a-outcome',
  'b',
  'b-project',
  'b-team',
  'b-faculty',
  'b-student',
  'b-outcome',
  'guest',
  'helpers',
  'inside',
  'across',
  'to-university',
  'elsewhere',
];

test('deleting a team is one change of that alone; its interfaces are hidden, and references to it read as empty', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const preview = await ada.entities.previewRemoval({ type: 'team', id: 'a-team' });
  expect(preview).toEqual({ links: 2, references: 2, contents: {} });
  const removed = await ada.entities.remove({ type: 'team', id: 'a-team' });
  expect(removed).toMatchObject({ ...preview, title: 'a-team' });
  expect(await goneOf(ada)).toEqual(['a-team', 'inside', 'across']);
  for (const id of ['a-student', 'guest']) {
    expect((await ada.entities.find({ id })).payload).toMatchObject({ team_id: null });
  }
  const [newest] = (await ada.history.list({ limit: 1 })).rows;
  expect(newest).toMatchObject({ op_id: removed.op_id, label: 'team.delete', changes: 1 });
  const { rows } = await ada.history.changes({ id: newest?.id ?? 0 });
  expect(rows.map(({ action, entity_id, university_id }) => [action, entity_id, university_id])).toEqual([
    ['delete', 'a-team', 'a'],
  ]);
  workspace.raw(expectSound);
});

test('deleting a project empties the references of teams and outcomes', async () => {
  const ada = (await testWorkspace({ template })).as();
  expect(await ada.entities.remove({ type: 'project', id: 'a-project' })).toMatchObject({
    links: 0,
    references: 3,
  });
  for (const id of ['a-team', 'helpers', 'a-outcome']) {
    expect((await ada.entities.find({ id })).payload).toMatchObject({ project_id: null });
  }
});

describe('a university', () => {
  test('with records is refused with their names', async () => {
    const ada = (await testWorkspace({ template })).as();
    const { data } = await refused('IN_USE', ada.entities.remove({ type: 'university', id: 'a' }));
    expect(data).toMatchObject({
      id: 'a',
      counts: { projects: 1, teams: 1, faculty: 1, students: 1, outcomes: 1 },
    });
    expect(data.records.map(({ type }) => type)).toEqual(['project', 'team', 'faculty']);
    expect(await goneOf(ada)).toEqual([]);
  });

  test('hides everything in it on request, exactly as previewed', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const preview = await ada.entities.previewRemoval({ type: 'university', id: 'a' });
    expect(preview).toEqual({
      links: 3,
      references: 2,
      contents: { projects: 1, teams: 1, faculty: 1, students: 1, outcomes: 1 },
    });
    expect(await ada.entities.remove({ type: 'university', id: 'a', with_contents: true })).toMatchObject(
      preview,
    );
    expect(await goneOf(ada)).toEqual(
      everything.filter(
        (id) => id === 'a' || id.startsWith('a-') || ['inside', 'across', 'to-university'].includes(id),
      ),
    );
    expect((await ada.entities.find({ id: 'guest' })).payload).toMatchObject({ team_id: null });
    expect((await ada.entities.find({ id: 'helpers' })).payload).toMatchObject({ project_id: null });
    workspace.raw(expectSound);
  });

  test('and another are previewed together, with shared records counted once', async () => {
    const ada = (await testWorkspace({ template })).as();
    const also = ['b', 'b', 'a'];
    expect(await ada.entities.previewRemoval({ type: 'university', id: 'a', also })).toEqual({
      links: 4,
      references: 0,
      contents: { projects: 2, teams: 3, faculty: 2, students: 3, outcomes: 2 },
    });
  });
});
