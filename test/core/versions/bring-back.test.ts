import { copyFileSync, cpSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentOf } from '#test/support/besides.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, filesOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace, verified } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';
import { bringBack } from '#core/restore/bring-back.ts';
import { companionName } from '#core/versions/list.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { createSalts, systemRandom } from '#core/kernel/system.ts';
import { build, StandsAlready } from '#core/sandboxes/fork.ts';

const goldenName = (version: number): string => companionName({ kind: 'golden', version });
const template = await makeTemplate(preparePeople);

/** A workspace whose only sandbox is gone, a backup that holds it, and what was in it. */
async function gone() {
  const workspace = await testWorkspace({ template });
  const { id } = await take(workspace.as(), 'Play');
  const core = await openSandbox(workspace, id);
  await clientOf(core).entities.update({ type: 'team', id: 'team-a', data: { name: 'Tried' } });
  await core.close();
  const place = filesOf(workspace, id).data;
  const content = contentOf(place);
  const copy = join(workspace.folder, 'copy');
  copyFileSync(place, copy);
  const backup = await resultOf(await workspace.as().backups.create({ sandboxes: true, golden: false }));
  await workspace.as().sandboxes.discard({ id });
  await workspace.as().sandboxes.emptyTrash({});
  return { workspace, id, place, content, copy, backup: backup.id };
}

const bring = async (client: Client, backup: string, id: string) =>
  resultOf(await client.backups.bringBack({ id: backup, contents: [`sandbox-${id}`] }));

/** As bringing it back, of a copy; `meanwhile` is done when that is there and has no name yet. */
function buildWhile(
  { workspace, id, copy }: { workspace: TestWorkspace; id: string; copy: string },
  meanwhile: () => Promise<unknown>,
  name = 'Play',
): Promise<string> {
  const { files, clock } = workspace;
  let count = 0;
  const ids = { uuid: () => `00000000-0000-4000-8000-${String((count += 1)).padStart(12, '0')}` };
  const salt = createSalts(systemRandom);
  const how = {
    files,
    clock,
    ids,
    salt,
    log: silentLog,
    tell: () => undefined,
    by: 'p',
    from: 'backup:b',
    name,
  };
  return build({ ...how, as: id }, async (image) => {
    copyFileSync(copy, image);
    await meanwhile();
    return { id: 1, op_id: 'o', hash: 'h' };
  });
}

test('brought back twice at once it is there once, as it was', async () => {
  const { workspace, id, place, content, backup } = await gone();
  const other = clientOf(await workspace.another());
  const done = await Promise.all([bring(workspace.as(), backup, id), bring(other, backup, id)]);
  expect(new Set(done.map(([one]) => one?.outcome))).toEqual(new Set(['back', 'there']));
  expect(done.map(([one]) => one?.id)).toEqual([id, id]);
  expect(contentOf(place)).toEqual(content);
  expect(await workspace.as().sandboxes.list({})).toMatchObject([{ id, name: 'Play', problem: null }]);
  expect(readdirSync(workspace.files.sandboxes).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test.each(['Play', 'Another name'])(
  'who comes second, as "%s", takes nothing away and replaces nothing',
  async (name) => {
    const all = await gone();
    const { workspace, id, place, content, backup } = all;
    const built = buildWhile(all, () => bring(workspace.as(), backup, id), name);
    await expect(built).rejects.toThrow(StandsAlready);
    expect(contentOf(place)).toEqual(content);
    expect(existsSync(filesOf(workspace, id).head)).toBe(true);
    expect(await workspace.as().sandboxes.list({})).toMatchObject([{ id, name: 'Play', problem: null }]);
    await (await openSandbox(workspace, id)).close();
  },
);

test('who comes second while it is open or in the trash takes nothing away either', async () => {
  const all = await gone();
  const { workspace, id, content, backup } = all;
  const opened = buildWhile(all, async () => {
    await bring(workspace.as(), backup, id);
    await openSandbox(workspace, id);
  });
  await expect(opened).rejects.toThrow(StandsAlready);
  const again = await gone();
  const discarded = buildWhile(again, async () => {
    await bring(again.workspace.as(), again.backup, again.id);
    await again.workspace.as().sandboxes.discard({ id: again.id });
  });
  await expect(discarded).rejects.toThrow(StandsAlready);
  await again.workspace.as().sandboxes.recover({ id: again.id });
  expect(contentOf(again.place)).toEqual(content);
});

test('what was built by a process that is gone is swept away, and not by one that is here', async () => {
  const { workspace, id } = await gone();
  const { files } = workspace;
  const built = (pid: number) => join(files.sandboxes, `.${id}-0000-${pid}.part`);
  copyFileSync(files.live, built(process.pid));
  copyFileSync(files.live, join(files.sandboxes, 'dead'));
  renameSync(join(files.sandboxes, 'dead'), built(2 ** 22 + 1));
  await take(workspace.as(), 'Next');
  expect([process.pid, 2 ** 22 + 1].map((pid) => existsSync(built(pid)))).toEqual([true, false]);
});

test('a golden version that is brought back is in the audit, and one that is there already is not', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const { version } = await resultOf(await ada.golden.publish({}));
  const { id } = await resultOf(await ada.backups.create({ sandboxes: false, golden: true }));
  const contents = [goldenName(version)];
  const labels = async () => (await ada.history.list({ limit: 50 })).rows.map(({ label }) => label);
  const before = await labels();
  expect(await resultOf(await ada.backups.bringBack({ id, contents }))).toMatchObject([{ outcome: 'there' }]);
  expect(await labels()).toEqual(before);
  const folder = join(workspace.files.golden, `${version}.frames`);
  renameSync(folder, join(workspace.folder, 'away'));
  expect(await resultOf(await ada.backups.bringBack({ id, contents }))).toMatchObject([{ outcome: 'back' }]);
  const [newest] = (await ada.history.list({ limit: 1 })).rows;
  expect(newest).toMatchObject({ label: 'golden.brought', params: { version, backup: id } });
  expect((await ada.history.steps({})).undo.map(({ label }) => label)).not.toContain('golden.brought');
  expect((await verified(ada)).ok).toBe(true);
});

test('no golden version is there again of which the audit does not say so', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  await resultOf(await client.golden.publish({}));
  await client.entities.create({ type: 'team', data: { name: 'More' } });
  await resultOf(await client.golden.publish({}));
  const { id } = await resultOf(await client.backups.create({ sandboxes: false, golden: true }));
  const { files } = workspace;
  const versions = () => readdirSync(files.golden).filter((name) => /^\d+\.frames$|^\.ready/.test(name));
  const contents = [1, 2].map(goldenName);
  for (const version of versions()) rmSync(join(files.golden, version), { recursive: true });
  const { services } = workspace.core;
  const full = Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
  const seen: string[][] = [];
  const queue = {
    command: () => {
      // What a crash would leave.
      seen.push(versions());
      return Promise.reject(full);
    },
  } as unknown as typeof services.queue;
  const failing = { ...workspace.core.context(workspace.core.session()) };
  failing.services = Object.create(services, { queue: { value: queue } }) as typeof services;
  const { signal } = new AbortController();
  const pace = { clock: services.source.clock, signal, tell: () => undefined };
  const { data } = await refused('WORKSPACE', bringBack(failing, { id, contents }, pace));
  expect(data.reason).toBe('full');
  expect(seen).toEqual([[]]);
  expect(versions()).toEqual([]);
  expect(readdirSync(workspace.folder)).not.toContain('moments');
  expect(await resultOf(await client.backups.bringBack({ id, contents }))).toMatchObject([
    { title: '1', outcome: 'back' },
    { title: '2', outcome: 'back' },
  ]);
  const { rows } = await client.history.list({ limit: 10 });
  expect(rows.filter(({ label }) => label === 'golden.brought')).toHaveLength(2);
});

test('who cancels finds nothing brought back, neither before nor after that', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const { id: sandbox } = await take(ada, 'Play');
  await resultOf(await ada.golden.publish({}));
  await ada.entities.create({ type: 'university', id: 'uni-x', data: { name: 'X' } });
  await resultOf(await ada.golden.publish({}));
  const { id } = await resultOf(await ada.backups.create({ sandboxes: true, golden: true }));
  for (const one of ['1', '2']) rmSync(join(workspace.files.golden, `${one}.frames`));
  await ada.sandboxes.discard({ id: sandbox });
  await ada.sandboxes.emptyTrash({});
  const contents = [`sandbox-${sandbox}`, goldenName(1), goldenName(2)];
  const newest = async () => (await ada.history.list({ limit: 1 })).rows[0]?.id;
  const before = await newest();
  const moments = join(workspace.folder, 'moments');
  const taken = (): number =>
    (existsSync(moments) ? readdirSync(moments) : []).filter((name) => name.endsWith('.sqlite')).length;
  const given = new AbortController();
  const call = workspace.core.context(workspace.core.session());
  const pace = {
    clock: call.services.source.clock,
    signal: given.signal,
    tell: () => void (taken() >= 2 && given.abort()),
  };
  await refused('CANCELLED', bringBack(call, { id, contents }, pace));
  expect(await newest()).toBe(before);
  expect(await ada.sandboxes.list({})).toEqual([]);
  expect(await ada.golden.list({})).toEqual([]);
  expect(taken()).toBe(0);
});

test.each([
  ['as it always was', false],
  ['otherwise by then', true],
])(
  'a sandbox of another workspace, which was called %s, is brought once, and nobody changed anything in it',
  async (_, rename) => {
    const other = await testWorkspace({ seed: 7 });
    if (rename) await other.as().workspace.rename({ name: 'The others' });
    const { id } = await take(other.as(), 'Play');
    const made = await resultOf(await other.as().backups.create({ sandboxes: true, golden: false }));
    const workspace = await testWorkspace();
    cpSync(other.files.backups, workspace.files.backups, { recursive: true });
    const ada = workspace.as();
    const bring = async () =>
      resultOf(await ada.backups.bringBack({ id: made.id, contents: [`sandbox-${id}`] }));
    const outcomes = async () => (await bring()).map(({ outcome }) => outcome);
    expect(await outcomes()).toEqual(['back']);
    expect(await outcomes()).toEqual(['there']);
    expect(await ada.sandboxes.list({})).toMatchObject([{ id, name: 'Play', changes: 0 }]);
  },
);
