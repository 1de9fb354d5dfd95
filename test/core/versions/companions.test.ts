import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contentOf } from '#test/support/besides.ts';
import { verify } from '#test/support/backup.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, filesOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { backupFile } from '#core/versions/list.ts';
import { flipBit } from '#test/support/damage.ts';

const template = await makeTemplate(preparePeople);
const everything = { sandboxes: true, golden: true };

/** A workspace with a sandbox in which something was done, and a golden version. */
async function withBoth(): Promise<{ workspace: TestWorkspace; sandbox: string }> {
  const workspace = await testWorkspace({ template });
  const { id } = await take(workspace.as(), 'Play');
  const core = await openSandbox(workspace, id);
  await clientOf(core).entities.update({ type: 'team', id: 'team-a', data: { name: 'Tried' } });
  await core.close();
  await resultOf(await workspace.as().golden.publish({}));
  return { workspace, sandbox: id };
}

const create = async (workspace: TestWorkspace, more: Partial<typeof everything> = everything) =>
  resultOf(await workspace.as().backups.create(more));
const bring = async (workspace: TestWorkspace, id: string, contents: string[]) =>
  resultOf(await workspace.as().backups.bringBack({ id, contents }));

async function dropSandbox(workspace: TestWorkspace, id: string): Promise<void> {
  await workspace.as().sandboxes.discard({ id });
  await workspace.as().sandboxes.emptyTrash({});
}

const dropGolden = ({ files }: TestWorkspace, version: number): void =>
  rmSync(join(files.golden, `${version}.frames`), { force: true });

describe('a backup of everything', () => {
  test('lists its contents, each in its own file, and checks all of it', async () => {
    const { workspace, sandbox } = await withBoth();
    const alone = await create(workspace, {});
    expect(alone.inside).toEqual([]);
    const made = await create(workspace);
    expect(made.inside).toMatchObject([
      { name: 'golden-1', kind: 'golden', title: '1', counts: { teams: 2 } },
      { name: `sandbox-${sandbox}`, kind: 'sandbox', title: 'Play', counts: { teams: 2 } },
    ]);
    expect(made.stored).toBeGreaterThan(alone.stored);
    const { backups } = workspace.files;
    expect((await workspace.as().backups.list({})).map(({ inside }) => inside)).toEqual([made.inside, []]);
    expect(await verify(workspace, made.id)).toMatchObject({ ok: true });
    flipBit(backupFile(backups, made.id, `sandbox-${sandbox}`), 0.5);
    expect(await verify(workspace, made.id)).toMatchObject({ ok: false, reason: 'damaged' });
    expect(await verify(workspace, alone.id)).toMatchObject({ ok: true });
  });

  test('a sandbox that cannot be read is named, and no backup is made without it', async () => {
    const { workspace, sandbox } = await withBoth();
    writeFileSync(filesOf(workspace, sandbox).data, 'no database '.repeat(1000));
    const { message } = await refused('WORKSPACE', create(workspace));
    expect(message).toContain(`The sandbox "${sandbox}" cannot be backed up`);
    expect(await workspace.as().backups.list({})).toEqual([]);
    expect(await create(workspace, { golden: true })).toMatchObject({ inside: [{ kind: 'golden' }] });
  });
});

describe('bringing back', () => {
  test('restores missing ones exactly: records and log of a sandbox, every byte of a golden version', async () => {
    const { workspace, sandbox } = await withBoth();
    const { files } = workspace;
    const golden = join(files.golden, '1.frames');
    const bytes = readFileSync(golden);
    const before = contentOf(filesOf(workspace, sandbox).data);
    const { id } = await create(workspace);
    await dropSandbox(workspace, sandbox);
    dropGolden(workspace, 1);
    expect(await bring(workspace, id, [`sandbox-${sandbox}`, 'golden-1'])).toMatchObject([
      { kind: 'sandbox', title: 'Play', id: sandbox, outcome: 'back' },
      { kind: 'golden', title: '1', outcome: 'back' },
    ]);
    expect(contentOf(filesOf(workspace, sandbox).data)).toEqual(before);
    expect(readFileSync(golden)).toEqual(bytes);
    expect(statSync(golden).mode & 0o777).toBe(0o444);
    expect(await workspace.as().sandboxes.list({})).toMatchObject([
      { id: sandbox, name: 'Play', from: 'live', changes: 1, problem: null, archived: null },
    ]);
    expect(await resultOf(await workspace.as().golden.verify({}))).toMatchObject({
      versions: [{ version: 1, ok: true }],
    });
    const again = await bring(workspace, id, [`sandbox-${sandbox}`, 'golden-1']);
    expect(again.map(({ outcome }) => outcome)).toEqual(['there', 'there']);
  });

  test('replaces nothing: on a conflict of ids or numbers it uses another', async () => {
    const { workspace, sandbox } = await withBoth();
    const { id } = await create(workspace);
    const core = await openSandbox(workspace, sandbox);
    await clientOf(core).entities.update({ type: 'team', id: 'team-b', data: { name: 'Later' } });
    await core.close();
    const later = contentOf(filesOf(workspace, sandbox).data);
    dropGolden(workspace, 1);
    await workspace.as().entities.update({ type: 'team', id: 'team-b', data: { name: 'Other' } });
    await resultOf(await workspace.as().golden.publish({}));
    const [one, two] = await bring(workspace, id, [`sandbox-${sandbox}`, 'golden-1']);
    expect(one).toMatchObject({ title: 'Play (2)', outcome: 'renamed' });
    expect(two).toMatchObject({ title: '2', outcome: 'renamed' });
    expect(contentOf(filesOf(workspace, sandbox).data)).toEqual(later);
    const play = clientOf(await openSandbox(workspace, one?.id ?? ''));
    expect(await play.entities.get({ type: 'team', id: 'team-b' })).toMatchObject({ title: 'Bay team' });
    expect((await workspace.verify()).ok).toBe(true);
  });
});
