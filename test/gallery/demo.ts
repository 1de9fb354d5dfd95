import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { demoFolder } from '#scripts/lib/gallery.ts';
import { test } from '../e2e/harness.ts';
import { inPlay, ready } from '../e2e/lib/hands.ts';
import type { Running } from '../e2e/lib/launch.ts';
import { showNetwork } from '../e2e/lib/screens/network.ts';
import { startStill } from '../e2e/lib/still.ts';
import { settled, sizeTo } from '../e2e/lib/walk.ts';
import { goTo } from '../e2e/lib/window.ts';

/** Writes over the lower edge of the window what is shown, and puts a ring around the place that is clicked next. */
async function annotate({ page }: Running, caption: string, target: Locator | null): Promise<void> {
  const box = target && (await target.boundingBox());
  await page.evaluate(
    ([text, place]) => {
      document.getElementById('demo')?.remove();
      const layer = document.createElement('div');
      layer.id = 'demo';
      layer.style.cssText = 'position:fixed;inset:0;z-index:99999;pointer-events:none';
      const line = document.createElement('div');
      line.textContent = text;
      line.style.cssText =
        'position:absolute;left:50%;bottom:36px;transform:translateX(-50%);padding:10px 22px;border-radius:10px;white-space:nowrap;background:#1a1d2e;color:#fff;font:600 19px Inter Variable,sans-serif';
      layer.append(line);
      if (place) {
        const ring = document.createElement('div');
        ring.style.cssText = `position:absolute;left:${place.x - 6}px;top:${place.y - 6}px;width:${place.width + 12}px;height:${place.height + 12}px;border:4px solid #e8590c;border-radius:12px;box-sizing:border-box`;
        layer.append(ring);
      }
      document.body.append(layer);
    },
    [caption, box] as const,
  );
}

/** Takes pictures of a short story, numbered in order; the name ends with the milliseconds that each is shown. */
function recorder(running: Running): (caption: string, ms: number, target?: Locator) => Promise<void> {
  rmSync(demoFolder, { recursive: true, force: true });
  mkdirSync(demoFolder, { recursive: true });
  let count = 0;
  return async (caption, ms, target) => {
    const { page } = running;
    await page.mouse.move(2, 2);
    await settled(page);
    await annotate(running, caption, target ?? null);
    const name = `${String((count += 1)).padStart(2, '0')}-${ms}.png`;
    writeFileSync(join(demoFolder, name), await page.screenshot());
    await page.evaluate(() => document.getElementById('demo')?.remove());
  };
}

/** Notices would lie under the caption. They may have gone by themselves. */
async function closeNotices(page: Page): Promise<void> {
  for (const notice of await page.getByRole('alert').getByRole('button').all())
    if ((await notice.textContent()) === '' && (await notice.isVisible())) await notice.click();
}

test('from a question to a change that can be undone', async ({ frames }) => {
  const running = await startStill(frames, { folder: frames.folder, ground: 'sample', theme: 'light' });
  const { page } = running;
  await ready(running);
  await sizeTo(running, { width: 1100, height: 700 });
  const take = recorder(running);

  await showNetwork(running);
  await take('FRAMES maps who works on what, and how strong each link is', 3200);

  await goTo(page, 'Home');
  const answer = page.getByRole('button', { name: 'Show answer' }).first();
  await answer.waitFor();
  await take('Home shows what needs attention', 2600);
  await take('Home shows what needs attention', 900, answer);
  await answer.click();
  const repair = page.getByRole('button', { name: 'Try in sandbox' }).first();
  await repair.waitFor();
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
  await take('Insights says why, how sure that is, and which repairs help', 3200);

  await repair.scrollIntoViewIfNeeded();
  await take('Try a repair in a sandbox', 1300, repair);
  await repair.click();
  const dialog = page.getByRole('dialog', { name: 'New sandbox' });
  await dialog.waitFor();
  await take('Try a repair in a sandbox', 1100, dialog.getByRole('button').last());
  await dialog.getByRole('textbox').first().press('Enter');
  await inPlay(running).waitFor();
  await page.getByText(/ in live → /).waitFor();
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
  await closeNotices(page);
  await take('Live data stays as it is', 2400);

  const play = page.getByRole('region', { name: 'Play' });
  await play.getByRole('button', { name: 'Compare', exact: true }).click();
  const toLive = page.getByRole('button', { name: 'Promote in live…' });
  await toLive.waitFor();
  await take('Compare it with live, and promote what you want to keep', 2600, toLive);
  await toLive.click();
  const promote = page.getByRole('button', { name: /^Promote \d+ records?…$/ });
  const confirm = page.getByRole('dialog').getByRole('button', { name: /^Promote/ });
  await promote.or(confirm).first().waitFor();
  if (await promote.isVisible()) await promote.click();
  await take('Compare it with live, and promote what you want to keep', 1600, confirm);
  await confirm.click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await closeNotices(page);
  await goTo(page, 'History');
  await page.getByText('Promote').first().waitFor();
  await take('Every change is in the history and can be undone', 3200);
});
