import { join } from 'node:path';
import { test } from './harness.ts';
import { accessible } from './lib/axe.ts';
import { fitsViews, looksAsItDid, textsOfPeople } from './lib/pictures.ts';
import { fits, fitsUsual, usual } from './lib/window-fit.ts';
import { lookAt, sizeTo } from './lib/walk.ts';
import { sharesOn } from './lib/screens.ts';
import { startStill } from './lib/still.ts';

// Every screen takes its second or two.
test.setTimeout(300_000);

/** So many screens are looked at in one start: those of a minute or two, before a daily backup is due and changes what they show. */
const most = 80;

for (const ground of ['sample', 'empty'] as const) {
  for (const part of sharesOn(ground, most)) {
    const those = `${ground} workspace, ${part[0]?.name} to ${part.at(-1)?.name}`;
    test(`each screen fits its window, axe finds nothing serious on it, and the main ones look as they did: ${those}`, async ({
      frames,
    }) => {
      const running = await startStill(frames, { folder: frames.folder, ground, theme: 'light' });
      const own = part.some(({ compared }) => compared)
        ? await textsOfPeople(join(frames.folder, `${ground}-light`))
        : [];
      await sizeTo(running, usual);
      await lookAt(running, part, async (screen) => {
        const { name, floats = false } = screen;
        // The views of a compared screen are small ones too.
        if (floats || screen.compared) await fitsUsual(running, name);
        else await fits(running, name);
        await accessible(running.page, name, floats);
        if (!screen.compared) return;
        await looksAsItDid(running, screen);
        await fitsViews(running, name, own);
      });
    });
  }
}
