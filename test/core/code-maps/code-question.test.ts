import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Answer } from '#shared/contract/analysis.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { TestRepository, ann, bo, cy } from './fixture.ts';

/*
 * What must be seen to follow from a map:
 * - code whose authors stay raises no alarm, whoever else leaves;
 * - an area that only leavers know is listed with them, and with who could take over;
 * - a commit of the proposed second author on the proposed files lowers the value to exactly what was promised, and the bus factor stays;
 * - where rankings name no people, none is named.
 */

const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  await entities.create({ type: 'university', id: 'uni', data: { name: 'Northern' } });
  await entities.create({ type: 'team', id: 'adcs', data: { name: 'ADCS', university_id: 'uni' } });
  const student = (id: string, name: string, terms: number | undefined, email: string) =>
    entities.create({
      type: 'student',
      id,
      data: {
        name,
        university_id: 'uni',
        accounts: email,
        ...(terms !== undefined && { terms_remaining: terms }),
      },
    });
  await student('ann', 'Ann Arden', 1, ann.email);
  await student('bo', 'Bo Berg', 6, bo.email);
  await student('cy', 'Cy Cole', undefined, cy.email);
  await entities.create({ type: 'repository', id: 'fsw', data: { name: 'fsw', university_id: 'uni' } });
  await entities.create({ type: 'repository', id: 'unread', data: { name: 'ground', university_id: 'uni' } });
});

/** Eleven files by Ann in `adcs`, and as many by Bo in `eps`. */
async function scannedWorkspace(): Promise<{ workspace: TestWorkspace; repository: TestRepository }> {
  const workspace = await testWorkspace({ template });
  const repository = new TestRepository(join(workspace.folder, '..', 'repository'));
  for (let index = 1; index <= 11; index++) repository.write(`adcs/f${index}.c`, 'x\n'.repeat(index));
  repository.commit(ann, 'adcs');
  for (let index = 1; index <= 11; index++) repository.write(`eps/f${index}.c`, 'x\n');
  repository.commit(bo, 'eps');
  const grant = workspace.core.grants.issue(repository.folder, 'read');
  await workspace.as().maps.connect({ repository: 'fsw', grant });
  await scan(workspace);
  await workspace.as().analysis.setRanking({ people: true });
  return { workspace, repository };
}

const scan = (workspace: TestWorkspace) => resultOf(workspace.as().maps.scan({ repository: 'fsw' }));
const ask = (workspace: TestWorkspace): Promise<Answer> =>
  resultOf(workspace.as().analysis.insights({ question: 'code' }));

test('an area that only leavers know is listed, with who can take over; code of people who stay is not', async () => {
  const { workspace } = await scannedWorkspace();
  const { items, judged, unknown } = await ask(workspace);
  expect([judged, unknown]).toEqual([2, 1]);
  expect(items.map(({ title, value }) => [title, value])).toEqual([['fsw: adcs', 1]]);
  expect(items[0]?.because.params).toMatchObject({
    files: 11,
    orphans: 11,
    today: 0,
    leavers: 'Ann Arden',
    people: '',
    bus_factor: 1,
  });
  expect(items[0]?.reason).toBe(
    'Nobody who stays knows 11 of 11 files (0 today); Ann Arden leaves; nobody can take over; bus factor 1.',
  );
  expect(items[0]?.records.map(({ id }) => id)).toEqual(['adcs', 'ann', 'fsw']);
  await workspace.as().entities.update({ type: 'student', id: 'ann', data: { terms_remaining: 8 } });
  expect((await ask(workspace)).items).toEqual([]);
});

test('the proposed commits lower the value to what was promised, and the bus factor stays', async () => {
  const { workspace, repository } = await scannedWorkspace();
  const { entities, repairs } = workspace.as();
  const [item] = (await ask(workspace)).items;
  const [repair] = item?.interventions ?? [];
  const [step] = repair?.changes ?? [];
  if (!item || !repair || step?.do !== 'author') throw new Error('There is no repair.');
  expect(repair.title).toBe('Let “Bo Berg” change 4 files of “adcs”');
  expect(repair.value).toBeCloseTo(7 / 11);
  await entities.create({
    type: 'repair',
    id: 'repair',
    data: {
      name: repair.title,
      question: 'code',
      subjects: ['fsw', 'adcs'],
      value_before: 100,
      university_id: 'uni',
    },
  });
  const measured = async () => (await resultOf(repairs.measure({ id: 'repair' }))).value;
  expect(await measured()).toBe(100);
  for (const path of step.files) repository.append(path, 'more\n');
  repository.commit(bo, 'learn adcs');
  await scan(workspace);
  const after = (await ask(workspace)).items[0];
  expect(after?.value).toBeCloseTo(repair.value);
  expect(await measured()).toBe(63.6);
  expect(after?.because.params).toMatchObject({ bus_factor: 1, people: 'Bo Berg' });
});

test('a repository whose map has no code is not one without a map', async () => {
  const { workspace, repository } = await scannedWorkspace();
  repository.git('rm', '-rq', '.');
  repository.write('README.md', 'moved\n');
  repository.commit(bo, 'moved');
  await scan(workspace);
  expect(await ask(workspace)).toMatchObject({ judged: 0, unknown: 1 });
});

test('a repair that lowers nothing blames unchanged records only before the next scan', async () => {
  const { workspace, repository } = await scannedWorkspace();
  const { entities, repairs } = workspace.as();
  const data = { name: 'R', question: 'code', subjects: ['fsw', 'adcs'], value_before: 100 };
  await entities.create({ type: 'repair', id: 'repair', data });
  const cause = async () => (await resultOf(repairs.markDone({ id: 'repair' }))).unmoved;
  expect(await cause()).toBe('records_unchanged');
  repository.append('adcs/f1.c', 'ann\n');
  repository.commit(ann, 'more of the same');
  await scan(workspace);
  expect(await cause()).toBeNull();
});

test('a student without terms counts as unknown, and a person who left as gone', async () => {
  const { workspace, repository } = await scannedWorkspace();
  for (let index = 1; index <= 6; index++) repository.append(`adcs/f${index}.c`, 'cy\n');
  repository.commit(cy, 'help');
  await scan(workspace);
  expect((await ask(workspace)).items[0]?.because.params).toMatchObject({ orphans: 5, unknown: 55 });
  await workspace.as().entities.remove({ type: 'student', id: 'cy' });
  expect((await ask(workspace)).items[0]?.because.params).toMatchObject({ orphans: 11, unknown: 0 });
  await workspace.as().entities.remove({ type: 'student', id: 'ann' });
  expect((await ask(workspace)).items[0]?.because.params).toMatchObject({
    orphans: 11,
    today: 11,
    leaving: 0,
  });
});

test('no person is named where rankings name none', async () => {
  const { workspace } = await scannedWorkspace();
  await workspace.as().analysis.setRanking({ people: false });
  const { items } = await ask(workspace);
  expect(items).toHaveLength(1);
  const { interventions, ...item } = items[0] as Answer['items'][number];
  expect(JSON.stringify(item)).not.toMatch(/Ann|Bo Berg/);
  expect(Object.keys((await workspace.as().maps.risks({}))[0] ?? {}).toSorted()).toEqual(
    ['repository', 'key', 'title', 'team', 'files', 'bus_factor', 'today', 'later', 'unknown'].toSorted(),
  );
  expect(interventions.map(({ title, params }) => [title, params['from']])).toEqual([
    ['Let a second author change 4 files of “adcs”', ''],
  ]);
});
