import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { cutTexts } from './lib/cut.ts';
import { lookAt, settled, sizeTo, zoomTo } from './lib/look.ts';
import { cutOff } from './lib/overflow.ts';
import { screensOn } from './lib/screens.ts';
import { startStill } from './lib/still.ts';
import { wordsOf, written } from './lib/written.ts';

/** Windows, in pixels of the screen, and how much larger than usual all in them is. */
const views = [
  { width: 1024, height: 700, zoom: 1 },
  { width: 1024, height: 700, zoom: 1.25 },
  { width: 1280, height: 800, zoom: 1.5 },
  { width: 1280, height: 800, zoom: 2 },
  { width: 1920, height: 1080, zoom: 2 },
  { width: 3840, height: 2160, zoom: 1 },
];

/** The spreadsheet that the screens import. */
const table = join(root, 'test', 'fixtures', 'teams.csv');

// Every screen takes its second or two.
test.setTimeout(600_000);

for (const ground of ['sample', 'empty'] as const) {
  for (const { zoom, ...size } of views) {
    const at = `${size.width}×${size.height} at ${zoom * 100} %`;
    test(`nothing is cut off on the main screens, ${ground} workspace, ${at}`, async ({ frames }) => {
      const running = await startStill(frames, { folder: frames.folder, ground, theme: 'light' });
      await zoomTo(running, zoom);
      await sizeTo(running, size);
      const main = screensOn(ground).filter(({ compared }) => compared);
      // Enlarged, there may be less room than words; at its own size a window has enough for all that the program says.
      const own =
        zoom === 1 ? [...(await written(join(frames.folder, `${ground}-light`))), ...wordsOf(table)] : null;
      const found: string[] = [];
      await lookAt(running, main, async ({ name }) => {
        await settled(running.page);
        const cut = [
          ...(await cutOff(running.page)),
          ...(own === null ? [] : await cutTexts(running.page, own)),
        ];
        found.push(...cut.map((what) => `${name}: ${what}`));
      });
      expect(found).toEqual([]);
    });
  }
}
