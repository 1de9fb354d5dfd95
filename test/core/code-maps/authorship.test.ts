import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { degreeOfAuthorship, fileAuthorship, isImported } from '#core/code-maps/authorship.ts';
import { findGit } from '#core/code-maps/git/find-git.ts';
import { InertGit } from '#core/code-maps/git/inert-git.ts';
import { locateRepository } from '#core/code-maps/git/locate.ts';
import { readTree } from '#core/code-maps/git/read-tree.ts';
import { History } from '#core/code-maps/history.ts';
import { Identities } from '#core/code-maps/identities.ts';
import { readHistory } from '#core/code-maps/read-history.ts';
import { codeMap } from '#shared/contract/code-maps.ts';
import { TestRepository, ann, annAtHome, bo, cy, writeFixture } from './fixture.ts';
import { authorsOf, scanAt, scanSecret } from './scan-at.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-code-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('authorship equals the published formula on a history worked out by hand', async () => {
  const { folder: repository } = writeFixture(join(folder, 'repository'));
  const { objects, head } = await locateRepository(repository);
  const git = new InertGit(findGit(), join(folder, 'scratch'), objects);
  const identities = new Identities(scanSecret);
  const tree = await readTree(git, head);
  const { history, personOf } = await readHistory(git, head, { identities, tree, now: Date.UTC(2026, 5) });
  const people = identities.people();
  const bots = new Set([...people].flatMap(([person, { isBot }]) => (isBot ? [person] : [])));
  const degreesOf = (path: string) =>
    fileAuthorship(history.changesOf(path, personOf), bots)
      .map(({ person, deliveries, acceptances, degree, isAuthor }) => ({
        name: people.get(person)?.name,
        deliveries,
        acceptances,
        degree: Number(degree.toFixed(3)),
        isAuthor,
      }))
      .toSorted((a, b) => b.degree - a.degree);
  expect(degreesOf('flight/adcs.c')).toEqual([
    { name: 'Ann Arden', deliveries: 2, acceptances: 1, degree: 4.496, isAuthor: true },
    { name: 'Bo', deliveries: 1, acceptances: 2, degree: 3.104, isAuthor: false },
  ]);
  expect(degreesOf('flight/eps.c')).toEqual([
    { name: 'Ann Arden', deliveries: 1, acceptances: 1, degree: 4.332, isAuthor: true },
    { name: 'Cy', deliveries: 1, acceptances: 1, degree: 3.234, isAuthor: false },
  ]);
  expect(degreesOf('ground/pass.py')).toEqual([
    { name: 'Bo', deliveries: 1, acceptances: 2, degree: 4.202, isAuthor: true },
    { name: 'Cy', deliveries: 2, acceptances: 1, degree: 3.398, isAuthor: true },
  ]);
});

test('the map of a repository names nobody, and leaves out imported files and bots', async () => {
  const { folder: repository } = writeFixture(join(folder, 'repository'));
  const answer = await scanAt(repository);
  const { map } = answer;
  expect(codeMap.parse(map)).toEqual(map);
  expect(JSON.stringify(map)).not.toMatch(/Ann|Arden|Bo\b|Cy\b|@/);
  expect(map.commits).toBe(12);
  expect(map.left_out).toEqual({ imported: 30, foreign: 0, data: 2, excluded: 0 });
  expect(map.files.map(({ path }) => path)).toEqual(['flight/adcs.c', 'flight/eps.c', 'ground/pass.py']);
  expect(authorsOf(answer, 'flight/adcs.c')).toEqual(['Ann Arden']);
  expect(authorsOf(answer, 'ground/pass.py')).toEqual(['Bo', 'Cy']);
  expect(map.authors.filter(({ is_bot }) => is_bot)).toHaveLength(1);
  expect(map.bus_factor).toEqual({ greedy: 1, exact: 1, exact_sets: 1 });
  const head = new TestRepository(repository).git('rev-parse', 'HEAD~1').trim();
  expect(map.tasks).toMatchObject([{ task: 'task_a1', commit: head }]);
});

test('a folder, excluded paths and shared accounts change what a map says', async () => {
  const { folder: repository } = writeFixture(join(folder, 'repository'));
  const part = await scanAt(repository, { prefix: 'flight', excludes: ['eps.*'] });
  expect(part.map.files.map(({ path }) => path)).toEqual(['flight/adcs.c']);
  expect(part.map.left_out).toMatchObject({ excluded: 1 });
  const { map, names } = await scanAt(repository, { shared: ['bo@uni.example'] });
  const shared = map.authors.filter(({ is_shared }) => is_shared);
  expect(shared.map(({ key }) => names[key])).toEqual(['Bo']);
});

test('packages, owners and imports are read from contents', async () => {
  const repository = new TestRepository(join(folder, 'repository'));
  for (const name of ['a', 'b', 'c']) {
    repository.write(`flight/${name}.c`, '#include "../shared/bus.h"\n#include <stdio.h>\n');
    repository.write(`ground/${name}.py`, 'from tools.pass_plan import plan\nimport os\n');
    repository.write(`shared/${name}.h`, '\n');
  }
  repository.write('shared/bus.h', '\n');
  repository.write('ground/tools/pass_plan.py', '\n');
  repository.write('package.json', '{ "name": "fsw", "dependencies": { "x": "1" } }');
  repository.write(
    'CODEOWNERS',
    '/flight/ @uni/flight-software\n/gone/ @uni/gone\n*.py bo@uni.example # Bo\n',
  );
  repository.commit(ann, 'one');
  const { map } = await scanAt(repository.folder);
  const area = (name: string): number => map.areas.findIndex((each) => each.folder === name);
  expect(map.imports?.between).toEqual([{ from: area('flight'), to: area('shared'), count: 3 }]);
  expect(map.imports).toMatchObject({ resolved: 6, external: 6 });
  expect(map.packages).toEqual([{ path: 'package.json', name: 'fsw', dependencies: 1 }]);
  expect(map.areas[area('flight')]?.owners).toEqual(['@uni/flight-software']);
  expect(map.dead_owners).toEqual([{ pattern: '/gone/', line: 2 }]);
});

test('equal histories committed in another order give the same owners', async () => {
  const write = (name: string, changes: readonly (readonly [string, typeof ann])[]) => {
    const repository = new TestRepository(join(folder, name));
    for (const [path, author] of changes) {
      repository.append(path, `${path}\n`);
      repository.commit(author, path);
    }
    return scanAt(repository.folder);
  };
  const changes = [
    ['a.c', ann],
    ['b.c', bo],
    ['a.c', annAtHome],
    ['c.c', cy],
    ['b.c', cy],
  ] as const;
  const [one, two] = [await write('one', changes), await write('two', changes)];
  expect(one.map.files).toEqual(two.map.files);
});

test('a repository in a folder with a separator in its name is read, also from a linked work tree', async () => {
  const { folder: empty } = new TestRepository(join(folder, 'a:b;c'));
  const made = new TestRepository(join(folder, 'x:y'));
  made.write('a.c', '1');
  made.commit(ann, 'one');
  made.git('worktree', 'add', '-q', join(folder, 'linked'), '-b', 'other');
  expect((await scanAt(made.folder)).map.commits).toBe(1);
  expect((await scanAt(join(folder, 'linked'))).map.branch).toBe('other');
  expect((await scanAt(made.folder, { branch: 'other' })).map.branch).toBe('other');
  await expect(scanAt(made.folder, { branch: 'gone' })).rejects.toMatchObject({ code: 'no_branch' });
  await expect(scanAt(empty)).rejects.toMatchObject({ code: 'no_commits' });
});

test('a shallow history and a missing object give a reason and no answer', async () => {
  const full = writeFixture(join(folder, 'full'));
  full.git('clone', '-q', '--depth', '3', `file://${full.folder}`, join(folder, 'shallow'));
  await expect(scanAt(join(folder, 'shallow'))).rejects.toMatchObject({ code: 'shallow' });
  await expect(scanAt(folder)).rejects.toMatchObject({ code: 'no_repository' });
  const first = full.git('rev-list', '--max-parents=0', 'HEAD').trim();
  rmSync(join(full.folder, '.git/objects', first.slice(0, 2), first.slice(2)));
  await expect(scanAt(full.folder)).rejects.toMatchObject({ code: 'incomplete' });
});

test('a first author who made one change is an author; degrees fall with the changes of others', () => {
  const base = { person: 0, isFirst: true, deliveries: 0, acceptances: 0 };
  expect(degreeOfAuthorship(base)).toBeCloseTo(4.391);
  expect(degreeOfAuthorship({ ...base, acceptances: 5 })).toBeLessThan(degreeOfAuthorship(base));
});

/** The history of changes such as "A id path", "D id path"; one commit in each list, one author each. */
function historyOf(commits: readonly { changes: readonly string[]; time?: number }[]): History {
  const history = new History((path) => path.endsWith('.c'));
  for (const [author, { changes, time = author }] of commits.entries()) {
    const parsed = changes.map((text) => {
      const [status = '', id = '', path = ''] = text.split(' ');
      return {
        status,
        mode: '100644',
        oldId: status === 'A' ? '' : id,
        newId: status === 'D' ? '' : id,
        path,
      };
    });
    history.add({ time, changes: parsed }, [author]);
  }
  return history;
}

const firstAuthors = (history: History, path: string): number[] =>
  fileAuthorship(history.changesOf(path, (author) => author))
    .filter(({ isFirst }) => isFirst)
    .map(({ person }) => person);

test('a library that was moved after its import belongs to nobody', () => {
  const names = Array.from({ length: 30 }, (_, index) => `v${index}.c`);
  const imported = names.map((name) => `A ${name} lib/${name}`);
  const moved = names.flatMap((name) => [`D ${name} lib/${name}`, `A ${name} moved/${name}`]);
  const history = historyOf([{ changes: imported }, { changes: moved }, { changes: ['M new moved/v1.c'] }]);
  const isImportedAt = (path: string): boolean => isImported(history.changesOf(path, (author) => author));
  expect([isImportedAt('moved/v0.c'), isImportedAt('moved/v1.c'), isImportedAt('other.c')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('files of equal content and name keep their authors when their folder moves', () => {
  const history = historyOf([
    { changes: ['A same old/a/init.c'] },
    { changes: ['A same old/b/init.c'] },
    { changes: ['A same new/a/init.c', 'A same new/b/init.c', 'D same old/a/init.c', 'D same old/b/init.c'] },
  ]);
  expect([firstAuthors(history, 'new/a/init.c'), firstAuthors(history, 'new/b/init.c')]).toEqual([[0], [1]]);
});

test('the authors of a text that became code, and of one that was added twice at the same time, are its first', () => {
  const history = historyOf([
    { changes: ['A x notes.txt'], time: 5 },
    { changes: ['D x notes.txt', 'A x notes.c'], time: 6 },
    { changes: ['A y twin.c'], time: 7 },
    { changes: ['A z twin.c'], time: 7 },
    { changes: ['A z twin.c'], time: Number.NaN },
  ]);
  expect(firstAuthors(history, 'notes.c')).toEqual([0]);
  expect(firstAuthors(history, 'twin.c')).toEqual([2, 3]);
});
