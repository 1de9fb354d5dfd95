import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { acceptFile } from '#core/restore/accept.ts';
import { restoreInPlace } from '#core/restore/in-place.ts';
import { previewSalvage, salvageInPlace } from '#core/salvage/run.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { withFile } from '#test/support/with-file.ts';
import { makeTemplate, openSeeded, verified } from '#test/support/workspace.ts';

let early = Buffer.alloc(0);
let late = Buffer.alloc(0);
let backup = '';
const made = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  ({ id: backup } = await resultOf(await workspace.as().backups.create({})));
  await workspace.core.close();
  early = readFileSync(workspace.files.live);
  await workspace.reopen();
  for (const id of ['one', 'two'])
    await workspace.as().entities.create({ type: 'team', id, data: { name: id } });
  await workspace.core.close();
  late = readFileSync(workspace.files.live);
  await workspace.reopen();
});

const latest = async (folder: string) => {
  const core = await openSeeded({ folder, seed: 7 });
  try {
    const client = core.client(core.session());
    const { rows } = await client.history.list({ limit: 1 });
    expect((await verified(client)).ok).toBe(true);
    return rows[0];
  } finally {
    await core.close();
  }
};

test('an older file is accepted on request: backed up, recorded, and opened from then on', async () => {
  const { folder, files, how, until } = withFile(made, early);
  expect(until).toMatch(/Z$/);
  const accepted = await acceptFile({ ...how, files });
  expect(accepted).toMatchObject({ reason: 'behind', until });
  expect(await latest(folder)).toMatchObject({
    label: 'workspace.accepted',
    op_id: accepted?.op_id,
    params: { missing_until: until, safety: accepted?.safety },
  });
});

test('a file without missing changes stays unchanged', async () => {
  const { files, how } = withFile(made, late);
  expect(await acceptFile({ ...how, files })).toBeNull();
  expect(readFileSync(files.live).equals(late)).toBe(true);
});

test('it is for admins', async () => {
  const { files, how } = withFile(made, early);
  const refusal = await acceptFile({ ...how, files, actor: 'Vic' }).catch(refusalIn);
  expect(refusal).toMatchObject({ code: 'FORBIDDEN' });
  expect(readFileSync(files.live).equals(early)).toBe(true);
});

test.each(['whole', 'damaged'])(
  'salvaging an older file that is %s names what is missing, and the history too',
  async (how) => {
    const file = how === 'whole' ? early : early.map((byte, at) => (at < 4096 ? 0xa5 : byte));
    const { folder, how: by, until } = withFile(made, Buffer.from(file));
    const wanted = { ...by, folder, owner: 'Ada' };
    const report = await previewSalvage(wanted);
    expect(report).toMatchObject({
      whole: false,
      missing: { until },
    });
    expect((await salvageInPlace({ ...wanted, actor: null })).missing).toEqual(report.missing);
    expect(await latest(folder)).toMatchObject({
      label: 'workspace.salvaged',
      params: { missing_until: until, whole: false },
    });
  },
);

test('an older file with later writes is not reported as complete', async () => {
  const { folder, files, how, until } = withFile(made, early);
  const head = readFileSync(files.head);
  rmSync(files.head);
  const core = await openSeeded({ folder, seed: 5 });
  for (let at = 0; at < 9; at += 1)
    await core
      .client(core.session())
      .entities.create({ type: 'team', id: `n${at}`, data: { name: `New ${at}` } });
  await core.close();
  writeFileSync(files.head, head);
  const report = await previewSalvage({ ...how, folder, owner: 'Ada' });
  expect(report).toMatchObject({ whole: false, missing: { since: null, until } });
});

test('restoring a backup over a missing or older file reports since when changes are lost', async () => {
  for (const file of [early, Buffer.alloc(100, 1)]) {
    const { folder, files, how, until } = withFile(made, file);
    const restored = await restoreInPlace({ ...how, files, id: backup, actor: null });
    expect(restored.missing).toMatchObject({ until });
    expect(await latest(folder)).toMatchObject({ params: { missing_until: until } });
  }
});

test('over an intact file, restoring loses nothing that is not backed up, and reports no loss', async () => {
  const { files, how } = withFile(made, late);
  expect((await restoreInPlace({ ...how, files, id: backup, actor: null })).missing).toBeNull();
});
