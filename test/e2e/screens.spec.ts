import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { dropFile, ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { goTo, openRecord } from './lib/window.ts';

const sizes = [
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
  { width: 1920, height: 1080 },
];

/** Every screen that a person can reach, and how. */
const screens: { name: string; show: (running: Running) => Promise<void> }[] = [
  { name: 'home', show: ({ page }) => goTo(page, 'Home') },
  ...[
    'Universities',
    'Teams',
    'Faculty',
    'Students',
    'Projects',
    'Links',
    'Outcomes',
    'Risk factors',
    'Factor models',
  ].map((place) => ({
    name: place.toLowerCase().replace(' ', '-'),
    show: async ({ page }: Running) => {
      await goTo(page, place);
      await page.getByRole('row').nth(2).waitFor();
    },
  })),
  {
    name: 'team-details',
    show: async ({ page }) => {
      await goTo(page, 'Teams');
      await openRecord(page, 'Autonomy');
    },
  },
  { name: 'team-links', show: ({ page }) => page.getByRole('tab', { name: /^Links/ }).click() },
  { name: 'team-history', show: ({ page }) => page.getByRole('tab', { name: /^History/ }).click() },
  {
    name: 'new-link',
    show: async ({ page }) => {
      await goTo(page, 'Links');
      await page.getByRole('button', { name: 'New link' }).first().click();
      await page.getByRole('heading', { name: 'New link' }).waitFor();
    },
  },
  {
    name: 'palette',
    show: async ({ page }) => {
      await goTo(page, 'Home');
      await page.keyboard.press('Control+K');
      await page.getByRole('dialog').getByRole('textbox').fill('team');
    },
  },
  {
    name: 'history',
    show: async ({ page }) => {
      await page.keyboard.press('Escape');
      await goTo(page, 'History');
      await page.getByText('Made this workspace').first().waitFor();
    },
  },
  {
    name: 'import',
    show: async (running) => {
      await dropFile(running, join(root, 'test', 'fixtures', 'frames_data.json'));
      await running.page.getByRole('heading', { name: 'Import frames_data.json' }).waitFor();
    },
  },
];

for (const theme of ['light', 'dark'] as const) {
  test(`every screen fits its window, ${theme}`, async ({ frames }) => {
    const running = await frames.start();
    const { page, app } = running;
    await ready(running);
    if (theme === 'dark') await page.getByRole('button', { name: 'Dark theme' }).click();
    for (const screen of screens) {
      await test.step(screen.name, async () => {
        await screen.show(running);
        for (const size of sizes) {
          await ask(() =>
            app.evaluate(({ BrowserWindow }, box) => {
              BrowserWindow.getAllWindows()[0]?.setContentSize(box.width, box.height);
            }, size),
          );
          await expect.poll(() => page.evaluate(() => innerWidth)).toBe(size.width);
          // Nothing sticks out: a window has no scroll bars of its own.
          const over = await page.evaluate(() => {
            const { scrollWidth, scrollHeight } = document.documentElement;
            return { across: scrollWidth - innerWidth, down: scrollHeight - innerHeight };
          });
          expect(over, `${screen.name} at ${size.width}×${size.height}`).toEqual({ across: 0, down: 0 });
          await frames.picture(running, `${theme}-${size.width}-${screen.name}`);
        }
      });
    }
  });
}
