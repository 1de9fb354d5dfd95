import { sentenceText, verbatim } from '#shared/texts/sentence.ts';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import { migrateTo, schemaVersion } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, filesOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { spoilTable } from '#test/support/spoil.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, testWorkspace, verified } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

const sql = (file: string, text: string): void => {
  const db = new Database(file);
  db.exec(text);
  db.close();
};

const pipe = (file: string): void => void spawnSync('sh', ['-c', 'mkfifo "$0"', file]);

/** What is put in a sandbox's place, and how opening it is refused. */
const kinds: [what: string, reason: string, spoil: (files: WorkspaceFiles) => void][] = [
  ['an empty file', 'empty', ({ data }) => truncateSync(data, 0)],
  ['something else', 'foreign', ({ data }) => writeFileSync(data, 'a thesis '.repeat(2000))],
  ['another program’s database', 'foreign', ({ data }) => sql(data, 'PRAGMA application_id = 7')],
  [
    'a file cut off in the middle',
    'damaged',
    ({ data }) => truncateSync(data, Math.floor(statSync(data).size / 8192) * 4096),
  ],
  ['a file cut off at its beginning', 'damaged', ({ data }) => truncateSync(data, 3000)],
  ['a file without its facts', 'damaged', ({ data }) => sql(data, 'DROP TABLE workspace')],
  ['a file with rubbish for its facts', 'damaged', ({ data }) => spoilTable(data, 'workspace')],
  [
    'a file of a newer version',
    'newer',
    ({ data }) => sql(data, `PRAGMA user_version = ${schemaVersion + 1}`),
  ],
  [
    'a workspace that is no sandbox',
    'foreign',
    ({ data }) => copyFileSync(join(template.folder, 'frames.sqlite'), data),
  ],
  [
    'a copy of another sandbox, made by hand',
    'foreign',
    ({ data }) => sql(data, `UPDATE workspace SET value = 'sbx_other' WHERE key = 'sandbox_id'`),
  ],
  ['a link to live', 'foreign', ({ data, live }) => replace(data, () => symlinkSync(live, data))],
  ['a link to nothing', 'foreign', ({ data }) => replace(data, () => symlinkSync('/nowhere/at/all', data))],
  ['live under a second name', 'foreign', ({ data, live }) => replace(data, () => linkSync(live, data))],
  ['a folder', 'foreign', ({ data }) => replace(data, () => mkdirSync(data))],
  ['a pipe', 'foreign', ({ data }) => replace(data, () => pipe(data))],
  ['a link for its log', 'foreign', ({ data, live }) => symlinkSync(`${live}-wal`, `${data}-wal`)],
  [
    'a link for its head',
    'foreign',
    ({ head, folder }) => replace(head, () => symlinkSync(join(folder, 'head.json'), head)),
  ],
  [
    'a link for its lock',
    'foreign',
    ({ lock, folder }) => replace(lock, () => symlinkSync(join(folder, 'lock.sqlite'), lock)),
  ],
  [
    'live’s log for its log, under a second name',
    'foreign',
    ({ data, live }) => linkSync(`${live}-wal`, `${data}-wal`),
  ],
  [
    'a second name for its head',
    'foreign',
    ({ head, folder }) => replace(head, () => linkSync(join(folder, 'head.json'), head)),
  ],
  ['a pipe for its lock', 'foreign', ({ lock }) => replace(lock, () => pipe(lock))],
  [
    'a link for its board',
    'foreign',
    ({ holders, folder }) => replace(holders, () => symlinkSync(folder, holders)),
  ],
];

function replace(file: string, make: () => void): void {
  rmSync(file, { recursive: true, force: true });
  make();
}

describe('in the place of a sandbox', () => {
  test.each(kinds)('%s is listed with its problem and refused', async (_what, reason, spoil) => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const { id } = await take(ada, 'Broken');
    const { id: whole } = await take(ada, 'Whole');
    const before = readFileSync(join(workspace.folder, 'head.json'), 'utf8');
    spoil(filesOf(workspace, id));
    const list = await ada.sandboxes.list({});
    expect(list.map((one) => one.id)).toEqual([whole, id]);
    expect(list[0]).toMatchObject({ name: 'Whole', problem: null });
    const problem = sentenceText(list[1]?.problem ?? verbatim(''));
    expect(problem).toMatch(/^[^/]+$/);
    expect(problem).not.toMatch(/SELECT|PRAGMA|frames\.sqlite/);
    const { data, message } = await refused('WORKSPACE', openSandbox(workspace, id));
    expect(data.reason).toBe(reason);
    expect(message).toBe(`${problem} Nothing was changed.`);
    await refused('WORKSPACE', ada.sandboxes.rename({ id, name: 'New' }));
    await refused('WORKSPACE', ada.sandboxes.archive({ id }));
    await refused('WORKSPACE', ada.sandboxes.duplicate({ id, name: 'New' }).then(resultOf));
    expect(await ada.sandboxes.list({})).toHaveLength(2);
    expect(readFileSync(join(workspace.folder, 'head.json'), 'utf8')).toBe(before);
    expect((await verified(ada)).ok).toBe(true);
  });

  test('a damaged one is discarded by an admin, stays unchanged in the trash, and comes back unchanged', async () => {
    const workspace = await testWorkspace({ template });
    const rea = workspace.as('Rea');
    const { id } = await take(rea, 'Broken');
    const { data } = filesOf(workspace, id);
    truncateSync(data, 3000);
    const bytes = readFileSync(data);
    expect((await refused('FORBIDDEN', rea.sandboxes.discard({ id }))).data.rule).toBe('own_sandbox_only');
    const { sandboxes } = workspace.as();
    expect(await sandboxes.discard({ id })).toMatchObject({ id, name: null, problem: /damaged/ });
    expect(await sandboxes.trash({})).toMatchObject([{ id, bytes: 3000 }]);
    await sandboxes.recover({ id });
    expect(readFileSync(data).equals(bytes)).toBe(true);
    await sandboxes.discard({ id });
    expect(await sandboxes.emptyTrash({})).toEqual({ removed: 1, left: 0 });
  });

  test('an unused damaged page is found by verifying, and reported for the sandbox', async () => {
    const workspace = await testWorkspace({ template });
    const { id } = await take(workspace.as(), 'Broken');
    spoilTable(filesOf(workspace, id).data, 'students');
    const play = await openSandbox(workspace, id);
    const { message } = await refused(
      'WORKSPACE',
      clientOf(play).entities.get({ type: 'student', id: 'student-a' }),
    );
    expect(message).toContain(`${id}.sqlite is corrupt`);
    expect((await verifyClosed(filesOf(workspace, id))).ok).toBe(false);
    expect((await verified(workspace.as())).ok).toBe(true);
  });
});

test('files that are no sandboxes are listed and left alone', async () => {
  const workspace = await testWorkspace({ template });
  const { id } = await take(workspace.as(), 'Whole');
  const { sandboxes } = workspace.files;
  const names = ['thesis.doc', 'copy of mine.sqlite', 'sbx_1.sqlite'];
  for (const name of names) writeFileSync(join(sandboxes, name), 'x');
  mkdirSync(join(sandboxes, 'folder'));
  pipe(join(sandboxes, 'pipe.sqlite'));
  const list = await workspace.as().sandboxes.list({});
  expect(list[0]).toMatchObject({ id, problem: null });
  expect(
    list
      .slice(1)
      .map((one) => one.id)
      .toSorted(),
  ).toEqual([...names, 'folder', 'pipe.sqlite'].toSorted());
  for (const { problem } of list.slice(1)) expect(problem).toMatchObject({ code: 'workspace.foreign' });
});

test.each(['sandboxes', 'trash'] as const)(
  'a link in place of the folder (%s) is not followed',
  async (which) => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const { id } = await take(ada, 'One');
    const folder = which === 'trash' ? join(workspace.files.sandboxes, 'trash') : workspace.files.sandboxes;
    const elsewhere = join(workspace.folder, '..', 'elsewhere');
    if (which === 'sandboxes') renameSync(folder, elsewhere);
    else mkdirSync(elsewhere);
    symlinkSync(elsewhere, folder);
    const trash = await refused('WORKSPACE', ada.sandboxes.trash({}));
    expect(trash.message).toBe(`${which} is not a FRAMES file: it is a link. Nothing was changed.`);
    if (which === 'trash') await refused('WORKSPACE', ada.sandboxes.discard({ id }));
    else {
      await refused('WORKSPACE', ada.sandboxes.list({}));
      await refused('WORKSPACE', take(ada, 'Two'));
      await refused('WORKSPACE', openSandbox(workspace, id));
    }
  },
);

test('a sandbox of an older schema is listed, migrated when opened, and never copied', async () => {
  const workspace = await testWorkspace({ template });
  const { id } = await take(workspace.as(), 'Old');
  const files = filesOf(workspace, id);
  const db = openConnection(files.data, { mode: 'write', log: silentLog });
  await migrateTo(db, 1);
  db.close();
  expect(await workspace.as().sandboxes.list({})).toMatchObject([
    { id, name: 'Old', problem: null, counts: { teams: 2 }, changes: 0 },
  ]);
  const copy = await resultOf(await workspace.as().sandboxes.duplicate({ id, name: 'Copy' }));
  for (const one of [id, copy.id]) {
    const play = clientOf(await openSandbox(workspace, one));
    expect((await play.workspace.info({})).schema_version).toBe(schemaVersion);
    expect((await verified(play)).ok).toBe(true);
  }
  expect(() => statSync(workspace.files.backups)).toThrow('ENOENT');
});
