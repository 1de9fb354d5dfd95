import { hash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Backups } from '#server/backups/backups.ts';
import type { FilesReport, ServerBackup } from '#shared/contract/server/admin.ts';
import type { Health } from '#shared/contract/server/status.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { backUp, backupsOfTest, jobEnded, listBackups, restore } from '../support/backups.ts';
import { describing, missing, read, store } from '../support/files.ts';
import { own, populate } from '../support/people.ts';
import { create, operation, push } from '../support/push.ts';
import { startServer } from '../support/server.ts';
import { workspacesOf } from '../sync/clients/workspace.ts';
import type { Api } from '../support/api.ts';

async function served(over: Parameters<typeof backupsOfTest>[0] = {}) {
  const backups = backupsOfTest(over);
  const server = await startServer({ backups });
  return { server, backups, ...(await populate(server)) };
}

const attachedTo = (admin: Api, id: string, bytes: Buffer) =>
  push(admin, [operation([describing(id, bytes, own)])]);

const problemsOf = async (admin: Api) =>
  (await admin.get<FilesReport>('admin/db/files')).body.problems.map(({ id, problem }) => [id, problem]);

const verify = (server: Awaited<ReturnType<typeof startServer>>, { folder }: { folder: string }) =>
  new Backups(
    { database: server.database, config: { backups: { ...backupsOfTest(), folder } }, now: Date.now },
    { info: () => {}, error: () => {} },
  ).verify();

test('a backup holds the files of documents, says how many, and brings them to another server', async () => {
  const { server, backups, admin, editor } = await served();
  const [kept, lost] = [Buffer.alloc(300_000, 'kept '), Buffer.from('nobody has this')];
  await attachedTo(admin, 'doc_kept', kept);
  await attachedTo(admin, 'doc_lost', lost);
  await store(editor, kept, undefined, 100_000);
  const id = await backUp(admin);
  expect((await listBackups(admin))[0]?.files).toEqual({ count: 1, bytes: 300_000, lacking: 1 });
  await server.stop();

  const fresh = await startServer({ backups });
  await fresh.database.run(`UPDATE server SET server_id = 'a new one'`);
  const stranger = await populate(fresh);
  await stranger.admin.post(`admin/db/restore/${id}`, { confirm: id });
  const again = admin.at(fresh.api.url);
  await expect.poll(async () => (await again.get('auth/me')).status).toBe(200);
  expect((await jobEnded(again)).state).toBe('completed');
  const parts: Buffer[] = [];
  for (const part of [0, 1, 2])
    parts.push(Buffer.from((await read({ api: again }, kept, part)).body.data, 'base64'));
  expect(Buffer.concat(parts).equals(kept)).toBe(true);
  expect(await problemsOf(again)).toEqual([['doc_lost', 'missing']]);
  // The database is new and knows no job; the folder has the backups.
  expect((await fresh.api.get<Health>('/health')).body.last_backup).not.toBeNull();
  await fresh.stop();
});

test('a restore keeps intact files that are newer than the backup, and replaces damaged ones', async () => {
  const { server, admin, editor } = await served();
  const [damaged, newer] = [Buffer.from('was intact'), Buffer.from('came later')];
  await attachedTo(admin, 'doc_damaged', damaged);
  await store(editor, damaged);
  const id = await backUp(admin);
  await attachedTo(admin, 'doc_newer', newer);
  await store(editor, newer);
  await server.database.run('UPDATE file_contents SET bytes = $2 WHERE sha256 = $1', [
    hash('sha256', damaged),
    Buffer.from('has become'),
  ]);
  expect((await read(editor, damaged)).status).toBe(404);
  expect((await restore(admin, id)).state).toBe('completed');
  expect((await read(editor, damaged)).status).toBe(200);
  await attachedTo(admin, 'doc_newer', newer);
  expect(await missing(editor, damaged, newer)).toEqual([]);
  await server.stop();
});

test('after a restore, the workspace that has a file sends it again, and one that nobody has stays listed', async () => {
  const { server, admin, researcher } = await served();
  const { joined } = workspacesOf(server, admin);
  const id = await backUp(admin);
  const ada = await joined(researcher);
  const path = join(ada.core.services.files.folder, '..', 'note.txt');
  writeFileSync(path, 'A note.');
  const grant = ada.core.grants.issue(path, 'read');
  const { record } = await resultOf(await ada.client().documents.attach({ grant }));
  await ada.sync();
  await server.database.run('DELETE FROM files');
  expect(await problemsOf(admin)).toEqual([[record.id, 'missing']]);
  expect((await restore(admin, id)).state).toBe('completed');
  await attachedTo(admin, 'doc_gone', Buffer.from('gone'));
  await ada.sync();
  expect(await problemsOf(admin)).toEqual([['doc_gone', 'missing']]);
  await server.stop();
});

test.each([
  ['plain', null],
  ['encrypted', 'a long passphrase'],
])(
  'a byte flipped anywhere in a backup (%s) is found and named by its verification',
  async (_, passphrase) => {
    const { server, backups, admin, editor } = await served({ passphrase });
    const bytes = Buffer.from('a file');
    await attachedTo(admin, 'doc_a', bytes);
    await store(editor, bytes);
    const ids = [await backUp(admin)];
    server.clock.now += 1000;
    ids.unshift(await backUp(admin));
    const [newest = '', oldest = ''] = ids;
    expect(await verify(server, backups)).toEqual(ids.map((id) => ({ id, problem: null })));
    for (const name of readdirSync(backups.folder)) {
      const path = join(backups.folder, name);
      const original = readFileSync(path);
      for (let at = 0; at < original.length; at += Math.ceil(original.length / 40)) {
        const flipped = Buffer.from(original);
        flipped[at] = (flipped[at] ?? 0) ^ 1;
        writeFileSync(path, flipped);
        const damaged = (await verify(server, backups)).filter(({ problem }) => problem !== null);
        expect(
          damaged.map(({ id }) => id),
          `${name} at ${at}`,
        ).toEqual([name.startsWith(newest) ? newest : oldest]);
      }
      writeFileSync(path, original);
    }
    await server.stop();
  },
);

test('a backup that is replaced after its check is not restored', async () => {
  const { server, backups, admin } = await served();
  await push(admin, [operation([create('team', 'team', { name: 'First', university_id: own })])]);
  const id = await backUp(admin);
  await server.database.run(`UPDATE teams SET payload = payload || '{"name": "Other"}'`);
  server.clock.now += 1000;
  const other = await backUp(admin);
  await server.database.run(`UPDATE teams SET payload = payload || '{"name": "Now"}'`);
  // The restore asks for the time when it makes a backup of its own: after the check, and before it reads the file.
  const now = (): number => {
    copyFileSync(join(backups.folder, `${other}.backup`), join(backups.folder, `${id}.backup`));
    return server.clock.now;
  };
  const log = { info: () => {}, error: () => {} };
  const restoring = new Backups({ database: server.database, config: { backups }, now }, log);
  await expect(restoring.restoreWithoutJob(id, id)).rejects.toThrow('not the one that was written');
  expect(await server.database.all(`SELECT payload ->> 'name' AS name FROM teams`)).toEqual([
    { name: 'Now' },
  ]);
  await server.stop();
});

test('a backup says that a file was damaged when it was made', async () => {
  const { server, admin, editor } = await served();
  const bytes = Buffer.from('about to flip');
  await attachedTo(admin, 'doc_a', bytes);
  await store(editor, bytes);
  await server.database.run('UPDATE file_contents SET bytes = $1', [Buffer.from('flop')]);
  const id = await backUp(admin);
  const backup = (await listBackups(admin)).find((one: ServerBackup) => one.id === id);
  expect(backup?.files).toEqual({ count: 0, bytes: 0, lacking: 1 });
  expect(await problemsOf(admin)).toEqual([['doc_a', 'damaged']]);
  await server.stop();
});
