import { hash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { contentPath } from '#core/kernel/files/contents.ts';
import { purgeOldRows } from '#server/operations/purge.ts';
import { partBytes } from '#shared/contract/server/files.ts';
import { pdfOf } from '#test/support/documents/pdf.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { foreign, own, populate } from '../support/people.ts';
import { describing, missing, read, store } from '../support/files.ts';
import { operation, push, remove } from '../support/push.ts';
import { addUser, serverOfFile, startServer } from '../support/server.ts';
import { workspacesOf } from '../sync/clients/workspace.ts';
import type { SharedWorkspace } from '../sync/clients/workspace.ts';

const server = await serverOfFile();
const people = await populate(server);
const { database } = server;

const { joined } = workspacesOf(server, people.admin);

const pathIn = (one: SharedWorkspace, sha256: string): string => contentPath(one.core.services.files, sha256);

async function attach(one: SharedWorkspace, name: string, bytes: Buffer) {
  const path = join(one.core.services.files.folder, '..', name);
  writeFileSync(path, bytes);
  const grant = one.core.grants.issue(path, 'read');
  return resultOf(await one.client().documents.attach({ grant }));
}

const fetch = async (one: SharedWorkspace, id: string) => resultOf(await one.client().sync.fetchFile({ id }));

test('a file is sent at sync, and fetched by another workspace when a person needs it', async () => {
  const bytes = pdfOf(['Handover', 'Restart it with the grey switch.', 'x'.repeat(10)]);
  const ada = await joined(people.researcher);
  const { record } = await attach(ada, 'handover.pdf', bytes);
  await ada.sync();
  const bob = await joined(people.editor);
  const sha256 = hash('sha256', bytes);
  const found = async () =>
    (await bob.client().search.find({ text: 'grey switch' })).hits.map(({ id }) => id);
  expect((await bob.client().documents.text({ id: record.id })).state).toBe('missing');
  expect([existsSync(pathIn(bob, sha256)), await found()]).toEqual([false, []]);
  expect(await fetch(bob, record.id)).toEqual({ fetched: true });
  expect(readFileSync(pathIn(bob, sha256)).equals(bytes)).toBe(true);
  expect(await found()).toEqual([record.id]);
  expect(await fetch(bob, record.id)).toEqual({ fetched: false });
  expect(await bob.problems()).toEqual([]);
});

test('a file of several parts arrives unchanged', async () => {
  const ada = await joined(people.researcher);
  const bytes = Buffer.alloc(partBytes * 2 + 17, 'The valve, the rotator and the cable.\n');
  const { record } = await attach(ada, 'long.txt', bytes);
  await ada.sync();
  const sha256 = hash('sha256', bytes);
  rmSync(pathIn(ada, sha256));
  expect(await fetch(ada, record.id)).toEqual({ fetched: true });
  expect(hash('sha256', readFileSync(pathIn(ada, sha256)))).toBe(sha256);
});

test('files that the server refuses are named by the status of sync, and each budget has its own sentence', async () => {
  const server = await startServer({ fileBytes: 1000, waitingBytes: 2000 });
  const { admin, editor } = await populate(server);
  const one = await workspacesOf(server, admin, onTestFinished).joined(editor);
  const { record } = await attach(one, 'large.txt', Buffer.alloc(1500, 'large'));
  await attach(one, 'small.txt', Buffer.from('small'));
  expect(await one.sync()).toMatchObject({ refused_files: [record.payload['name']] });
  const sentences = [];
  for (const bytes of [Buffer.alloc(1500, 'large'), Buffer.alloc(2500, 'larger')]) {
    await push(admin, [operation([describing(`doc_${bytes.length}`, bytes, own)])]);
    sentences.push(JSON.stringify((await store(editor, bytes, undefined, bytes.length)).body));
  }
  expect(sentences[0]).toContain('Your files take up more than 1,000 bytes');
  expect(sentences[1]).toContain('Your unfinished uploads take up more than 2,000 bytes');
  await one.client().entities.remove({ type: 'document', id: record.id });
  // Another document still has the file.
  expect(await one.sync()).toMatchObject({ refused_files: ['doc_1500'] });
  server.config.fileBytes = 10_000;
  expect(await one.sync()).toMatchObject({ refused_files: ['doc_1500'] });
  server.clock.now += 3_600_000;
  expect(await one.sync()).not.toHaveProperty('refused_files');
  await server.stop();
});

test('only those who see a document with the file can read it, and viewers store none', async () => {
  const [mine, theirs, unnamed] = ['mine', 'theirs', 'unnamed'].map((text) => Buffer.from(text)) as [
    Buffer,
    Buffer,
    Buffer,
  ];
  const { admin, viewer } = people;
  const editor = await addUser(admin, { role: 'editor', university_id: own, sees: 'university' });
  const stranger = await addUser(admin, { role: 'editor', university_id: foreign, sees: 'university' });
  await push(admin, [
    operation([describing('doc_mine', mine, own), describing('doc_theirs', theirs, foreign)]),
  ]);
  expect(await missing(editor, mine, theirs, unnamed)).toEqual([hash('sha256', mine)]);
  expect((await store(viewer, mine)).status).toBe(403);
  expect((await store(editor, theirs)).status).toBe(404);
  expect((await store(editor, unnamed)).status).toBe(404);
  expect(await store(editor, mine)).toMatchObject({ status: 200, body: { complete: true } });
  expect(await missing(editor, mine)).toEqual([]);
  expect((await read(viewer, mine)).body).toEqual({ count: 1, bytes: 4, data: mine.toString('base64') });
  expect((await read(stranger, mine)).status).toBe(404);
  const { after } = describing('doc_mine', mine, own);
  await push(admin, [operation([remove('document', 'doc_mine', after ?? {})])]);
  expect((await read(viewer, mine)).status).toBe(404);
});

test('bytes with another hash are refused and leave nothing behind', async () => {
  const bytes = Buffer.from('the right bytes');
  await push(people.admin, [operation([describing('doc_checked', bytes, own)])]);
  const answer = await store(people.editor, Buffer.from('the wrong bytes'), hash('sha256', bytes));
  expect(answer.status).toBe(422);
  const parts = await database.get<{ n: number }>('SELECT count(*) AS n FROM file_parts WHERE sha256 = $1', [
    hash('sha256', bytes),
  ]);
  expect(parts?.n).toBe(0);
  expect(await missing(people.editor, bytes)).toEqual([hash('sha256', bytes)]);
  expect((await store(people.editor, bytes)).body).toEqual({ complete: true });
});

test('a server that sends other bytes is not trusted', async () => {
  const ada = await joined(people.researcher);
  const bytes = Buffer.from('Read me.');
  const { record } = await attach(ada, 'read.txt', bytes);
  await ada.sync();
  const sha256 = hash('sha256', bytes);
  rmSync(pathIn(ada, sha256));
  await database.run('UPDATE file_contents SET bytes = $2, hash = sha256($2) WHERE sha256 = $1', [
    sha256,
    Buffer.from('Read ME.'),
  ]);
  await expect(fetch(ada, record.id)).rejects.toMatchObject({
    code: 'SYNC',
    data: { reason: 'no_file' },
  });
  expect(existsSync(pathIn(ada, sha256))).toBe(false);
});

test('without the server the file is reported to be there, and one never sent to be nowhere', async () => {
  const [given, bytes] = [await startServer(), Buffer.from('Away.')];
  const { researcher, admin } = await populate(given);
  const ada = await joined(researcher, 'all', given.api.url);
  await push(admin, [operation([describing('doc_away', bytes, own)])]);
  await ada.sync();
  await expect(fetch(ada, 'doc_away')).rejects.toMatchObject({ code: 'SYNC', data: { reason: 'no_file' } });
  await given.stop();
  await expect(fetch(ada, 'doc_away')).rejects.toMatchObject({ code: 'SYNC', data: { reason: 'file_away' } });
});

test('a file without a document or history is removed by the daily purge, and others stay', async () => {
  const [kept, gone] = [Buffer.from('kept'), Buffer.from('gone')];
  await push(people.admin, [
    operation([describing('doc_kept', kept, own), describing('doc_gone', gone, own)]),
  ]);
  for (const one of [kept, gone]) await store(people.editor, one);
  // As an erasure leaves them.
  await database.run(`UPDATE documents SET payload = payload - 'file' WHERE id = 'doc_gone'`);
  await database.run(
    `UPDATE audit_logs SET payload_after = payload_after - 'file' WHERE entity_id = 'doc_gone'`,
  );
  server.clock.now += 25 * 3_600_000;
  const { config } = server;
  await purgeOldRows({ database, config, now: () => server.clock.now });
  const left = async (bytes: Buffer): Promise<number> =>
    (
      await database.get<{ n: number }>('SELECT count(*) AS n FROM file_contents WHERE sha256 = $1', [
        hash('sha256', bytes),
      ])
    )?.n ?? 0;
  expect([await left(kept), await left(gone)]).toEqual([1, 0]);
});
