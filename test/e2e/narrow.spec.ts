import type { Locator } from '@playwright/test';
import { expect, test } from './harness.ts';
import { chooseMenu, ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { settled, sizeTo, zoomTo } from './lib/look.ts';

const name = 'Spring handover of all teams';

/** Windows, in pixels of the screen, and how much larger than usual all in them is. */
const views = [
  { width: 1280, zoom: 1.5 },
  { width: 1024, zoom: 1.5 },
  { width: 1280, zoom: 2 },
  { width: 1024, zoom: 2 },
];

/** How many characters of the sandbox's name are seen in the title bar, the dots counted. */
const seen = (pill: Locator): Promise<number> =>
  pill.evaluate((element, text) => {
    const shown = [...element.querySelectorAll('span')].find(
      (span) => span.getBoundingClientRect().width > 2,
    );
    const pen = document.createElement('canvas').getContext('2d');
    if (!shown || !pen) return 0;
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(shown);
    pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    const whole = shown.matches('.pill-name') ? text : (shown.textContent ?? '');
    const fits = (count: number): boolean =>
      pen.measureText(`${whole.slice(0, count)}…`).width <= shown.getBoundingClientRect().width;
    let count = 0;
    while (count < whole.length && fits(count + 1)) count += 1;
    return count - (whole.length - text.length);
  }, name);

/** Whether the button at the end of the title bar is in the window, whole. */
async function endIsThere({ page }: Running): Promise<void> {
  const box = await page.locator('.profile-button').boundingBox();
  const width = await page.evaluate(() => innerWidth);
  expect((box?.x ?? width) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
}

test('a sandbox is named in the title bar of an enlarged window, and in its past too', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await chooseMenu(running, 'play.new');
  await page.getByRole('dialog', { name: 'New sandbox' }).getByRole('textbox').first().fill(name);
  await page.keyboard.press('Enter');
  await ready(running);
  const pill = page.locator('.title-bar .pill-play');
  await expect(pill).toHaveAttribute('title', new RegExp(`^Play: ${name}`));
  for (const { width, zoom } of views) {
    await zoomTo(running, zoom);
    await sizeTo(running, { width, height: 800 });
    await settled(page);
    expect(await seen(pill), `${width} at ${zoom * 100} %`).toBeGreaterThanOrEqual(12);
    await endIsThere(running);
    await frames.picture(running, `narrow-play-${width}-${zoom * 100}`);
  }
  await chooseMenu(running, 'past.enter');
  await expect(page.getByRole('region', { name: 'The past' })).toBeVisible();
  await ready(running);
  for (const { width, zoom } of [{ width: 1280, zoom: 1 }, ...views.slice(0, 2)]) {
    await zoomTo(running, zoom);
    await sizeTo(running, { width, height: 800 });
    await settled(page);
    expect(await seen(pill), `the past, ${width} at ${zoom * 100} %`).toBeGreaterThanOrEqual(12);
    await endIsThere(running);
    await frames.picture(running, `narrow-past-${width}-${zoom * 100}`);
  }
});
