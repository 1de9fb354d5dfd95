import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { FilesReport } from '#shared/contract/server/admin.ts';
import { migrate } from '#server/db/migrate.ts';
import { describing, missing, read, store } from '../support/files.ts';
import { own, populate } from '../support/people.ts';
import { operation, push } from '../support/push.ts';
import { startServer, testDatabase } from '../support/server.ts';

const whole = Buffer.from('a complete file');
const halfway = Buffer.from('an upload in progress');
const empty = Buffer.alloc(0);
const later = Buffer.from('stored after the step');
const hashesOf = (...files: Buffer[]): string[] => files.map((bytes) => hash('sha256', bytes)).toSorted();

test('files of the version before the step keep their bytes, forward, back and forward again', async () => {
  const database = await testDatabase();
  const server = await startServer({}, { database });
  const { admin, editor, researcher } = await populate(server);
  const documents = Object.entries({ whole, halfway, empty, later }).map(([id, bytes]) =>
    describing(id, bytes, own),
  );
  await push(admin, [operation(documents)]);
  await server.stop();
  await migrate(database, 7);

  // As that version wrote them: parts belong to their uploader, and `files` names whose are complete.
  const time = '2026-11-20T10:00:00.000Z';
  const addParts = async (bytes: Buffer, uploader: string, length: number): Promise<void> => {
    for (let part = 0; part * length < Math.max(1, bytes.length); part++)
      await database.run(
        'INSERT INTO file_parts (sha256, uploader, part, bytes, received_at) VALUES ($1, $2, $3, $4, $5)',
        [hash('sha256', bytes), uploader, part, bytes.subarray(part * length, (part + 1) * length), time],
      );
  };
  const complete = (bytes: Buffer, uploader: string, parts: number) =>
    database.run(
      'INSERT INTO files (sha256, uploader, parts, bytes, created_at) VALUES ($1, $2, $3, $4, $5)',
      [hash('sha256', bytes), uploader, parts, bytes.length, time],
    );
  await addParts(whole, editor.user.id, 4);
  await complete(whole, editor.user.id, 4);
  // What a second uploader left behind, and a part beyond the last one, which that version ignored.
  await addParts(whole, researcher.user.id, 8);
  await database.run('INSERT INTO file_parts VALUES ($1, $2, 9, $3, $4)', [
    hash('sha256', whole),
    editor.user.id,
    Buffer.from('beyond'),
    time,
  ]);
  await addParts(empty, editor.user.id, 4);
  await complete(empty, editor.user.id, 1);
  await addParts(halfway.subarray(0, 8), editor.user.id, 4);
  await database.run('UPDATE file_parts SET sha256 = $1 WHERE sha256 = $2', [
    hash('sha256', halfway),
    hash('sha256', halfway.subarray(0, 8)),
  ]);

  const parts = () =>
    database.all<{ sha256: string; uploader: string; part: number; text: string }>(
      `SELECT sha256, uploader, part, convert_from(bytes, 'UTF8') AS text FROM file_parts ORDER BY sha256, uploader, part`,
    );
  const ofHalfway = (await parts()).filter(({ sha256 }) => sha256 === hash('sha256', halfway));
  expect(ofHalfway).toHaveLength(2);
  await migrate(database);
  expect(await parts()).toEqual(ofHalfway);

  const again = await startServer({}, { database });
  const [asEditor, asAdmin] = [{ api: editor.api.at(again.api.url) }, admin.at(again.api.url)];
  const textOf = async (bytes: Buffer): Promise<string> => {
    const first = (await read(asEditor, bytes)).body;
    const texts: string[] = [];
    for (let part = 0; part < first.count; part++)
      texts.push(Buffer.from((await read(asEditor, bytes, part)).body.data, 'base64').toString());
    return texts.join('');
  };
  expect(await textOf(whole)).toBe(whole.toString());
  expect((await read(asEditor, empty)).body).toMatchObject({ count: 1, bytes: 0, data: '' });
  expect((await missing(asEditor, whole, empty, halfway, later)).toSorted()).toEqual(
    hashesOf(halfway, later),
  );
  expect((await asAdmin.get<FilesReport>('admin/db/files')).body.problems.map(({ id }) => id)).toEqual([
    'halfway',
    'later',
  ]);
  await store(asEditor, later, undefined, 8);
  // A damaged file does not go back: the version before could not tell it from an intact one.
  await database.run(`UPDATE file_contents SET bytes = 'x' WHERE sha256 = $1`, [hash('sha256', empty)]);
  expect((await read(asEditor, empty)).status).toBe(404);
  await again.stop();

  await migrate(database, 7);
  const files = await database.all<{ sha256: string; uploader: string; parts: number; bytes: number }>(
    'SELECT sha256, uploader, parts, bytes FROM files ORDER BY bytes',
  );
  expect(files.map(({ sha256, uploader, parts: count }) => [sha256, uploader, count])).toEqual([
    [hash('sha256', whole), editor.user.id, 4],
    [hash('sha256', later), editor.user.id, 3],
  ]);
  for (const [bytes, { sha256, uploader, parts: count }] of [whole, later].map(
    (one, at) => [one, files[at]!] as const,
  )) {
    const own = (await parts()).filter(
      (part) => part.sha256 === sha256 && part.uploader === uploader && part.part < count,
    );
    expect(own.map(({ text }) => text).join('')).toBe(bytes.toString());
  }
  await migrate(database);
  const third = await startServer({}, { database });
  const asEditorAgain = { api: editor.api.at(third.api.url) };
  expect((await missing(asEditorAgain, whole, empty, halfway, later)).toSorted()).toEqual(
    hashesOf(empty, halfway),
  );
  await third.stop();
  await database.close();
});
