import { test } from './harness.ts';
import { accessible } from './lib/axe.ts';
import { fits } from './lib/fit.ts';
import { lookAt } from './lib/look.ts';
import { screensOn } from './lib/screens.ts';
import { startStill } from './lib/still.ts';

// Every screen takes its second or two.
test.setTimeout(900_000);

for (const theme of ['light', 'dark'] as const) {
  for (const ground of ['sample', 'empty'] as const) {
    test(`axe finds nothing serious on any screen, and each fits its window, ${ground} workspace, ${theme}`, async ({
      frames,
    }) => {
      const running = await startStill(frames, { folder: frames.folder, ground, theme });
      await lookAt(running, screensOn(ground), async ({ name }) => {
        // A theme is colours: what fits in one fits in the other, and has its names there.
        if (theme === 'light') await fits(running, name);
        await accessible(running.page, name, theme === 'dark' ? 'colours' : undefined);
      });
    });
  }
}
