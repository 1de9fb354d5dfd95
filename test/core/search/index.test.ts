import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { searchIndex } from '#core/search/search-index.ts';
import { testWorkspace } from '#test/support/workspace.ts';

const fileOf = (folder: string): string => join(folder, 'search.sqlite');

test('the index is a file that stays after closing and follows later commits', async () => {
  const workspace = await testWorkspace();
  const client = workspace.as();
  await client.entities.create({ type: 'team', id: 'a', data: { name: 'Thermal' } });
  expect(await client.search.status({})).toMatchObject({ records: null, behind: null });
  expect((await client.search.find({ text: 'thermal' })).total).toBe(1);
  searchIndex(workspace.core.services).close();
  expect(await client.search.status({})).toMatchObject({ records: 1, passages: 1, behind: 0 });
  await client.entities.create({ type: 'team', id: 'b', data: { name: 'Thermal tests' } });
  expect(await client.search.status({})).toMatchObject({ records: 1, behind: 1 });
  expect((await client.search.find({ text: 'thermal' })).total).toBe(2);
  expect(await client.search.inspect({ id: 'b' })).toEqual([
    { field: 'name', page: null, text: 'Thermal tests', trained: false },
  ]);
  expect(await client.search.clear({})).toMatchObject({ records: null, passages: 0 });
  expect((await client.search.find({ text: 'thermal' })).total).toBe(2);
});

test.each([
  ['of another version', (file: string) => void new Database(file).exec('PRAGMA user_version = 99').close()],
  ['that is no database', (file: string) => writeFileSync(file, 'not a database at all'.repeat(500))],
])('an index %s is built anew', async (_what, spoil) => {
  const workspace = await testWorkspace();
  const client = workspace.as();
  await client.entities.create({ type: 'team', id: 'a', data: { name: 'Thermal' } });
  await client.search.find({ text: 'thermal' });
  searchIndex(workspace.core.services).close();
  spoil(fileOf(workspace.folder));
  expect((await client.search.find({ text: 'thermal' })).total).toBe(1);
});

test('an index of another line of the log is rebuilt', async () => {
  const workspace = await testWorkspace();
  const client = workspace.as();
  await client.entities.create({ type: 'team', id: 'a', data: { name: 'Thermal' } });
  await client.search.find({ text: 'thermal' });
  const { db } = searchIndex(workspace.core.services);
  db.exec("UPDATE state SET hash = 'of another log'; UPDATE passages SET text = 'Wrong'");
  const { hits } = await client.search.find({ text: 'thermal' });
  expect(hits[0]?.excerpt.text).toBe('Thermal');
});

test('an erased name is not in the file of the index', async () => {
  const workspace = await testWorkspace();
  const client = workspace.as();
  await client.entities.create({ type: 'student', id: 's', data: { name: 'Quentin Zabriskie' } });
  await client.search.find({ text: 'zabriskie' });
  expect(await client.search.inspect({ id: 's' })).toHaveLength(1);
  for await (const _ of await client.people.erase({ person: 's', mentions: true }));
  const file = fileOf(workspace.folder);
  const left = ['', '-wal'].filter(
    (end) => existsSync(`${file}${end}`) && readFileSync(`${file}${end}`).includes('Zabriskie'),
  );
  expect(left).toEqual([]);
  expect((await client.search.find({ text: 'zabriskie' })).total).toBe(0);
});

test('while another process writes the index, a search reports that it may be incomplete', async () => {
  const workspace = await testWorkspace();
  const client = workspace.as();
  await client.entities.create({ type: 'team', id: 'a', data: { name: 'Thermal' } });
  await client.search.find({ text: 'thermal' });
  await client.entities.create({ type: 'team', id: 'b', data: { name: 'Thermal tests' } });
  searchIndex(workspace.core.services).db.pragma('busy_timeout = 1');
  const other = new Database(fileOf(workspace.folder));
  other.exec('BEGIN IMMEDIATE');
  expect(await client.search.find({ text: 'thermal' })).toMatchObject({ total: 1, complete: false });
  other.exec('ROLLBACK');
  other.close();
  expect(await client.search.find({ text: 'thermal' })).toMatchObject({ total: 2, complete: true });
});
