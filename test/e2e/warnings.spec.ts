import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import { createIds } from '#core/kernel/system.ts';
import { fillUp, makeReadOnly, mountSmall, readOnlyPlaces, smallDisks } from '#test/support/disk.ts';
import { seededRandom, TestClock } from '#test/support/seeded.ts';
import { expect, test } from './harness.ts';
import { accessible } from './lib/axe.ts';
import { ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { cellOf, goTo, openRecord } from './lib/window.ts';

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

test('a synced folder is reported unasked, and stays dismissed after a restart', async ({ frames }) => {
  const workspace = await made(join(frames.folder, 'Dropbox', 'missions'));
  const running = await frames.start({ workspace });
  await ready(running);
  const bar = barOf(running);
  await expect(bar).toContainText('Dropbox syncs this folder', waits);
  await accessible(running.page, 'a warning');
  await bar.getByRole('button', { name: 'Open Health' }).click();
  await expect(running.page.getByRole('heading', { name: 'Health', level: 1 })).toBeVisible();
  await bar.getByRole('button', { name: 'Dismiss' }).click();
  await expect(bar).toBeHidden();
  await frames.quit(running);

  const next = await frames.start({ workspace });
  await ready(next);
  await goTo(next.page, 'Health');
  await expect(next.page.getByText(/^Dropbox syncs/)).toBeVisible();
  await next.page.evaluate(() => new Promise((done) => setTimeout(done, 4000)));
  await expect(barOf(next)).toBeHidden();
});

for (const place of readOnlyPlaces())
  test(`${place}: a read-only folder is reported at the start with the reason, and can be retried`, async ({
    frames,
  }) => {
    const workspace = await made(join(frames.folder, 'w'));
    const back = makeReadOnly(workspace);
    try {
      frames.expectTrouble(/data process failed|not opened/);
      const running = await frames.start({ workspace });
      const gone = running.page.getByRole('alertdialog');
      await expect(gone).toContainText('its folder can only be read', waits);
      back();
      await gone.getByRole('button', { name: 'Try again' }).click();
      await expect(gone).toBeHidden(waits);
      await goTo(running.page, 'Teams');
      await expect(cellOf(running.page, 'Radio')).toBeVisible();
    } finally {
      back();
    }
  });

for (const place of readOnlyPlaces())
  test(`${place}: a read-only file is opened read-only with a notice, and unsaved input stays`, async ({
    frames,
  }) => {
    const workspace = await made(join(frames.folder, 'w'));
    const back = makeReadOnly(join(workspace, 'frames.sqlite'));
    try {
      const running = await frames.start({ workspace });
      const { page } = running;
      await ready(running);
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

test('a second window of another user of this computer is shown in both, and each shows the other’s changes', async ({
  frames,
}) => {
  const workspace = await made(join(frames.folder, 'w'));
  const one = await frames.start({ workspace });
  await ready(one);
  const two = await frames.start({ workspace, userData: join(frames.folder, 'other') });
  await ready(two);
  await expect(barOf(two)).toContainText('open in another window', waits);
  await goTo(one.page, 'Teams');
  await goTo(two.page, 'Teams');
  await cellOf(two.page, 'Radio').first().click();
  await two.page.keyboard.press('Control+Delete');
  await expect(cellOf(one.page, 'Radio')).toHaveCount(0);
  await goTo(one.page, 'Health');
  await expect(one.page.getByRole('heading', { name: 'Other windows' })).toBeVisible();
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
      const running = await frames.start({ workspace });
      const { page } = running;
      await ready(running);
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
