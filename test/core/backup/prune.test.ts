import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listBackups } from '#core/backup/list.ts';
import { pruneBackups } from '#core/backup/prune.ts';
import type { Pruning } from '#core/backup/prune.ts';
import { withBackups } from '#core/backup/lock.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { namesIn, verify } from '#test/support/backup.ts';
import { newestOnly, noon, packsIn, packsNamed, prune, season, wholeOnes } from '#test/support/prune.ts';
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
  const only = (more: Partial<Pruning> = {}) =>
    pruneBackups({ backups, policy: newestOnly, now: Date.UTC(2026, 0), log: silentLog, ...more });
  return { workspace, made, backups, ada: workspace.as(), ids: made.map(({ id }) => id), only };
}

describe('pruning', () => {
  test('keeps what backups share', async () => {
    const workspace = await testWorkspace({ template });
    await season(workspace, [1, 2, 3, 4, 5], false);
    await workspace.as().backups.setRetention({ ...newestOnly, last: 2 });
    const stored = bytesIn(workspace.files.backups);
    const { removed, bytes } = await prune(workspace.as());
    expect(removed).toHaveLength(3);
    expect(bytes).toBeGreaterThan(0);
    expect(bytesIn(workspace.files.backups)).toBe(stored - bytes);
    expect(await wholeOnes(workspace)).toHaveLength(2);
    const { backups } = workspace.files;
    expect(packsIn(backups).toSorted()).toEqual(await packsNamed(backups));
    expect(packsIn(backups).length).toBeGreaterThan(1);
  });

  test('removes what the rule does not keep, and packs that nobody needs any more', async () => {
    const { workspace, made, ada, backups, ids } = await open([1, 2, 100, 200]);
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
      unreadable: [],
    });
    expect(namesIn(workspace)).toEqual(ids);
    const stored = bytesIn(backups);
    expect(shown.packs).toBe(2);
    expect(shown.bytes).toBeGreaterThan((made[0]?.added ?? 0) + (made[1]?.added ?? 0));
    const { op_id, ...done } = await prune(ada);
    expect(done).toEqual({ ...shown, dry: false, op_id: undefined });
    expect(op_id).not.toBeNull();
    expect(bytesIn(backups)).toBe(stored - done.bytes);
    expect(await wholeOnes(workspace)).toEqual([fourth, third]);
    expect(packsIn(backups).toSorted()).toEqual(await packsNamed(backups));
    expect(namesIn(workspace)).toEqual([third, fourth]);
    expect(await prune(ada)).toMatchObject({ removed: [], op_id: null, packs: 0, bytes: 0 });
  });

  test('removes packs that nobody has named since something was broken off', async () => {
    const { ada, backups } = await open([1]);
    const stray = join(backups, 'packs', `${'a'.repeat(64)}.pack`);
    writeFileSync(stray, 'rest');
    writeFileSync(join(backups, 'packs', 'notes.txt'), 'mine');
    expect(await prune(ada)).toMatchObject({ removed: [], op_id: null, packs: 1, bytes: 4 });
    expect(existsSync(stray)).toBe(false);
    expect(existsSync(join(backups, 'packs', 'notes.txt'))).toBe(true);
  });

  test('never removes the newest that a check found good, nor one that the clock is behind', async () => {
    const { workspace, ada, ids, only } = await open([1, 2, 3, 300]);
    await verify(workspace, ids[0] ?? '');
    await ada.backups.setRetention(newestOnly);
    const { goes, kept } = await only({ now: noon(4).time });
    expect(goes.map(({ id }) => id)).toEqual([ids[1]]);
    expect(kept.map(({ why }) => why)).toEqual([['future'], ['newest', 'last'], ['verified']]);
    expect(await wholeOnes(workspace)).toEqual([ids[3], ids[2], ids[0]]);
  });

  test.each([
    [
      'a manifest that is damaged',
      (folder: string) => writeFileSync(join(folder, 'manifest.json'), '{"format":2'),
    ],
    [
      'a manifest of a newer format',
      (folder: string) => writeFileSync(join(folder, 'manifest.json'), '{"format":9}'),
    ],
    ['a backup whose folder somebody renamed', (folder: string) => renameSync(folder, `${folder} (old)`)],
    [
      'a backup whose manifest is gone',
      (folder: string) => renameSync(join(folder, 'manifest.json'), join(folder, 'x')),
    ],
  ])('keeps every pack beside %s, and says so', async (_, spoil) => {
    const { ada, backups, ids, only } = await open([1, 2, 3]);
    await ada.backups.setRetention(newestOnly);
    const before = packsIn(backups);
    spoil(join(backups, ids[0] ?? ''));
    const [odd = ''] = readdirSync(backups).filter((name) => name.startsWith(ids[0] ?? ''));
    expect(await prune(ada)).toMatchObject({
      removed: [{ id: ids[1] }],
      kept: [{ id: ids[2] }, { id: odd, why: ['unreadable'] }],
      unreadable: [odd],
      packs: 0,
    });
    expect(packsIn(backups)).toEqual(before);
    expect(existsSync(join(backups, odd))).toBe(true);
    expect((await only()).unreadable).toEqual([odd]);
  });

  test('keeps backups of the first format and of newer versions, and says so', async () => {
    const { ada, backups, ids } = await open([1, 2]);
    const early = '20200101T000000000Z';
    mkdirSync(join(backups, early));
    writeFileSync(join(backups, early, 'manifest.json'), '{"format":1}');
    await ada.backups.setRetention(newestOnly);
    const { removed, kept } = await prune(ada);
    expect(removed.map(({ id }) => id)).toEqual([ids[0]]);
    expect(kept).toMatchObject([{ id: ids[1] }, { id: early, made: null, why: ['early'] }]);
    expect(existsSync(join(backups, early, 'manifest.json'))).toBe(true);
  });

  test('removes nothing but what somebody was shown', async () => {
    const { workspace, ada, ids } = await open([1, 2, 3]);
    await ada.backups.setRetention(newestOnly);
    const { removed, kept } = await prune(ada, { only: [ids[1] ?? '', ids[2] ?? '', '../..'] });
    expect(removed.map(({ id }) => id)).toEqual([ids[1]]);
    expect(kept).toMatchObject([{ id: ids[2] }, { id: ids[0], why: ['other'] }]);
    expect(await wholeOnes(workspace)).toEqual([ids[2], ids[0]]);
  });

  test('counts backups of another workspace by themselves', async () => {
    const [ours, other] = [await open([1, 2]), await testWorkspace({ seed: 99 })];
    await season(other, [3, 4]);
    cpSync(other.files.backups, ours.backups, { recursive: true });
    await ours.ada.backups.setRetention(newestOnly);
    const { removed } = await prune(ours.ada);
    expect(removed).toHaveLength(2);
    expect(await wholeOnes(ours.workspace)).toHaveLength(2);
  });

  test('waits for who makes or reads a backup, and can be given up before anything goes', async () => {
    const { workspace, backups, ids, only } = await open([1, 2]);
    const stop = new AbortController();
    await withBackups(backups, 'together', {}, async () => {
      const waiting = only({ signal: stop.signal });
      stop.abort();
      await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    });
    const late = new AbortController();
    const cancelled = only({ signal: late.signal, tell: () => late.abort() });
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(namesIn(workspace)).toEqual(ids);
  });

  test('where the disk fails on the way, what is there is whole, and the next prune ends it', async () => {
    for (const failing of [1, 2, 3]) {
      const { workspace, backups, ids, only } = await open([1, 2, 3]);
      let calls = 0;
      const sync = (): Promise<void> => {
        calls += 1;
        return calls === failing ? Promise.reject(new Error('EIO')) : Promise.resolve();
      };
      await expect(only({ sync })).rejects.toThrow('EIO');
      expect(await wholeOnes(workspace)).toEqual([ids[2]]);
      expect(packsIn(backups)).toHaveLength(failing < 3 ? 3 : 1);
      await only();
      expect(namesIn(workspace)).toEqual([ids[2]]);
      expect(packsIn(backups).toSorted()).toEqual(await packsNamed(backups));
    }
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
