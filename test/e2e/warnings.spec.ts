import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import { createIds } from '#core/kernel/system.ts';
import { fillUp, makeReadOnly, mountSmall, readOnlyPlaces, smallDisks } from '#test/support/disk.ts';
import { seededRandom, TestClock } from '#test/support/seeded.ts';
import { expect, test } from './harness.ts';
import type { Running } from './lib/launch.ts';
import { goTo, openRecord } from './lib/window.ts';

const barOf = ({ page }: Running) => page.getByRole('region', { name: 'Workspace warning' });
const waits = { timeout: 20_000 };

/** A workspace of one team whose last change is of that moment. */
async function made(folder: string, time = Date.now() - 3_600_000): Promise<string> {
  const [clock, random] = [new TestClock(time), seededRandom(1)];
  const ids = createIds(clock, random);
  const holder = { kind: 'test', label: 'a test' } as const;
  const create = { owner: 'Ada', name: 'Northern missions' };
  const core = await openCore({ workspace: folder, clock, random, ids, log: silentLog, create, holder });
  await core.client(core.session()).entities.create({ type: 'team', data: { name: 'Radio', size: 4 } });
  await core.close();
  return folder;
}

for (const place of readOnlyPlaces())
  test(`${place}: a read-only file is opened read-only with a notice, and unsaved input stays`, async ({
    frames,
  }) => {
    const workspace = await made(join(frames.folder, 'w'));
    const back = makeReadOnly(join(workspace, 'frames.sqlite'));
    try {
      const running = await frames.startReady({ workspace });
      const { page } = running;
      await expect(barOf(running)).toContainText('This workspace is read-only', waits);
      await goTo(page, 'Teams');
      const panel = await openRecord(page, 'Radio');
      await panel.getByLabel('Description').fill('Typed in vain');
      await page.keyboard.press('Tab');
      await expect(panel.getByText('The workspace is read-only')).toBeVisible(waits);
      await expect(panel.getByLabel('Description')).toHaveValue('Typed in vain');
      await frames.quit(running);
    } finally {
      back();
    }
  });

for (const disk of smallDisks())
  test(`${disk}: a full disk is reported, input stays, and is saved when there is space`, async ({
    frames,
  }) => {
    const at = join(frames.folder, 'disk');
    mkdirSync(at);
    const away = mountSmall(at, 60_000_000);
    try {
      const workspace = await made(join(at, 'w'));
      const running = await frames.startReady({ workspace });
      const { page } = running;
      await expect(barOf(running)).toContainText('free on the disk', waits);
      await barOf(running).getByRole('button', { name: 'Dismiss' }).click();
      await expect(barOf(running)).toBeHidden();
      await goTo(page, 'Teams');
      const panel = await openRecord(page, 'Radio');
      const filler = fillUp(at);
      const notes = panel.getByLabel('Description');
      await notes.fill('x'.repeat(15_000));
      await page.keyboard.press('Tab');
      await expect(panel.getByText('The disk is full')).toBeVisible(waits);
      await expect(barOf(running)).toContainText('The disk is almost full', waits);
      await expect(notes).toHaveValue('x'.repeat(15_000));
      rmSync(filler);
      await notes.fill('There is room again');
      await page.keyboard.press('Tab');
      await expect(panel.getByText('The disk is full')).toBeHidden(waits);
      await expect(page.getByLabel('Status')).toContainText('Saved', waits);
      await frames.quit(running);
    } finally {
      away();
    }
  });
