import { test } from '../e2e/harness.ts';
import { lookAt } from '../e2e/lib/walk.ts';
import { screensOn } from '../e2e/lib/screens.ts';
import { startStill } from '../e2e/lib/still.ts';
import { keepPicture, sized } from './picture.ts';

for (const theme of ['light', 'dark'] as const) {
  for (const ground of ['sample', 'empty'] as const) {
    test(`pictures of every screen, ${ground} workspace, ${theme}`, async ({ frames }) => {
      const running = await startStill(frames, { folder: frames.folder, ground, theme });
      await sized(running);
      await lookAt(running, screensOn(ground), ({ name }) => keepPicture(running, `${name}-${theme}`));
    });
  }
}
