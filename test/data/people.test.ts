import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { silentLog } from '#core/kernel/logger.ts';
import { peopleOf } from '#data/recovery-profiles.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const of = (workspace: string) =>
  peopleOf(
    { kind: 'open', workspace, target: { kind: 'live' }, sample: false, name: '' },
    [],
    silentLog,
    new AbortController().signal,
  );

test('people locked out of a workspace see its current name', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.as().workspace.rename({ name: 'Renamed since' });
  await workspace.core.close();
  expect(await of(workspace.folder)).toMatchObject({ name: 'Renamed since' });
});

test('or its original name if that is unreadable', async () => {
  const workspace = await testWorkspace({ template });
  const { name } = await workspace.as().workspace.info({});
  await workspace.as().workspace.rename({ name: 'Renamed since' });
  await workspace.core.close();
  const db = new Database(workspace.files.live);
  db.exec('DROP TABLE workspaces');
  db.close();
  expect(await of(workspace.folder)).toMatchObject({ name });
});
