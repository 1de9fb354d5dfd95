import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withVersionsLock } from '#core/kernel/folder-lock.ts';
import { backUp, beside, namesIn, restore, verify } from '#test/support/backup.ts';
import { crowdTemplate } from '#test/support/crowd.ts';
import { testFolder } from '#test/support/folder.ts';
import { TestClock } from '#test/support/seeded.ts';
import { testWorkspace } from '#test/support/workspace.ts';

const crowd = await crowdTemplate();

async function toItsEnd(stream: AsyncIterable<unknown>): Promise<number> {
  let events = 0;
  for await (const _ of stream) events += 1;
  return events;
}

describe('processes that use the same backups', () => {
  test('wait for each other, with a report after a timeout', async () => {
    const backups = testFolder();
    const order: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = withVersionsLock(backups, 'exclusive', {}, async () => {
      await promise;
      order.push('first');
    });
    const late = withVersionsLock(backups, 'shared', { timeoutMs: 60 }, () => Promise.resolve());
    await expect(late).rejects.toMatchObject({ code: 'BUSY' });
    const stop = new AbortController();
    const given = withVersionsLock(backups, 'exclusive', { signal: stop.signal }, () => Promise.resolve());
    stop.abort();
    await expect(given).rejects.toMatchObject({ code: 'CANCELLED' });
    const second = withVersionsLock(backups, 'exclusive', {}, () => Promise.resolve(order.push('second')));
    resolve();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
  });

  test('report a lock file that is not ours', async () => {
    for (const spoil of [
      (file: string) => writeFileSync(file, 'x'.repeat(5000)),
      (file: string) => mkdirSync(file),
      (file: string) => symlinkSync('/dev/zero', file),
    ]) {
      const backups = testFolder();
      spoil(join(backups, 'lock.sqlite'));
      for (const how of ['exclusive', 'shared'] as const)
        await expect(withVersionsLock(backups, how, {}, () => Promise.resolve())).rejects.toMatchObject({
          code: 'WORKSPACE',
          message: expect.stringContaining('lock.sqlite') as string,
        });
    }
  });

  test('never conflict: two reads of one backup, two backups of one millisecond', async () => {
    const workspace = await testWorkspace();
    const clock = new TestClock(Date.UTC(2026, 2, 4), 0);
    const twice = await Promise.all([backUp(workspace, { clock }), backUp(workspace, { clock })]);
    expect(new Set(twice.map(({ id }) => id)).size).toBe(2);
    const looks = await Promise.all([0, 1, 2].flatMap(() => twice.map(({ id }) => verify(workspace, id))));
    expect(looks.map(({ ok }) => ok)).toEqual(looks.map(() => true));
    expect(namesIn(workspace)).toEqual(twice.map(({ id }) => id).toSorted());
  });
});

describe('remains of an interrupted one', () => {
  test('are removed by the next backup; other files stay', async () => {
    const workspace = await testWorkspace();
    const { backups } = workspace.files;
    for (const name of ['.building-Ab3_x9', '.verify-000000']) {
      mkdirSync(join(backups, name), { recursive: true });
      writeFileSync(join(backups, name, 'image'), 'a whole database');
    }
    writeFileSync(join(backups, '.note'), 'mine');
    const { id } = await backUp(workspace);
    expect(readdirSync(backups).toSorted()).toEqual(['.note', `${id}.frames`, ...beside].toSorted());
  });

  test.each(['create', 'verify'] as const)(
    'closing the workspace gives up %s and leaves nothing',
    async (which) => {
      const workspace = await testWorkspace({ template: crowd });
      const made = await backUp(workspace);
      await workspace.as().entities.create({ type: 'team', data: { name: 'New' } });
      const { backups } = workspace.as();
      const stream = which === 'create' ? await backups.create({}) : await backups.verify({ id: made.id });
      expect(await stream.next()).toMatchObject({ value: { kind: 'progress' } });
      await workspace.core.close();
      expect(namesIn(workspace)).toEqual([made.id]);
      await expect(toItsEnd(stream)).rejects.toMatchObject({ code: 'CANCELLED' });
      await workspace.reopen();
    },
  );

  test('is swept when the workspace is opened, among backups and golden versions', async () => {
    const workspace = await testWorkspace();
    const { backups, golden } = workspace.files;
    await workspace.core.close();
    for (const folder of [backups, golden]) mkdirSync(join(folder, '.verify-Ab3_x9'), { recursive: true });
    await workspace.reopen();
    for (const folder of [backups, golden]) expect(readdirSync(folder)).not.toContain('.verify-Ab3_x9');
  });

  test('of a restore block nothing', async () => {
    const workspace = await testWorkspace();
    const { id } = await backUp(workspace);
    const into = testFolder();
    const live = join(into, 'frames.sqlite.new');
    for (const name of [`-${process.pid}-journal`, `-${process.pid}-wal`, `-${process.pid}`])
      writeFileSync(`${live}${name}`, 'rubbish'.repeat(1000));
    mkdirSync(join(into, '.restore-abc123'));
    expect(await restore(workspace, id, into)).toMatchObject({ id });
    expect(readdirSync(into)).not.toContain('.restore-abc123');
  });
});
