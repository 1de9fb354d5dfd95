import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DailyBackups, isDailyDue } from '#core/versions/daily.ts';
import { listBackups } from '#core/versions/list.ts';
import { backUp, namesIn } from '#test/support/backup.ts';
import { newestOnly, season } from '#test/support/prune.ts';
import { openSandbox, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const [minute, day] = [60_000, 86_400_000];

async function open() {
  const workspace = await testWorkspace({ template });
  const daily = new DailyBackups();
  const ada = workspace.as();
  const call = (profile?: string) => workspace.core.context(workspace.core.session(profile));
  let number = 0;
  return {
    workspace,
    daily,
    ada,
    call,
    check: (profile?: string) => daily.check(call(profile)),
    /** Somebody writes, and is gone for a while. */
    write: async () => {
      await ada.entities.create({ type: 'team', data: { name: `Team ${(number += 1)}` } });
      workspace.clock.time += minute;
    },
    reasons: async () => (await listBackups(workspace.files.backups)).map(({ reason }) => reason),
  };
}

test('is made if there is none, and after a day with changes', async () => {
  const { workspace, check, write, reasons } = await open();
  await write();
  expect(await check()).toBe('made');
  expect(await check()).toBe('not_due');
  await write();
  expect(await check()).toBe('not_due');
  workspace.clock.time += day;
  expect(await check()).toBe('made');
  workspace.clock.time += 30 * day;
  expect(await check()).toBe('not_due');
  expect(await reasons()).toEqual(['daily', 'daily']);
});

test('without permission to prune nothing is removed: the backup is made all the same', async () => {
  const { workspace, ada, check, write } = await open();
  await season(workspace, [1, 2, 3]);
  await ada.backups.setRetention(newestOnly);
  await write();
  workspace.clock.time = Date.UTC(2027, 0, 1);
  const before = namesIn(workspace).length;
  expect(await check('Eve')).toBe('made');
  expect(namesIn(workspace)).toHaveLength(before + 1);
});

test('waits during writes, but not forever', async () => {
  const { ada, daily, call } = await open();
  await ada.entities.create({ type: 'team', data: { name: 'Just now' } });
  expect(await daily.check(call())).toBe('busy');
  expect(await daily.check(call(), { evenBusy: true })).toBe('made');
});

test('one made by anybody counts, one that was found damaged does not', async () => {
  const { workspace, check, write } = await open();
  await write();
  const { id } = await backUp(workspace, { clock: workspace.clock });
  expect(await check()).toBe('not_due');
  writeFileSync(
    `${workspace.files.backups}/${id}.verified.json`,
    JSON.stringify({ at: '2026-01-01T00:00:00.000Z', ok: false }),
  );
  expect(await check()).toBe('made');
});

test('a clock that is set back causes neither one a minute nor none for a year', async () => {
  const { workspace, check, write, reasons } = await open();
  await write();
  expect(await check()).toBe('made');
  workspace.clock.time -= 365 * day;
  await write();
  expect(await check()).toBe('made');
  for (let minutes = 0; minutes < 20; minutes += 1) {
    await write();
    expect(await check()).toBe('not_due');
  }
  workspace.clock.time += day;
  await write();
  expect(await check()).toBe('made');
  expect(await reasons()).toHaveLength(3);
});

test('is not made in a sandbox', async () => {
  const { workspace, ada, daily } = await open();
  const { id } = await take(ada, 'What if');
  const core = await openSandbox(workspace, id);
  await core.client(core.session()).entities.create({ type: 'team', data: { name: 'Played' } });
  workspace.clock.time += day;
  expect(await daily.check(core.context(core.session()))).toBe('not_due');
});

test('whatever the clock does: none within a day of the newest one, and never two quiet days without one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -400 * day, max: 400 * day }), { maxLength: 50 }), (jumps) => {
      let [now, made] = [Date.UTC(2026, 5, 1), null as number | null];
      for (const jump of jumps) {
        now += jump;
        if (!isDailyDue({ newestBackup: made, hasChanges: true, now })) continue;
        expect(made === null || Math.abs(now - made) >= day).toBe(true);
        made = now;
      }
      expect(isDailyDue({ newestBackup: made, hasChanges: true, now: now + 2 * day })).toBe(true);
      expect(isDailyDue({ newestBackup: made, hasChanges: false, now: now + 2 * day })).toBe(false);
    }),
  );
});
