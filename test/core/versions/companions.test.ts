import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contentOf } from '#test/support/besides.ts';
import { restore, verify } from '#test/support/backup.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, filesOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
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
    expect(message).toContain(`The file of sandbox "${sandbox}" is not a FRAMES file`);
    expect(await workspace.as().backups.list({})).toEqual([]);
    expect(await create(workspace, { golden: true })).toMatchObject({ inside: [{ kind: 'golden' }] });
  });
});

describe('a workspace made from a backup', () => {
  test('has the records and log of its sandboxes, and every byte of its golden versions', async () => {
    const { workspace, sandbox } = await withBoth();
    const bytes = readFileSync(join(workspace.files.golden, '1.frames'));
    const before = contentOf(filesOf(workspace, sandbox).data);
    const { id } = await create(workspace);
    const into = join(workspace.folder, 'restored');
    await restore(workspace, id, into);
    const play = workspaceFiles(into, { kind: 'sandbox', id: sandbox });
    expect(contentOf(play.data)).toEqual(before);
    expect(existsSync(play.head)).toBe(true);
    const golden = join(into, 'golden', '1.frames');
    expect(readFileSync(golden)).toEqual(bytes);
    expect(statSync(golden).mode & 0o777).toBe(0o444);
  });

  test('is not made if one of its sandboxes is damaged', async () => {
    const { workspace, sandbox } = await withBoth();
    const { id } = await create(workspace);
    flipBit(backupFile(workspace.files.backups, id, `sandbox-${sandbox}`), 0.5);
    const into = join(workspace.folder, 'restored');
    await refused('BACKUP', restore(workspace, id, into));
    expect(existsSync(into)).toBe(false);
  });
});
