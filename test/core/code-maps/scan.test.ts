import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { erasePerson, filesWith } from '#test/support/people.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace, verified } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { bo, writeFixture } from './fixture.ts';
import type { TestRepository } from './fixture.ts';

const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  await entities.create({ type: 'university', id: 'uni', data: { name: 'Northern' } });
  await entities.create({ type: 'team', id: 'flight', data: { name: 'Flight', university_id: 'uni' } });
  const student = (id: string, data: object) =>
    entities.create({ type: 'student', id, data: { university_id: 'uni', ...data } });
  await student('ann', { name: 'Ann Arden', terms_remaining: 1 });
  await student('bo', { name: 'Bo Berg', terms_remaining: 6, accounts: 'bo@uni.example' });
  await entities.create({ type: 'repository', id: 'fsw', data: { name: 'fsw', university_id: 'uni' } });
  await entities.create({ type: 'task', id: 'task_a1', data: { name: 'Pair', university_id: 'uni' } });
});

async function scannedWorkspace(): Promise<{ workspace: TestWorkspace; repository: TestRepository }> {
  const workspace = await testWorkspace({ template });
  const repository = writeFixture(join(workspace.folder, '..', 'repository'));
  const grant = workspace.core.grants.issue(repository.folder, 'read');
  await workspace.as().maps.connect({ repository: 'fsw', grant });
  return { workspace, repository };
}

const scan = (workspace: TestWorkspace) => resultOf(workspace.as().maps.scan({ repository: 'fsw' }));

test('a scan stores a map of the repository, matches people by their accounts, and proposes those with an equal name', async () => {
  const { workspace } = await scannedWorkspace();
  const { maps, entities } = workspace.as();
  expect((await maps.show({ repository: 'fsw' })).map).toBeNull();
  const result = await scan(workspace);
  expect(result).toMatchObject({ commits: 12, areas: 1, authors: 4, matched: 1, proposed: 1 });
  const { map } = await maps.show({ repository: 'fsw' });
  expect(map?.authors.map(({ name, kind, proposed }) => [name, kind, proposed?.id])).toEqual([
    ['Ann Arden', 'unknown', 'ann'],
    ['Bo Berg', 'person', undefined],
    ['Cy', 'unknown', undefined],
    ['dependabot[bot]', 'bot', undefined],
  ]);
  const document = await entities.get({ type: 'document', id: result.document });
  expect(document.payload['record_ids']).toEqual(['fsw']);
  const ann = map?.authors.find(({ proposed }) => proposed);
  await maps.match({ repository: 'fsw', matches: [{ author: ann?.key ?? '', person: 'ann' }] });
  const accounts = async () => (await entities.get({ type: 'student', id: 'ann' })).payload['accounts'];
  expect(await accounts()).toBe('Ann Arden');
  expect((await scan(workspace)).matched).toBe(2);
  await workspace.as().history.undo({});
  expect((await verified(workspace.as())).ok).toBe(true);
});

test('a commit that names a task is its evidence, once, and a second scan without commits changes nothing', async () => {
  const { workspace, repository } = await scannedWorkspace();
  const task = () => workspace.as().entities.get({ type: 'task', id: 'task_a1' });
  expect((await task()).derived['state']).toBe('planned');
  expect((await scan(workspace)).tasks).toEqual(['task_a1']);
  expect(await task()).toMatchObject({
    derived: { state: 'done' },
    payload: {
      evidence: [{ source: 'scan', kind: 'commit', ref: repository.git('rev-parse', 'HEAD~1').trim() }],
    },
  });
  expect(await scan(workspace)).toMatchObject({ tasks: [], op_id: null });
  repository.write('flight/new.c', '1\n');
  repository.commit(bo, 'more');
  expect((await scan(workspace)).commits).toBe(13);
  const { before, after, commits } = await workspace.as().maps.compare({ repository: 'fsw' });
  expect(commits).toBe(1);
  expect(before.sha256).not.toBe(after.sha256);
  const { map } = await workspace.as().maps.show({ repository: 'fsw' });
  expect(map?.versions).toHaveLength(2);
});

test('the folder stays on this computer, and a repository without one says so', async () => {
  const { workspace, repository } = await scannedWorkspace();
  await scan(workspace);
  expect(filesWith(workspace, [repository.folder])).toEqual([`repositories.json: ${repository.folder}`]);
  await workspace.as().maps.connect({ repository: 'fsw', grant: null });
  const { data } = await refused('REPOSITORY', scan(workspace));
  expect(data).toMatchObject({ reason: 'no_source' });
});

test('a folder without git, and a cut history, give a reason and no map', async () => {
  const { workspace, repository } = await scannedWorkspace();
  const connect = (folder: string) =>
    workspace.as().maps.connect({ repository: 'fsw', grant: workspace.core.grants.issue(folder, 'read') });
  const reasonOf = async (work: Promise<unknown>) => (await refused('REPOSITORY', work)).data.reason;
  expect(await reasonOf(connect(workspace.folder))).toBe('no_repository');
  const shallow = join(workspace.folder, '..', 'shallow');
  repository.git('clone', '-q', '--depth', '2', `file://${repository.folder}`, shallow);
  expect(await reasonOf(connect(shallow))).toBe('shallow');
  renameSync(join(repository.folder, '.git'), join(repository.folder, 'git'));
  expect(await reasonOf(scan(workspace))).toBe('no_repository');
  expect((await workspace.as().maps.show({ repository: 'fsw' })).map).toBeNull();
});

test('a commit that names a task which the person may not change is no evidence, and the map is kept', async () => {
  const { workspace } = await scannedWorkspace();
  const { entities, workspace: own } = workspace.as();
  await entities.create({ type: 'university', id: 'other', data: { name: 'Southern' } });
  await entities.update({ type: 'task', id: 'task_a1', data: { university_id: 'other' } });
  await own.createProfile({ name: 'Ed', role: 'editor', university_id: 'uni' });
  const result = await resultOf(workspace.as('Ed').maps.scan({ repository: 'fsw' }));
  expect(result).toMatchObject({ commits: 12, tasks: [] });
  const { payload } = await entities.get({ type: 'task', id: 'task_a1' });
  expect(payload['evidence']).toBeUndefined();
});

test('an area can have the name of anything', async () => {
  const { workspace, repository } = await scannedWorkspace();
  for (const name of ['constructor', 'toString', '__proto__']) {
    for (let index = 0; index < 10; index++) repository.write(`${name}/f${index}.c`, `${name}${index}\n`);
    repository.commit(bo, name);
  }
  await scan(workspace);
  const { map } = await workspace.as().maps.show({ repository: 'fsw' });
  expect(map?.areas.map(({ title, team }) => [title, team])).toEqual(
    expect.arrayContaining([
      ['constructor', null],
      ['toString', null],
      ['__proto__', null],
    ]),
  );
});

test('of two maps of one repository, as two computers write them, the newer one counts', async () => {
  const { workspace } = await scannedWorkspace();
  const { entities, maps } = workspace.as();
  const { document } = await scan(workspace);
  const { payload } = await entities.get({ type: 'document', id: document });
  await entities.create({ type: 'document', id: 'a_second', data: { ...payload } });
  expect((await maps.show({ repository: 'fsw' })).map?.document).toBe('a_second');
  const keys = (await maps.risks({})).map(({ key }) => key);
  expect(keys).toEqual([...new Set(keys)]);
});

test('a viewer cannot scan', async () => {
  const { workspace } = await scannedWorkspace();
  await workspace.as().workspace.createProfile({ name: 'Vic', role: 'viewer' });
  const scanning = resultOf(workspace.as('Vic').maps.scan({ repository: 'fsw' }));
  expect((await refused('FORBIDDEN', scanning)).data.rule).toBe('viewers_read_only');
});

test('an erased person is in no map, file or name of this computer, also after the next scan', async () => {
  const { workspace, repository } = await scannedWorkspace();
  await workspace.as().entities.update({ type: 'student', id: 'ann', data: { accounts: 'ann@uni.example' } });
  await scan(workspace);
  const settings = (): string => readFileSync(join(workspace.folder, 'repositories.json'), 'utf8');
  expect(settings()).toContain('Ann Arden');
  await erasePerson(workspace.as(), 'ann');
  expect(settings()).not.toContain('Ann Arden');
  repository.write('flight/new.c', '1\n');
  repository.commit(bo, 'more');
  await scan(workspace);
  expect(filesWith(workspace, ['Ann Arden', 'ann@uni.example'])).toEqual([]);
  const { map } = await workspace.as().maps.show({ repository: 'fsw' });
  expect(map?.authors.map(({ name }) => name)).toEqual(['Bo Berg', 'Cy', 'dependabot[bot]', null]);
  expect(existsSync(join(workspace.folder, 'documents'))).toBe(true);
});

test('a wrong folder or a taken one is refused at once, and the one before stays', async () => {
  const { workspace, repository } = await scannedWorkspace();
  const { maps, entities } = workspace.as();
  const folderOf = async () => (await maps.show({ repository: 'fsw' })).folder;
  const connect = (id: string, folder: string) =>
    maps.connect({ repository: id, grant: workspace.core.grants.issue(folder, 'read') });
  const wrong = await refused('REPOSITORY', connect('fsw', join(repository.folder, '..')));
  expect(wrong.data.reason).toBe('no_repository');
  expect(await folderOf()).toBe(repository.folder);
  await entities.create({ type: 'repository', id: 'other', data: { name: 'Other' } });
  const taken = await refused('REPOSITORY', connect('other', repository.folder));
  expect(taken.data).toMatchObject({ reason: 'folder_taken', what: 'fsw' });
  await entities.update({ type: 'repository', id: 'other', data: { folder: 'flight' } });
  expect((await connect('other', repository.folder)).folder).toBe(repository.folder);
});

test('a part of the repository that does not exist gives no map, and the map before stays', async () => {
  const { workspace } = await scannedWorkspace();
  const { maps, entities } = workspace.as();
  await scan(workspace);
  await entities.update({ type: 'repository', id: 'fsw', data: { folder: 'flihgt' } });
  expect((await refused('REPOSITORY', scan(workspace))).data).toMatchObject({
    reason: 'no_folder',
    what: 'flihgt',
  });
  expect((await maps.show({ repository: 'fsw' })).map?.files).toBeGreaterThan(0);
});

test('an author whom the map does not have is no account of a person', async () => {
  const { workspace } = await scannedWorkspace();
  const { maps, entities } = workspace.as();
  await scan(workspace);
  const match = maps.match({ repository: 'fsw', matches: [{ author: 'nobody', person: 'ann' }] });
  expect((await refused('REPOSITORY', match)).data.reason).toBe('no_author');
  expect((await entities.get({ type: 'student', id: 'ann' })).payload['accounts']).toBeUndefined();
});
