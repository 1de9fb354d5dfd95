import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import type { Running } from './lib/launch.ts';
import { cutTexts } from './lib/cut.ts';
import { usual } from './lib/window-fit.ts';
import { lookAt, settled, sizeTo, zoomTo } from './lib/walk.ts';
import { cutOff } from './lib/overflow.ts';
import { screensOn } from './lib/screens.ts';
import { startStill } from './lib/still.ts';
import { wordsOf, written } from './lib/written.ts';

/** Part of the pixels that may differ: another machine smooths the edges of letters a little otherwise. */
const tolerance = { maxDiffPixelRatio: 0.015, threshold: 0.25 };

// The pictures are of Linux, where they are compared: other systems draw letters their own way.
const onLinux = process.platform === 'linux';

/** Windows, in pixels of the screen, and their zoom: half of a small screen, small windows, and one of the widest. */
const views = [
  { width: 680, height: 700, zoom: 1 },
  { width: 900, height: 600, zoom: 1 },
  { width: 1024, height: 700, zoom: 1 },
  { width: 1024, height: 700, zoom: 1.25 },
  { width: 1280, height: 800, zoom: 2 },
  { width: 3840, height: 2160, zoom: 1 },
];

/** From this width on there is room for all that the program says. In smaller windows texts may end in dots, but nothing is out of reach. */
const roomy = 1024;

/** The spreadsheet that the screens import. */
const table = join(root, 'test', 'fixtures', 'teams.csv');

// Every screen takes its second or two.
test.setTimeout(600_000);

/** What is cut off in any of the views. `own` are texts of people: nobody knows how long those are. */
async function cutInViews(running: Running, own: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const { zoom, ...size } of views) {
    await zoomTo(running, zoom);
    await sizeTo(running, size);
    await settled(running.page);
    const hasRoom = zoom === 1 && size.width >= roomy;
    const cut = [...(await cutOff(running.page)), ...(hasRoom ? await cutTexts(running.page, own) : [])];
    found.push(...cut.map((what) => `${size.width} at ${zoom * 100} %: ${what}`));
  }
  await zoomTo(running, 1);
  await sizeTo(running, usual);
  return found;
}

for (const theme of ['light', 'dark'] as const) {
  for (const ground of ['sample', 'empty'] as const) {
    test(`the main screens look as they did, and nothing is cut off at any size and zoom, ${ground} workspace, ${theme}`, async ({
      frames,
    }) => {
      const running = await startStill(frames, { folder: frames.folder, ground, theme });
      const { page } = running;
      await sizeTo(running, usual);
      const main = screensOn(ground).filter(({ compared }) => compared);
      // Sizes are the same in both themes.
      const own =
        theme === 'light'
          ? [...(await written(join(frames.folder, `${ground}-light`))), ...wordsOf(table)]
          : null;
      await lookAt(running, main, async ({ name, moving }) => {
        // The pointer rests where nothing answers to it.
        await page.mouse.move(640, 799);
        await settled(page);
        const mask = moving?.(page) ?? [];
        const options = { ...tolerance, mask, animations: 'disabled', caret: 'hide' } as const;
        if (onLinux) await expect.soft(page).toHaveScreenshot(`${theme}-${name}.png`, options);
        else expect((await page.screenshot()).byteLength).toBeGreaterThan(0);
        if (own) expect.soft(await cutInViews(running, own), name).toEqual([]);
      });
    });
  }
}
