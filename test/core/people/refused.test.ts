import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { findFiles } from '#core/people/find.ts';
import { NamePattern } from '#shared/domain/name-pattern.ts';
import { useCheapKeys } from '#test/support/cheap-keys.ts';
import { testFolder } from '#test/support/folder.ts';
import { erasePerson, filesWith } from '#test/support/people.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace, verified } from '#test/support/workspace.ts';

useCheapKeys();
const template = await makeTemplate(async (workspace) => {
  await workspace.as().entities.create({ type: 'student', id: 'maja', data: { name: 'Maja Holm' } });
});

test('a workspace that shares with a server purges nothing', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const [me] = await ada.workspace.profiles({});
  const state = JSON.stringify({ user: { id: me?.id } });
  workspace.raw((db) => db.prepare("INSERT INTO sync_state (key, value) VALUES ('state', ?)").run(state));
  const purging = ada.people.purge({ days: 0 }).then(resultOf);
  await expect(purging).rejects.toMatchObject({ code: 'SYNC', data: { reason: 'shared' } });
  expect((await ada.entities.get({ type: 'student', id: 'maja' })).title).toBe('Maja Holm');
});

test('an import does not bring an erased person back', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await erasePerson(ada, 'maja');
  const path = join(workspace.folder, '..', 'students.json');
  writeFileSync(path, JSON.stringify({ teams: [], students: [{ id: 'maja', name: 'Maja Holm' }] }));
  const grant = workspace.core.grants.issue(path, 'read');
  const importing = ada.transfer.importFile({ grant, force: true, backup: false }).then(resultOf);
  await expect(importing).rejects.toMatchObject({ code: 'FORBIDDEN', data: { rule: 'erased' } });
  expect(filesWith(workspace, ['Maja Holm'])).toEqual([]);
  expect((await verified(ada)).ok).toBe(true);
});

test('an export has the record, its history and its texts, encrypted with a passphrase', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.entities.create({
    type: 'team',
    id: 'team',
    data: { name: 'T', description: 'Led by Maja Holm' },
  });
  const path = join(workspace.folder, '..', 'person.json');
  const write = (passphrase?: string) =>
    ada.people
      .exportFile({
        person: 'Maja Holm',
        grant: workspace.core.grants.issue(path, 'write'),
        ...(passphrase && { passphrase }),
      })
      .then(resultOf);
  await write();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    format: 'frames-person',
    person: { id: 'maja' },
    places: [
      {
        kind: 'live',
        record: { name: 'Maja Holm' },
        history: [{ action: 'create', label: 'student.create', after: { name: 'Maja Holm' } }],
        mentions: [{ id: 'team', values: { description: 'Led by Maja Holm' } }],
      },
    ],
  });
  await write('correct horse battery');
  const bytes = readFileSync(path);
  expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
  expect(bytes.includes('Maja')).toBe(false);
});

test('a folder of backups whose path begins with the path of the workspace is searched too', async () => {
  const folder = testFolder();
  const backups = `${folder}-backups`;
  onTestFinished(() => rmSync(backups, { recursive: true, force: true }));
  mkdirSync(backups);
  writeFileSync(join(backups, 'notes.txt'), 'Maja Holm');
  const files = { ...workspaceFiles(folder), backups };
  expect(await findFiles({ files }, new NamePattern(['Maja Holm']))).toEqual([
    join('..', basename(backups), 'notes.txt'),
  ]);
});
