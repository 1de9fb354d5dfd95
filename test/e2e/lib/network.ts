import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Frames } from '../harness.ts';
import { chooseMenu } from './hands.ts';
import type { Running } from './launch.ts';
import { goTo, panelOf } from './window.ts';

export const canvas = (page: Page) => page.getByRole('application', { name: /^Network of/ });
export const panel = (page: Page) => panelOf(page);

export async function openNetwork(
  frames: Frames,
  options: Parameters<Frames['start']>[0] = {},
): Promise<Running> {
  const running = await frames.startReady(options);
  const { page } = running;
  await goTo(page, 'Network');
  await expect(canvas(page)).toHaveAccessibleName('Network of 114 records');
  await settled(page);
  return running;
}

/** Chooses a command in the native menu, which follows a moment after what is shown. */
export function choose(running: Running, id: string): Promise<void> {
  return expect(() => chooseMenu(running, id)).toPass();
}

/** No layout is being worked out any more. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /Arranging/ })).toBeHidden();
}

/** The middle of the node at which the keyboard is, once it stands still. */
export async function cursorAt(page: Page): Promise<{ x: number; y: number }> {
  const ring = page.getByTestId('network-cursor');
  let last = '';
  let at = { x: 0, y: 0 };
  await expect
    .poll(
      async () => {
        const box = await ring.boundingBox();
        if (box) at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        const now = JSON.stringify(at);
        const still = box !== null && now === last;
        last = now;
        return still;
      },
      { intervals: [300] },
    )
    .toBe(true);
  return at;
}

/** Finds a record by its name, which brings it to the middle. */
export async function find(page: Page, name: string): Promise<{ x: number; y: number }> {
  await page.getByRole('searchbox', { name: 'Find in the network' }).fill(name);
  await page
    .getByRole('option', { name: new RegExp(name) })
    .first()
    .click();
  await expect(panel(page).getByRole('heading', { name, exact: true })).toBeVisible();
  return cursorAt(page);
}

export async function drag(
  page: Page,
  from: { x: number; y: number },
  to: { x: number; y: number },
): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}
