import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { cutTexts } from './lib/cut.ts';
import { lookAt, settled, sizeTo, zoomTo } from './lib/look.ts';
import { cutOff } from './lib/overflow.ts';
import { screensOn } from './lib/screens.ts';
import { startStill } from './lib/still.ts';
import { wordsOf, written } from './lib/written.ts';

/** Windows, in pixels of the screen, and how much larger than usual all in them is: half of a small screen, a small window, and one of the widest. */
const views = [
  { width: 680, height: 700, zoom: 1 },
  { width: 900, height: 600, zoom: 1 },
  { width: 1024, height: 700, zoom: 1.25 },
  { width: 1280, height: 800, zoom: 2 },
  { width: 3840, height: 2160, zoom: 1 },
];

/** As what is looked at is reached. */
const usual = { width: 1280, height: 800 };

/** The spreadsheet that the screens import. */
const table = join(root, 'test', 'fixtures', 'teams.csv');

// Every screen takes its second or two.
test.setTimeout(600_000);

for (const ground of ['sample', 'empty'] as const) {
  test(`nothing is cut off on the main screens at any size and zoom, ${ground} workspace`, async ({
    frames,
  }) => {
    const running = await startStill(frames, { folder: frames.folder, ground, theme: 'light' });
    const { page } = running;
    const own = [...(await written(join(frames.folder, `${ground}-light`))), ...wordsOf(table)];
    const main = screensOn(ground).filter(({ compared }) => compared);
    const found: string[] = [];
    await sizeTo(running, usual);
    await lookAt(running, main, async ({ name }) => {
      for (const { zoom, ...size } of views) {
        await zoomTo(running, zoom);
        await sizeTo(running, size);
        await settled(page);
        // Enlarged, there may be less room than words; at its own size a window has enough for all that the program says.
        const cut = [...(await cutOff(page)), ...(zoom === 1 ? await cutTexts(page, own) : [])];
        found.push(...cut.map((what) => `${name}, ${size.width} at ${zoom * 100} %: ${what}`));
      }
      await zoomTo(running, 1);
      await sizeTo(running, usual);
    });
    expect(found).toEqual([]);
  });
}
