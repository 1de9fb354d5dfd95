import { test } from './harness.ts';
import { accessible } from './lib/axe.ts';
import { fits } from './lib/fit.ts';
import { lookAt } from './lib/look.ts';
import { sharesOn } from './lib/screens.ts';
import { startStill } from './lib/still.ts';

// Every screen takes its second or two.
test.setTimeout(300_000);

/** So many screens are looked at in one start: those of a minute or two, before a daily backup is due and changes what they show. */
const most = 50;

for (const theme of ['light', 'dark'] as const) {
  for (const ground of ['sample', 'empty'] as const) {
    for (const part of sharesOn(ground, most)) {
      const those = `${ground} workspace, ${part[0]?.name} to ${part.at(-1)?.name}, ${theme}`;
      test(`axe finds nothing serious on any screen, and each fits its window: ${those}`, async ({
        frames,
      }) => {
        const running = await startStill(frames, { folder: frames.folder, ground, theme });
        await lookAt(running, part, async ({ name }) => {
          // A theme is colours: what fits in one fits in the other, and has its names there.
          if (theme === 'light') await fits(running, name);
          await accessible(running.page, name, theme === 'dark' ? 'colours' : undefined);
        });
      });
    }
  }
}
