import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { galleryFolder } from '#scripts/lib/gallery.ts';
import { test } from '../e2e/harness.ts';
import { lookAt, settled, sizeTo } from '../e2e/lib/look.ts';
import { screensOn } from '../e2e/lib/screens.ts';
import { startStill } from '../e2e/lib/still.ts';

for (const theme of ['light', 'dark'] as const) {
  for (const ground of ['sample', 'empty'] as const) {
    test(`pictures of every screen, ${ground} workspace, ${theme}`, async ({ frames }) => {
      const running = await startStill(frames, { folder: frames.folder, ground, theme });
      const { page } = running;
      mkdirSync(galleryFolder, { recursive: true });
      await sizeTo(running, { width: 1280, height: 800 });
      await lookAt(running, screensOn(ground), async ({ name }) => {
        await page.mouse.move(640, 799);
        await settled(page);
        await page.screenshot({ path: join(galleryFolder, `${name}-${theme}.png`) });
      });
    });
  }
}
