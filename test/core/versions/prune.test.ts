import { readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listBackups } from '#core/versions/list.ts';
import { pruneBackups } from '#core/versions/prune.ts';
import type { PruneOptions } from '#core/versions/prune.ts';
import { withVersionsLock } from '#core/kernel/folder-lock.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { fileOf, namesIn, verify } from '#test/support/backup.ts';
import { rewrite } from '#test/support/backup-file.ts';
import { newestOnly, noon, prune, season, wholeOnes } from '#test/support/prune.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** Bytes of all files of the backups. */
function bytesIn(backups: string): number {
  const names = readdirSync(backups, { recursive: true, withFileTypes: true });
  return names
    .filter((one) => one.isFile())
    .reduce((sum, one) => sum + statSync(join(one.parentPath, one.name)).size, 0);
}

async function open(days: readonly number[]) {
  const workspace = await testWorkspace({ template });
  const made = await season(workspace, days);
  const { backups } = workspace.files;
  const only = (more: Partial<PruneOptions> = {}) =>
    pruneBackups({ backups, policy: newestOnly, now: Date.UTC(2026, 0), log: silentLog, ...more });
  return { workspace, made, backups, ada: workspace.as(), ids: made.map(({ id }) => id), only };
}

describe('pruning', () => {
  test('removes backups outside of the policy', async () => {
    const { workspace, ada, backups, ids } = await open([1, 2, 100, 200]);
    await ada.backups.setRetention({ ...newestOnly, monthly: 2 });
    const [first = '', second = '', third = '', fourth = ''] = ids;
    const shown = await prune(ada, { dry: true });
    expect(shown).toMatchObject({
      dry: true,
      op_id: null,
      removed: [
        { id: second, made: '2025-01-02T12:00:00.000Z', reason: 'asked' },
        { id: first, made: '2025-01-01T12:00:00.000Z', reason: 'asked' },
      ],
      kept: [
        { id: fourth, why: ['newest', 'last', 'monthly'] },
        { id: third, why: ['monthly'] },
      ],
    });
    expect(namesIn(workspace)).toEqual(ids);
    const stored = bytesIn(backups);
    expect(shown.bytes).toBeGreaterThan(0);
    const { op_id, ...done } = await prune(ada);
    expect(done).toEqual({ ...shown, dry: false, op_id: undefined });
    expect(op_id).not.toBeNull();
    expect(bytesIn(backups)).toBe(stored - done.bytes);
    expect(await wholeOnes(workspace)).toEqual([fourth, third]);
    expect(namesIn(workspace)).toEqual([third, fourth]);
    expect(await prune(ada)).toMatchObject({ removed: [], op_id: null, bytes: 0 });
  });

  test('removes remains of missing backups, and no other files', async () => {
    const { backups, ids, only } = await open([1, 2]);
    const [first = '', second = ''] = ids;
    const orphan = '20200101T000000000Z';
    for (const name of [
      `${orphan}.golden-1.frames`,
      `${orphan}.verified.json`,
      `${first}.golden-2.frames`,
      'notes.frames',
    ])
      writeFileSync(join(backups, name), 'rest');
    await only();
    expect(readdirSync(backups).toSorted()).toEqual(
      [`${second}.frames`, 'lock.sqlite', 'notes.frames'].toSorted(),
    );
  });

  test('never removes the newest that a check found good, nor one that the clock is behind', async () => {
    const { workspace, ada, ids, only } = await open([1, 2, 3, 300]);
    await verify(workspace, ids[0] ?? '');
    await ada.backups.setRetention(newestOnly);
    const { removed, kept } = await only({ now: noon(4).time });
    expect(removed.map(({ id }) => id)).toEqual([ids[1]]);
    expect(kept.map(({ why }) => why)).toEqual([['future'], ['newest', 'last'], ['verified']]);
    expect(await wholeOnes(workspace)).toEqual([ids[3], ids[2], ids[0]]);
  });

  test.each<[string, string, (file: string) => void]>([
    ['that is cut off', 'unreadable', (file) => truncateSync(file, 300)],
    ['that is not a version', 'unreadable', (file) => writeFileSync(file, 'PK'.repeat(500))],
    [
      'of a newer version',
      'newer',
      (file) => rewrite(file, ({ manifest }) => (manifest.schema_version = 999)),
    ],
  ])('keeps a file %s, and says so', async (_, why, spoil) => {
    const { workspace, ada, ids } = await open([1, 2, 3]);
    await ada.backups.setRetention(newestOnly);
    spoil(fileOf(workspace, ids[0] ?? ''));
    expect(await prune(ada)).toMatchObject({
      removed: [{ id: ids[1] }],
      kept: [{ id: ids[2] }, { id: ids[0], made: null, why: [why] }],
    });
    expect(namesIn(workspace)).toEqual([ids[0], ids[2]]);
  });

  test('removes only previewed ones', async () => {
    const { workspace, ada, ids } = await open([1, 2, 3]);
    await ada.backups.setRetention(newestOnly);
    const { removed, kept } = await prune(ada, { only: [ids[1] ?? '', ids[2] ?? '', '../..'] });
    expect(removed.map(({ id }) => id)).toEqual([ids[1]]);
    expect(kept).toMatchObject([{ id: ids[2] }, { id: ids[0], why: ['other'] }]);
    expect(await wholeOnes(workspace)).toEqual([ids[2], ids[0]]);
  });

  test('waits for others who create or read a backup, and can be cancelled before removal', async () => {
    const { workspace, backups, ids, only } = await open([1, 2]);
    const stop = new AbortController();
    await withVersionsLock(backups, 'shared', {}, async () => {
      const waiting = only({ signal: stop.signal });
      stop.abort();
      await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    });
    const late = new AbortController();
    const cancelled = only({ signal: late.signal, onProgress: () => late.abort() });
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(namesIn(workspace)).toEqual(ids);
  });

  test('after a disk error the rest is intact, and the next prune completes it', async () => {
    const { workspace, ids, only } = await open([1, 2, 3]);
    const sync = (): Promise<void> => Promise.reject(new Error('EIO'));
    await expect(only({ sync })).rejects.toThrow('EIO');
    expect(await wholeOnes(workspace)).toEqual([ids[2]]);
    await only();
    expect(namesIn(workspace)).toEqual([ids[2]]);
  });

  test('is for admins, and only in live', async () => {
    const { workspace, ids } = await open([1, 2]);
    for (const who of ['Rea', 'Edi', 'Vic']) {
      await refused('FORBIDDEN', prune(workspace.as(who), { dry: true }));
      await refused('FORBIDDEN', workspace.as(who).backups.setRetention({ last: 1 }));
    }
    expect((await listBackups(workspace.files.backups)).map(({ id }) => id)).toEqual(ids.toReversed());
  });
});
