import { expect, test } from './harness.ts';
import { lookAt, settled, sizeTo } from './lib/look.ts';
import { screensOn } from './lib/screens.ts';
import { startStill } from './lib/still.ts';

/** Part of the pixels that may differ: another machine smooths the edges of letters a little otherwise. */
const tolerance = { maxDiffPixelRatio: 0.015, threshold: 0.25 };

// The pictures are of Linux, where they are compared: other systems draw letters their own way.
const onLinux = process.platform === 'linux';

for (const theme of ['light', 'dark'] as const) {
  for (const ground of ['sample', 'empty'] as const) {
    test(`the main screens look as they did, ${ground} workspace, ${theme}`, async ({ frames }) => {
      const running = await startStill(frames, { folder: frames.folder, ground, theme });
      const { page } = running;
      await sizeTo(running, { width: 1280, height: 800 });
      const main = screensOn(ground).filter(({ compared }) => compared);
      await lookAt(running, main, async ({ name, moving }) => {
        // The pointer rests where nothing answers to it.
        await page.mouse.move(640, 799);
        await settled(page);
        const mask = moving?.(page) ?? [];
        const options = { ...tolerance, mask, animations: 'disabled', caret: 'hide' } as const;
        if (onLinux) await expect.soft(page).toHaveScreenshot(`${theme}-${name}.png`, options);
        else expect((await page.screenshot()).byteLength).toBeGreaterThan(0);
      });
    });
  }
}
