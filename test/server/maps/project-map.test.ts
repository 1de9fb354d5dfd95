import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CodeMap } from '#shared/contract/code-maps.ts';
import { mapMediaType } from '#shared/domain/document-formats.ts';
import type { ErrorBody } from '../support/api.ts';
import { store } from '../support/files.ts';
import { foreign, own, populate } from '../support/people.ts';
import { create, operation, push, remove, update } from '../support/push.ts';
import { addUser, serverOfFile } from '../support/server.ts';

const server = await serverOfFile();
const { admin, researcher, viewer } = await populate(server);
const outsider = await addUser(admin, { role: 'editor', university_id: foreign, sees: 'university' });
await push(admin, [
  operation([
    create('project', 'proj', { name: 'Sat', university_id: own }),
    create('project', 'bare', { name: 'Bare', university_id: own }),
    ...['fsw', 'ground'].map((id) =>
      create('repository', id, { name: id, university_id: own, project_id: 'proj' }),
    ),
  ]),
]);

const mapAt = (head: string): CodeMap => ({
  version: 1,
  head: head.repeat(40),
  branch: 'main',
  prefix: '',
  scanned_at: '2026-03-01T10:00:00.000Z',
  commits: 12,
  newest_commit_at: null,
  authors: [],
  files: [],
  areas: [],
  bus_factor: null,
  languages: [],
  packages: [],
  imports: null,
  submodules: [],
  left_out: { imported: 0, foreign: 0, data: 0, excluded: 0 },
  dead_owners: null,
  completeness: { unknown_dates: 0, without_history: 0, unread: 0, missing: 0, capped: [] },
  tasks: [],
});

const fileOf = (bytes: Buffer) => ({
  sha256: hash('sha256', bytes),
  name: 'map.json',
  bytes: bytes.length,
  media_type: mapMediaType,
});
const bytesOf = (map: object): Buffer => Buffer.from(JSON.stringify(map));

async function pushMap(id: string, repository: string, bytes: Buffer): Promise<void> {
  server.clock.now += 1000;
  const document = { name: id, university_id: own, record_ids: [repository], file: fileOf(bytes) };
  await push(researcher.api, [operation([create('document', id, document)])]);
  await store(researcher, bytes, undefined, 400);
}

const read = (api: typeof admin, path = 'projects/proj/map') =>
  api.get<{ repository_id: string; document_id: string; map: CodeMap } & ErrorBody>(path);

test('without a map there is a sentence', async () => {
  const answer = await read(viewer.api, 'projects/bare/map');
  expect([answer.status, answer.body.error.code, answer.body.error.message]).toEqual([
    404,
    'NOT_FOUND',
    'No map of a repository of this project was synced to this server.',
  ]);
  expect((await read(viewer.api, 'projects/none/map')).body.error.code).toBe('PROJECT_NOT_FOUND');
});

test('the newest map of the repositories is read by everybody who sees the project', async () => {
  await pushMap('map_fsw', 'fsw', bytesOf(mapAt('a')));
  await pushMap('map_ground', 'ground', bytesOf(mapAt('b')));
  const { status, body } = await read(viewer.api);
  expect([status, body.repository_id, body.document_id]).toEqual([200, 'ground', 'map_ground']);
  expect(body.map).toEqual(mapAt('b'));
  expect((await read(viewer.api, 'projects/proj/map?repository_id=fsw')).body.map.head).toBe('a'.repeat(40));
  expect((await read(outsider.api)).body.error.code).toBe('PROJECT_NOT_FOUND');

  server.clock.now += 1000;
  const newest = bytesOf(mapAt('c'));
  const was = { file: fileOf(bytesOf(mapAt('a'))) };
  await push(researcher.api, [operation([update('document', 'map_fsw', was, { file: fileOf(newest) })])]);
  // The record is here, the file not yet.
  expect((await read(viewer.api)).body.repository_id).toBe('ground');
  await store(researcher, newest, undefined, 400);
  expect((await read(viewer.api)).body.map.head).toBe('c'.repeat(40));
});

test('a deleted repository and a file of another form give no map', async () => {
  await push(admin, [operation([remove('repository', 'fsw', { name: 'fsw' })])]);
  expect((await read(viewer.api)).body.document_id).toBe('map_ground');
  await pushMap('map_odd', 'ground', Buffer.from('{"version": 2}'));
  expect((await read(viewer.api)).body.document_id).toBe('map_ground');
});
