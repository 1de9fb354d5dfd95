import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { cutTexts } from './lib/cut.ts';
import { dropFile, ready } from './lib/hands.ts';
import { settled, sizeTo } from './lib/look.ts';
import { makeStill } from './lib/still.ts';

test('the end of a German import is read whole, beside its backup too', async ({ frames }) => {
  const workspace = await makeStill(join(frames.folder, 'still'), 'sample');
  const userData = join(frames.folder, 'user');
  mkdirSync(userData, { recursive: true });
  const seat = { version: 1, theme: 'light', language: 'de', items: {} };
  writeFileSync(join(userData, 'seat.json'), JSON.stringify(seat));
  const running = await frames.start({ userData, workspace, args: ['--force-prefers-reduced-motion'] });
  const { page } = running;
  await ready(running);
  await dropFile(running, join(root, 'test', 'fixtures', 'teams.csv'));
  const matching = page.getByRole('radio', { name: /^Diese Zeilen auslassen/ });
  await page.getByRole('button', { name: /importieren$/ }).waitFor();
  if (await matching.isVisible()) await matching.check();
  await page.getByRole('button', { name: /importieren$/ }).click();
  await expect(page.getByRole('button', { name: 'Anzeigen', exact: true })).toBeVisible();
  for (const size of [
    { width: 1280, height: 800 },
    { width: 1024, height: 700 },
  ]) {
    await sizeTo(running, size);
    await settled(page);
    await frames.picture(running, `end-${size.width}`);
    expect(await cutTexts(page, ['teams.csv'])).toEqual([]);
  }
});
