import { chooseMenu } from '../hands.ts';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Running } from '../launch.ts';
import { goTo } from '../window.ts';
import { emptyScreen, escape, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

/** The picture itself differs with the graphics that draw it. */
const moving = (page: Page) => [page.getByTestId('network-body').locator('canvas')];

/** Waits until records have come to their places: drawing in software lags behind what was worked out. */
async function atRest(page: Page): Promise<void> {
  let before: Buffer = Buffer.alloc(0);
  await expect
    .poll(
      async () => {
        const now = await page.getByTestId('network-body').screenshot();
        const still = now.equals(before);
        before = now;
        return still;
      },
      { intervals: [600], timeout: 30_000 },
    )
    .toBe(true);
}

export async function showNetwork({ page }: Running): Promise<void> {
  const network = page.getByRole('application', { name: /^Network of/ });
  if (await network.isVisible()) return;
  await goTo(page, 'Network');
  await network.waitFor();
  // Its places are worked out first.
  await page.getByRole('button', { name: /Arranging/ }).waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Show everything' }).waitFor();
  await atRest(page);
}

/** Something that stands over the whole network, and is left with Esc. */
const over = (name: string, open: (running: Running) => Promise<unknown>): Screen => ({
  name,
  ground: 'sample',
  async show(running) {
    await showNetwork(running);
    await open(running);
  },
  async leave(running) {
    for (let press = 0; press < 3; press += 1) await escape(running);
  },
});

/** Gathers two records with the keyboard. */
async function gatherTwo({ page }: Running): Promise<void> {
  await page.getByRole('application', { name: /^Network of/ }).focus();
  for (const key of ['ArrowRight', 'Space', 'ArrowDown', 'Space']) await page.keyboard.press(key);
  await page.getByRole('toolbar', { name: '2 selected' }).waitFor();
}

/** Records and links as a picture. */
export const networkScreens: readonly Screen[] = [
  { name: 'network', ground: 'sample', compared: true, moving, show: showNetwork },
  sampleScreen(
    'network-around',
    async (running) => {
      const { page } = running;
      await goTo(page, 'Teams');
      await page.getByRole('gridcell', { name: 'Autonomy', exact: true }).click();
      await chooseMenu(running, 'record.around');
      await page.getByRole('button', { name: 'Show whole network' }).waitFor();
      await atRest(page);
    },
    {
      moving,
      async leave({ page }) {
        await page.getByRole('button', { name: 'Show whole network' }).click();
        await atRest(page);
      },
    },
  ),
  over('network-look', async ({ page }) => {
    await page.getByRole('button', { name: /^Size: .* Colour: / }).click();
    await page.getByRole('combobox', { name: 'Colour by' }).waitFor();
  }),
  over('network-arrange', async ({ page }) => {
    await page.getByRole('button', { name: 'By links' }).click();
    await page.getByRole('menuitemradio', { name: 'By discipline' }).waitFor();
  }),
  over('network-menu', async ({ page }) => {
    const canvas = page.getByRole('application', { name: /^Network of/ });
    await canvas.focus();
    await page.keyboard.press('ArrowRight');
    await atRest(page);
    const box = await page.getByTestId('network-cursor').boundingBox();
    if (!box) throw new Error('No record is where the keyboard is.');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { button: 'right' });
    await page.getByRole('menuitem', { name: 'Show neighbourhood' }).waitFor();
  }),
  over('network-selected', gatherTwo),
  over('network-link', async (running) => {
    await gatherTwo(running);
    await chooseMenu(running, 'network.linkThese');
    await running.page.getByRole('button', { name: 'Add link' }).waitFor();
  }),
  {
    ...over('network-list', async ({ page }) => {
      await page.getByRole('button', { name: 'Shown records' }).click();
      await page.getByRole('region', { name: 'Shown records' }).waitFor();
    }),
    leave: ({ page }) => page.getByRole('button', { name: 'Shown records' }).click(),
  },
  sampleScreen(
    'network-lost',
    async (running) => {
      await showNetwork(running);
      await running.page
        .locator('canvas.sigma-nodes')
        .first()
        .evaluate((canvas: HTMLCanvasElement) => {
          (canvas.getContext('webgl2') ?? canvas.getContext('webgl'))
            ?.getExtension('WEBGL_lose_context')
            ?.loseContext();
        });
      await running.page.getByText('The graphics card stopped').waitFor();
      await atRest(running.page);
    },
    {
      leave: ({ page }) => page.getByRole('button', { name: 'Use graphics card again' }).click(),
    },
  ),
  emptyScreen('network-empty', async ({ page }) => {
    await goTo(page, 'Network');
    await page.getByTestId('network-body').waitFor();
  }),
];
