import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileAuthorship, isImported } from '#core/code-maps/authorship.ts';
import { readHistory } from '#core/code-maps/read-history.ts';
import { TestRepository, ann, writeFixture } from './fixture.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-code-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const readAt = (repository: string) =>
  readHistory(repository, { scratch: mkdtempSync(join(folder, 'scratch-')) });

test('authorship equals the published formula on a history worked out by hand', async () => {
  const { folder: repository } = writeFixture(join(folder, 'repository'));
  const { history, identities, bots, files } = await readAt(repository);
  const personOf = (id: number): number => identities.personOf(id);
  const authorsOf = (path: string) =>
    fileAuthorship(history.changesOf(path, personOf), bots)
      .map(({ person, deliveries, acceptances, degree, isAuthor }) => ({
        name: identities.signatures[person]?.name,
        deliveries,
        acceptances,
        degree: Number(degree.toFixed(3)),
        isAuthor,
      }))
      .sort((a, b) => b.degree - a.degree);
  expect(history.commits).toBe(12);
  expect(authorsOf('flight/adcs.c')).toEqual([
    { name: 'Ann Arden', deliveries: 2, acceptances: 1, degree: 4.496, isAuthor: true },
    { name: 'Bo', deliveries: 1, acceptances: 2, degree: 3.104, isAuthor: false },
  ]);
  expect(authorsOf('flight/eps.c')).toEqual([
    { name: 'Ann Arden', deliveries: 1, acceptances: 1, degree: 4.332, isAuthor: true },
    { name: 'Cy', deliveries: 1, acceptances: 1, degree: 3.234, isAuthor: false },
  ]);
  expect(authorsOf('ground/pass.py')).toEqual([
    { name: 'Bo', deliveries: 1, acceptances: 2, degree: 4.202, isAuthor: true },
    { name: 'Cy', deliveries: 2, acceptances: 1, degree: 3.398, isAuthor: true },
  ]);
  const imported = files.filter((path) => isImported(history.changesOf(path, personOf)));
  expect(imported).toHaveLength(30);
  expect(files).toHaveLength(33);
});

test('a repository in a folder with a separator in its name is read, also from a linked work tree', async () => {
  const { folder: repository, ...rest } = new TestRepository(join(folder, 'a:b;c'));
  expect(rest).toBeDefined();
  const made = new TestRepository(join(folder, 'x:y'));
  made.write('a.c', '1');
  made.commit(ann, 'one');
  made.git('worktree', 'add', '-q', join(folder, 'linked'), '-b', 'other');
  expect((await readAt(made.folder)).history.commits).toBe(1);
  expect((await readAt(join(folder, 'linked'))).repository.branch).toBe('other');
  await expect(readAt(repository)).rejects.toMatchObject({ problem: 'no_commits' });
});

test('a shallow history and a missing object give a reason and no answer', async () => {
  const full = writeFixture(join(folder, 'full'));
  full.git('clone', '-q', '--depth', '3', `file://${full.folder}`, join(folder, 'shallow'));
  await expect(readAt(join(folder, 'shallow'))).rejects.toMatchObject({ problem: 'shallow' });
  await expect(readAt(folder)).rejects.toMatchObject({ problem: 'no_repository' });
  const first = full.git('rev-list', '--max-parents=0', 'HEAD').trim();
  rmSync(join(full.folder, '.git/objects', first.slice(0, 2), first.slice(2)));
  await expect(readAt(full.folder)).rejects.toMatchObject({ reason: 'failed' });
});
