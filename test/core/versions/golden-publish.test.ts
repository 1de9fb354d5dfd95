import { existsSync, mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resources } from '#test/support/golden.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, openSeeded, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const given = (): Promise<TestWorkspace> => testWorkspace({ template, resources });
const publish = async (workspace: TestWorkspace, as?: string) =>
  resultOf(await workspace.as(as).golden.publish({}));

test('publishing stores live as the next version, which becomes current, and is audited', async () => {
  const workspace = await given();
  const ada = workspace.as();
  const made = await publish(workspace);
  expect(made).toMatchObject({ version: 2, counts: { teams: 2 } });
  const [last] = (await ada.history.list({ limit: 1 })).rows;
  expect(last).toMatchObject({
    op_id: made.op_id,
    label: 'golden.publish',
    params: { version: 2 },
    changes: 1,
  });
  expect((await ada.history.changes({ id: last?.id ?? 0 })).rows.map(({ type }) => type)).toEqual([
    'workspace',
  ]);
  const [own, shipped] = await ada.golden.list({});
  expect(own).toMatchObject({ version: 2, shipped: null, current: true, by: { name: 'Ada' }, problem: null });
  expect(own?.sha256).toBe(made.sha256);
  expect(shipped).toMatchObject({ version: 1, shipped: 1, current: false, by: { id: null } });
  expect(await ada.golden.status({})).toMatchObject({
    current: 2,
    versions: [2, 1],
    shipped: { version: 1, installed: 1, problem: null },
    live: { same: true, changes: 0 },
  });
  await ada.history.undo({});
  expect((await ada.golden.list({})).length).toBe(2);
  expect((await workspace.verify()).ok).toBe(true);
});

test('it is for admins', async () => {
  const workspace = await given();
  for (const name of ['Rea', 'Edi', 'Vic']) {
    const { data } = await refused('FORBIDDEN', publish(workspace, name));
    expect(data.rule).toBe('golden_needs_admin');
  }
  expect((await workspace.as().golden.list({})).length).toBe(1);
  expect(readdirSync(workspace.files.golden).toSorted()).toEqual(['1.frames', 'lock.sqlite']);
});

test('remains of a crash are settled by the audit: published if it has them, else removed', async () => {
  const workspace = await given();
  const { files } = workspace;
  const { version, op_id } = await publish(workspace);
  const named = join(files.golden, `${version}.frames`);
  const said = join(files.golden, `.ready-${version}-${op_id}`);
  renameSync(named, said);
  mkdirSync(join(files.golden, `.ready-7-${'0'.repeat(8)}${op_id.slice(8)}`));
  mkdirSync(join(files.golden, '.building-abc123'));
  expect((await workspace.as().golden.status({})).versions).toEqual([2, 1]);
  expect(existsSync(named)).toBe(true);
  expect(readdirSync(files.golden).toSorted()).toEqual(['1.frames', '2.frames', 'lock.sqlite']);
});

test('a link in place of the folder of golden versions is not followed', async () => {
  const workspace = await testWorkspace({ template });
  const { files } = workspace;
  const elsewhere = join(workspace.folder, '..', 'elsewhere');
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, files.golden);
  const { data } = await refused('WORKSPACE', publish(workspace));
  expect(data.reason).toBe('foreign');
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('the first start adds the shipped version; an earlier workspace does with the first command; nothing depends on it', async () => {
  const workspace = await testWorkspace({ resources });
  expect(existsSync(join(workspace.files.golden, '1.frames'))).toBe(true);
  const bare = await testWorkspace({ template });
  expect(existsSync(bare.files.golden)).toBe(false);
  expect((await bare.as().golden.status({})).shipped).toMatchObject({ installed: null, version: null });
  await bare.core.close();
  const core = await openSeeded({ folder: bare.folder, seed: 5, resources });
  try {
    expect(existsSync(join(bare.files.golden, '1.frames'))).toBe(false);
    expect((await core.client(core.session()).golden.list({})).map(({ version }) => version)).toEqual([1]);
  } finally {
    await core.close();
  }
});
