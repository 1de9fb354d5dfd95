import { sinceBase } from '#shared/domain/points-in-time.ts';
import { lastDailyOf } from '#core/versions/last-daily.ts';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DailyBackups } from '#core/versions/daily.ts';
import { openAt } from '#test/support/moments.ts';
import { clientOf, filesOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { spoilTable } from '#test/support/spoil.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const isNoted = ({ folder }: TestWorkspace): boolean => existsSync(join(folder, 'damaged.json'));

/** A workspace with a sandbox in which something was done. */
async function played() {
  const workspace = await testWorkspace({ template });
  const { id } = await take(workspace.as(), 'Try');
  const play = await openSandbox(workspace, id);
  await clientOf(play).entities.create({ type: 'team', data: { name: 'New' } });
  await play.close();
  return { workspace, id };
}

test('corruption found by the daily backup is recorded and reported', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.as().entities.create({ type: 'team', data: { name: 'Late' } });
  await workspace.core.close();
  spoilTable(workspace.files.live, 'teams');
  await workspace.reopen();
  const { core } = workspace;
  const made = new DailyBackups().check(core.context(core.session()), { evenBusy: true });
  await expect(made).rejects.toMatchObject({ code: 'WORKSPACE', data: { reason: 'damaged' } });
  expect(isNoted(workspace)).toBe(true);
  const params = { reason: 'damaged' };
  expect(lastDailyOf(core.services).findings()).toEqual([
    { id: 'daily', state: 'bad', code: 'daily.failed', params },
  ]);
});

test('after corruption was found live is read-only, and other targets can be changed', async () => {
  const workspace = await testWorkspace({ template });
  const { id } = await take(workspace.as(), 'Try');
  const play = await openSandbox(workspace, id);
  await workspace.core.close();
  spoilTable(workspace.files.live, 'outcomes');
  await workspace.reopen();
  const { entities } = workspace.as();
  const rename = (name: string) => entities.update({ type: 'student', id: 'student-a', data: { name } });
  // Nobody knows of it yet.
  await rename('Alpine');
  await expect(entities.list({ type: 'outcome', limit: 10 })).rejects.toMatchObject({
    data: { reason: 'damaged' },
  });
  const before = readFileSync(workspace.files.live);
  await expect(rename('Late')).rejects.toMatchObject({ code: 'WORKSPACE', data: { reason: 'damaged' } });
  expect(readFileSync(workspace.files.live).equals(before)).toBe(true);
  expect((await entities.get({ type: 'student', id: 'student-a' })).payload).toMatchObject({
    name: 'Alpine',
  });
  await clientOf(play).entities.create({ type: 'team', data: { name: 'In Play' } });
  await play.close();
});

test.each(['compare', 'promote'] as const)(
  'a damaged sandbox is named where live is open and it is to %s, and nothing is noted of live',
  async (what) => {
    const { workspace, id } = await played();
    spoilTable(filesOf(workspace, id).data, 'teams');
    const message: unknown = expect.stringContaining(`${id}.sqlite`);
    await expect(
      (async () => {
        const { compare, sandboxes } = workspace.as();
        await (what === 'compare'
          ? resultOf(await compare.between(sinceBase(id)))
          : resultOf(await sandboxes.promote({ id })));
      })(),
    ).rejects.toMatchObject({ code: 'WORKSPACE', data: { reason: 'sandbox_damaged' }, message });
    expect(isNoted(workspace)).toBe(false);
    expect(await workspace.verify()).toMatchObject({ ok: true });
  },
);

test('corrupt live is named and recorded while a sandbox is open', async () => {
  const { workspace, id } = await played();
  await workspace.as().entities.create({ type: 'team', data: { name: 'Later' } });
  await workspace.core.close();
  spoilTable(workspace.files.live, 'teams');
  const play = await openSandbox(workspace, id);
  const compared = async () => resultOf(await clientOf(play).compare.between(sinceBase(id)));
  const message: unknown = expect.stringContaining('frames.sqlite');
  await expect(compared()).rejects.toMatchObject({ code: 'WORKSPACE', data: { reason: 'damaged' }, message });
  expect(isNoted(workspace)).toBe(true);
});

test('a damaged sandbox is named by the backup that was to hold it', async () => {
  const { workspace, id } = await played();
  spoilTable(filesOf(workspace, id).data, 'teams');
  // Windows in other languages say what stands in quotation marks.
  const message: unknown = expect.stringContaining(`"Try" (${id})`);
  const named = { code: 'WORKSPACE', data: { reason: 'sandbox_damaged' }, message };
  const { backups } = workspace.as();
  await expect((async () => resultOf(await backups.create({ sandboxes: true })))()).rejects.toMatchObject(
    named,
  );
  expect(isNoted(workspace)).toBe(false);
  expect(await workspace.verify()).toMatchObject({ ok: true });
});

/** A workspace whose file is damaged where a table lies, open. */
async function spoiled(table = 'teams'): Promise<TestWorkspace> {
  const workspace = await testWorkspace({ template });
  await workspace.as().entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
  await workspace.core.close();
  spoilTable(workspace.files.live, table);
  await workspace.reopen();
  return workspace;
}
const refused = { code: 'WORKSPACE', data: { reason: 'damaged' } };

test('corruption of live found at a point in time blocks writes to live', async () => {
  const workspace = await spoiled();
  const newest = (await workspace.as().history.list({ limit: 1 })).rows[0]?.id as number;
  const then = clientOf(await openAt(workspace, newest));
  const restored = async () => resultOf(await then.moments.restore({ at: 1, ids: ['team-a'], dry: true }));
  await expect(restored()).rejects.toMatchObject({ data: { reason: 'damaged' } });
  expect(isNoted(workspace)).toBe(true);
  await expect(then.checkpoints.create({ name: 'Late' })).rejects.toMatchObject(refused);
});

test('corruption of live blocks other windows too', async () => {
  const workspace = await spoiled('outcomes');
  const { entities } = workspace.as();
  await expect(entities.list({ type: 'outcome', limit: 10 })).rejects.toMatchObject(refused);
  expect(isNoted(workspace)).toBe(true);
  const rename = async (name: string) =>
    clientOf(await workspace.another({})).entities.update({
      type: 'student',
      id: 'student-a',
      data: { name },
    });
  await expect(rename('Late')).rejects.toMatchObject(refused);
  // Somebody recovered it.
  rmSync(join(workspace.folder, 'damaged.json'));
  await rename('Later');
});
