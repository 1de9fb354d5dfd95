import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { chooseIfOffered, chooseMenu } from '../e2e/lib/hands.ts';
import type { Running } from '../e2e/lib/launch.ts';

/** Closes what stands over the window, whatever it is. */
export async function clear(page: Page): Promise<void> {
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape');
}

/**
 * Brings the window to where every sample is taken: one tab, at home, nothing over it, and the focus last in the palette. React and the dialog keep the
 * field that had the focus last, with the view that it was in: one view, of whatever size.
 */
export async function rest(running: Running): Promise<void> {
  await clear(running.page);
  await chooseMenu(running, 'go.home');
  if (!(await running.page.getByRole('navigation', { name: 'Main' }).isVisible())) {
    await chooseMenu(running, 'view.sidebar');
  }
  for (const id of ['tab.join', 'tab.closeOthers']) await chooseIfOffered(running, id);
  await running.page.getByText('Recent changes').first().waitFor({ timeout: 30_000 });
  await running.page.keyboard.press('Control+K');
  const field = running.page.getByRole('combobox', { name: 'Search' });
  await expect(field).toBeFocused({ timeout: 30_000 });
  await running.page.keyboard.press('Escape');
  await expect(field).toBeHidden();
}
