import { hash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe as group, expect, onTestFinished, test } from 'vitest';
import { contentPath } from '#core/kernel/files/contents.ts';
import { checkAllFiles } from '#server/files/store.ts';
import type { FilesReport } from '#shared/contract/server/admin.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { describing, missing, read, store } from '../support/files.ts';
import { own, populate } from '../support/people.ts';
import { operation, push } from '../support/push.ts';
import { serverOfFile } from '../support/server.ts';
import { startFaultyNetwork } from '../sync/clients/proxy.ts';
import { workspacesOf } from '../sync/clients/workspace.ts';

const server = await serverOfFile();
const people = await populate(server);
const { admin, editor, researcher } = people;
const { database } = server;
const { joined } = workspacesOf(server, admin);

let documents = 0;
/** Pushes a document with these bytes as its file, and returns their hash. */
async function describe(bytes: Buffer): Promise<string> {
  documents += 1;
  await push(admin, [operation([describing(`doc_${documents}`, bytes, own)])]);
  return hash('sha256', bytes);
}

const tamper = (sha256: string, bytes: string): Promise<number> =>
  database.run('UPDATE file_contents SET bytes = $2 WHERE sha256 = $1 AND part = 0', [
    sha256,
    Buffer.from(bytes),
  ]);

/** Parts that two requests send at once: of the right file, or of another one of the same length. */
const requests = fc.array(
  fc.record({
    part: fc.constantFrom(0, 1),
    isRight: fc.boolean(),
    user: fc.constantFrom('editor' as const, 'researcher' as const),
  }),
  { minLength: 2, maxLength: 8 },
);

test('whatever concurrent requests send, a complete file has the bytes of its hash, and an incomplete one can be sent again', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (sent) => {
      const bytes = Buffer.from(`file${(documents + 1).toString().padStart(4, '0')}`);
      const sha256 = await describe(bytes);
      const answers = await Promise.all(
        sent.map(async ({ part, isRight, user }) => {
          const data = isRight ? bytes.subarray(part * 4, (part + 1) * 4).toString('base64') : 'AAAAAA==';
          return (await people[user].api.post(`sync/files/${sha256}/parts`, { part, count: 2, data })).status;
        }),
      );
      expect(answers.filter((status) => status !== 200 && status !== 422)).toEqual([]);
      const state = await missing(editor, bytes);
      const parts = await Promise.all([read(editor, bytes, 0), read(editor, bytes, 1)]);
      const stored = parts.map(({ status, body }) =>
        status === 200 ? Buffer.from(body.data, 'base64').toString() : status,
      );
      expect(stored).toEqual(state.length === 0 ? ['file', bytes.toString().slice(4)] : [404, 404]);
      expect((await store(editor, bytes)).body).toEqual({ complete: true });
      expect(Buffer.from((await read(editor, bytes)).body.data, 'base64')).toEqual(bytes.subarray(0, 4));
    }),
    { numRuns: 12 },
  );
});

test('parts sent after a file is complete change nothing, and its upload leaves no parts', async () => {
  const bytes = Buffer.from('complete');
  const sha256 = await describe(bytes);
  await store(editor, bytes);
  for (const user of [editor, researcher])
    expect(await store(user, Buffer.from('another.'), sha256)).toMatchObject({
      status: 200,
      body: { complete: true },
    });
  expect(Buffer.from((await read(editor, bytes)).body.data, 'base64')).toEqual(bytes.subarray(0, 4));
  expect(await database.all('SELECT 1 FROM file_parts WHERE sha256 = $1', [sha256])).toEqual([]);
});

test('a byte that changed in the database is found when it is read, and listed until the file is sent again', async () => {
  const bytes = Buffer.from('flipped in Postgres');
  const sha256 = await describe(bytes);
  await store(editor, bytes);
  await tamper(sha256, 'flop');
  expect((await read(editor, bytes)).status).toBe(404);
  const report = async () => (await admin.get<FilesReport>('admin/db/files')).body.problems;
  expect(await report()).toContainEqual({
    id: `doc_${documents}`,
    name: `doc_${documents}`,
    sha256,
    problem: 'damaged',
  });
  expect(await missing(editor, bytes)).toEqual([sha256]);
  expect((await store(researcher, bytes)).body).toEqual({ complete: true });
  expect((await report()).filter((problem) => problem.sha256 === sha256)).toEqual([]);
  expect((await read(editor, bytes)).status).toBe(200);
});

test('the scheduled check hashes every file, also one whose parts were replaced with their hashes', async () => {
  const [intact, damaged] = [Buffer.from('an intact file'), Buffer.from('a damaged file')];
  await describe(intact);
  const sha256 = await describe(damaged);
  for (const bytes of [intact, damaged]) await store(editor, bytes);
  await tamper(sha256, 'b dm');
  await database.run('UPDATE file_contents SET hash = sha256(bytes) WHERE sha256 = $1', [sha256]);
  const services = { database, now: () => server.clock.now };
  const { signal } = new AbortController();
  expect((await checkAllFiles(services, signal)).damaged).toEqual([sha256]);
  expect(await missing(editor, intact, damaged)).toEqual([sha256]);
});

test('a workspace reports a wrong download, and the one with the file sends it again at its next sync', async () => {
  const ada = await joined(people.researcher);
  const bob = await joined(people.editor);
  const path = join(ada.core.services.files.folder, '..', 'report.txt');
  writeFileSync(path, 'Report.');
  const grant = ada.core.grants.issue(path, 'read');
  const { record } = await resultOf(await ada.client().documents.attach({ grant }));
  await ada.sync();
  await bob.sync();
  const sha256 = hash('sha256', 'Report.');
  await tamper(sha256, 'report!');
  await database.run('UPDATE file_contents SET hash = sha256(bytes) WHERE sha256 = $1', [sha256]);
  const fetch = async () => resultOf(await bob.client().sync.fetchFile({ id: record.id }));
  await expect(fetch()).rejects.toMatchObject({ code: 'SYNC', data: { reason: 'no_file' } });
  await ada.sync();
  expect(await fetch()).toEqual({ fetched: true });
  rmSync(contentPath(bob.core.services.files, sha256));
  expect(await fetch()).toEqual({ fetched: true });
});

test('a damaged hash of a part does not hide an intact file', async () => {
  const bytes = Buffer.from('whole');
  const sha256 = await describe(bytes);
  await store(editor, bytes);
  await database.run(`UPDATE file_contents SET hash = sha256('other') WHERE sha256 = $1 AND part = 0`, [
    sha256,
  ]);
  const { status, body } = await read(editor, bytes);
  expect([status, Buffer.from(body.data, 'base64').toString()]).toEqual([200, 'whol']);
  expect(await missing(editor, bytes)).toEqual([]);
});

group('a workspace', () => {
  /** A workspace behind a network that changes the parts of files as long as `isWrong`, with an attached document that it has sent. */
  async function behindNetwork(text: string) {
    const state = { isWrong: false };
    const network = await startFaultyNetwork(server.api.url, (path) =>
      state.isWrong && path.includes('/parts') ? 'wrong_bytes' : 'arrives',
    );
    onTestFinished(() => network.stop());
    const workspace = await joined(people.researcher, 'all', network.url);
    const path = join(workspace.core.services.files.folder, '..', 'notes.txt');
    writeFileSync(path, text);
    const attach = async () => {
      const grant = workspace.core.grants.issue(path, 'read');
      return (await resultOf(await workspace.client().documents.attach({ grant }))).record.id;
    };
    const id = await attach();
    const { files } = workspace.core.services;
    const bytes = Buffer.from(text);
    const sha256 = hash('sha256', bytes);
    const fetch = async () => resultOf(await workspace.client().sync.fetchFile({ id }));
    const stored = () => readdirSync(join(files.documents, sha256.slice(0, 2)));
    const leftovers = () => readdirSync(files.documents).filter((name) => name.endsWith('.part'));
    return {
      state,
      workspace,
      attach,
      bytes,
      sha256,
      path: contentPath(files, sha256),
      fetch,
      stored,
      leftovers,
    };
  }

  test('sends a file again of which other bytes arrived', async () => {
    const { state, workspace, bytes } = await behindNetwork('Spoilt on its way.');
    state.isWrong = true;
    await workspace.sync();
    expect(await missing(editor, bytes)).toEqual([hash('sha256', bytes)]);
    state.isWrong = false;
    await workspace.sync();
    expect(await missing(editor, bytes)).toEqual([]);
  });

  test('sends no byte of a wrong file, and the file once it is attached again', async () => {
    const { workspace, attach, bytes, sha256, path } = await behindNetwork('Damaged before it was sent.');
    writeFileSync(path, 'Damaged, and of another length.');
    await workspace.sync();
    expect(await missing(editor, bytes)).toEqual([sha256]);
    expect(await database.all('SELECT 1 FROM file_parts WHERE sha256 = $1', [sha256])).toEqual([]);
    await attach();
    await workspace.sync();
    expect(await missing(editor, bytes)).toEqual([]);
  });

  test('keeps nothing of a wrong download, whose cause it names, and replaces its own wrong file by the right one', async () => {
    const { state, workspace, bytes, path, fetch, stored, leftovers } = await behindNetwork('Fetched again.');
    await workspace.sync();
    writeFileSync(path, 'Damaged here.');
    const damaged = readFileSync(path);
    state.isWrong = true;
    await expect(fetch()).rejects.toMatchObject({ code: 'SYNC', data: { reason: 'server_error' } });
    expect([readFileSync(path).equals(damaged), leftovers()]).toEqual([true, []]);
    rmSync(path);
    await expect(fetch()).rejects.toMatchObject({ code: 'SYNC', data: { reason: 'server_error' } });
    expect([stored().filter((name) => !name.endsWith('.json')), leftovers()]).toEqual([[], []]);
    writeFileSync(path, damaged);
    state.isWrong = false;
    expect(await fetch()).toEqual({ fetched: true });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });
});

test('a report about an intact file changes nothing, and strangers cannot report', async () => {
  const bytes = Buffer.from('intact');
  const sha256 = await describe(bytes);
  await store(editor, bytes);
  expect((await editor.api.post(`sync/files/${sha256}/check`, {})).body).toEqual({ intact: true });
  expect(await missing(editor, bytes)).toEqual([]);
  expect((await editor.api.post(`sync/files/${hash('sha256', 'unnamed')}/check`, {})).status).toBe(404);
});
