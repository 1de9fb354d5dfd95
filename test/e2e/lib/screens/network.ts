import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Running } from '../launch.ts';
import { goTo } from '../window.ts';
import { command } from './screen.ts';
import type { Screen } from './screen.ts';

/** The picture itself differs with the graphics that draw it. */
const moving = (page: Page) => [page.locator('.network canvas'), page.locator('.network-minimap')];

/** Waits until records have come to their places: drawing in software lags behind what was worked out. */
async function atRest(page: Page): Promise<void> {
  let before: Buffer = Buffer.alloc(0);
  await expect
    .poll(
      async () => {
        const now = await page.locator('.network-body').screenshot();
        const still = now.equals(before);
        before = now;
        return still;
      },
      { intervals: [600], timeout: 30_000 },
    )
    .toBe(true);
}

async function showNetwork({ page }: Running): Promise<void> {
  await goTo(page, 'Network');
  await page.getByRole('application', { name: /^Network of/ }).waitFor();
  // Its places are worked out first.
  await page.getByRole('button', { name: /Arranging/ }).waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Show everything' }).waitFor();
  await atRest(page);
}

/** Records and links as a picture. */
export const networkScreens: readonly Screen[] = [
  { name: 'network', ground: 'sample', compared: true, moving, show: showNetwork },
  {
    name: 'network-around',
    ground: 'sample',
    moving,
    async show(running) {
      const { page } = running;
      await goTo(page, 'Teams');
      await page.getByRole('gridcell', { name: 'Autonomy', exact: true }).click();
      await command(running, 'record.around');
      await page.getByRole('button', { name: 'Show the whole network' }).waitFor();
      await atRest(page);
    },
    leave: ({ page }) => page.getByRole('button', { name: 'Show the whole network' }).click(),
  },
  {
    name: 'network-empty',
    ground: 'empty',
    async show({ page }) {
      await goTo(page, 'Network');
      await page.locator('.network').waitFor();
    },
  },
];
