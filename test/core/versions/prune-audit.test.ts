import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultRetention } from '#shared/domain/retention.ts';
import { backUp, verify } from '#test/support/backup.ts';
import { newestOnly, prune, season } from '#test/support/prune.ts';
import { testFolder } from '#test/support/folder.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

async function open() {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const last = async () => (await ada.history.list({ limit: 1 })).rows[0];
  return { workspace, ada, last };
}

describe('acts without record changes', () => {
  test('are recorded with their author: a backup, an export; they need no undo or backup', async () => {
    const { workspace, ada, last } = await open();
    const before = await ada.history.steps({});
    const { id } = await resultOf(await ada.backups.create({}));
    expect(await last()).toMatchObject({
      label: 'backups.create',
      params: { backup: id, reason: 'asked' },
      actor: { name: 'Ada' },
    });
    const vic = workspace.as('Vic');
    const out = (file: string): string => workspace.core.grants.issue(join(testFolder(), file), 'write');
    await resultOf(await vic.transfer.exportFile({ grant: out('all.json') }));
    expect(await last()).toMatchObject({
      label: 'records.export',
      params: { file: 'all.json' },
      actor: { name: 'Vic' },
    });
    await resultOf(await ada.backups.exportFile({ id, grant: out('one.frames') }));
    expect(await last()).toMatchObject({ params: { file: 'one.frames' } });
    const { findings } = await resultOf(await ada.care.health({}));
    expect(findings).toContainEqual(expect.objectContaining({ code: 'backup.current' }));
    expect(await ada.history.steps({})).toEqual(before);
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('are in the log file if they cannot be audited, such as in a sandbox; and so are refusals', async () => {
    const told: unknown[] = [];
    const warn = (fields: object, message: string): void => void told.push({ ...fields, message });
    const log = { debug: warn, info: warn, warn, error: warn };
    const workspace = await testWorkspace({ template, log });
    await workspace
      .as('Vic')
      .entities.create({ type: 'team', data: { name: 'T' } })
      .catch(() => {});
    const sandbox = await openSandbox(workspace, (await take(workspace.as(), 'Play')).id);
    const grant = sandbox.grants.issue(join(testFolder(), 'all.json'), 'write');
    await resultOf(await clientOf(sandbox).transfer.exportFile({ grant }));
    expect(told).toContainEqual(expect.objectContaining({ message: 'refused', rule: 'viewers_read_only' }));
    expect(told).toContainEqual(
      expect.objectContaining({ act: 'records.export', file: 'all.json', message: 'act outside live' }),
    );
  });
});

describe('acts on backups in the audit', () => {
  test('pruning is recorded with the removed ones, and the chain holds', async () => {
    const { workspace, ada, last } = await open();
    const [first, second] = await season(workspace, [1, 2, 3]);
    await ada.backups.setRetention(newestOnly);
    const { op_id } = await prune(ada);
    const entry = await last();
    expect(entry).toMatchObject({ op_id, label: 'backups.prune', params: { count: 2 }, changes: 1 });
    const { rows } = await ada.history.changes({ id: entry?.id ?? 0 });
    const went = { act: 'backups.prune', op_id, backups: [second?.id, first?.id] };
    expect(rows).toMatchObject([{ type: 'workspace', after: { last: went } }]);
    expect((await workspace.verify()).ok).toBe(true);
    // Nothing to remove, nothing to note.
    expect(await prune(ada)).toMatchObject({ op_id: null });
    expect(await last()).toEqual(entry);
  });

  test('undo and redo skip a pruning, and it cannot be undone by itself', async () => {
    const { workspace, ada } = await open();
    await season(workspace, [1, 2]);
    await ada.backups.setRetention(newestOnly);
    await ada.entities.create({ type: 'university', data: { name: 'Mine' } });
    await ada.history.undo({});
    const before = await ada.history.nextSteps({});
    const { op_id } = await prune(ada);
    expect(await ada.history.nextSteps({})).toEqual(before);
    expect(before.redo).toMatchObject({ label: 'university.create' });
    await refused('NOT_FOUND', ada.history.undoChange({ op_id: op_id ?? '' }));
    expect((await ada.history.steps({ limit: 50 })).undo.map((step) => step.label)).not.toContain(
      'backups.prune',
    );
    await ada.history.redo({});
    expect(await ada.history.undo({})).toMatchObject({ label: 'university.create' });
    expect(await ada.history.undo({})).toMatchObject({ label: 'backups.retention' });
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('the retention policy is an ordinary change, separate from the workspace’s name', async () => {
    const { workspace, ada } = await open();
    expect(await ada.backups.retention({})).toEqual(defaultRetention);
    const { retention, op_id } = await ada.backups.setRetention({ last: 3 });
    expect(retention).toEqual({ ...defaultRetention, last: 3 });
    expect(op_id).not.toBeNull();
    expect(await ada.backups.setRetention({ last: 3 })).toEqual({ retention, op_id: null });
    const { name } = await ada.workspace.info({});
    await ada.workspace.rename({ name: 'Ours' });
    await ada.backups.setRetention({ monthly: 0 });
    await ada.history.undo({});
    await ada.history.undo({});
    expect((await ada.workspace.info({})).name).toBe(name);
    expect(await ada.backups.retention({})).toEqual(retention);
    await ada.history.undo({});
    expect(await ada.backups.retention({})).toEqual(defaultRetention);
    await ada.history.redo({});
    expect(await ada.backups.retention({})).toEqual(retention);
    await refused('INVALID', ada.backups.setRetention({ last: 0 }));
    await refused('INVALID', ada.backups.setRetention({ daily: -1 }));
    expect((await workspace.verify()).ok).toBe(true);
  });
});

describe('findings about a backup', () => {
  test('is kept with it, and listed', async () => {
    const { workspace, ada } = await open();
    const { id } = await backUp(workspace);
    const verified = async () => (await ada.backups.list({})).map((one) => one.verified);
    expect(await verified()).toEqual([null]);
    await verify(workspace, id);
    expect(await verified()).toMatchObject([
      { ok: true, at: expect.stringMatching(/^\d{4}-.*Z$/) as string },
    ]);
  });
});
