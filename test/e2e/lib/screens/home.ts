import type { Running } from '../launch.ts';
import { goTo } from '../window.ts';
import { emptyScreen, escape, floatingScreen, oneTab, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

/** A later step of the guided start; each can be gone to with nothing filled in. */
const step = (name: string, button: string, last = false): Screen => ({
  name,
  ground: 'empty',
  async show({ page }) {
    const steps = page.locator('.wizard-steps');
    if (!(await steps.isVisible())) {
      await goTo(page, 'Home');
      await page.getByRole('button', { name: /^From scratch/ }).click();
    }
    await steps.getByRole('button', { name: button }).click();
    await steps.locator('[aria-current="step"]').filter({ hasText: button }).waitFor();
  },
  ...(last
    ? {
        async leave(running: Running) {
          await running.page.locator('.wizard-steps').getByRole('button', { name: 'University' }).click();
          await oneTab(running);
        },
      }
    : {}),
});

/** Where a person arrives, and who acts. */
export const homeScreens: readonly Screen[] = [
  emptyScreen(
    'wizard',
    async ({ page }) => {
      await goTo(page, 'Home');
      await page.getByRole('button', { name: /^From scratch/ }).click();
      await page.getByRole('textbox', { name: 'Name' }).waitFor();
    },
    { leave: oneTab },
  ),
  step('wizard-people', 'People'),
  step('wizard-review', 'Review', true),
  sampleScreen(
    'home',
    async ({ page }) => {
      await goTo(page, 'Home');
      await page.getByText('Recent changes').waitFor();
      await page.locator('ul[aria-busy="false"]').waitFor();
    },
    { compared: true },
  ),
  emptyScreen(
    'home-empty',
    async ({ page }) => {
      await goTo(page, 'Home');
      await page.getByText('Add your records').waitFor();
    },
    { compared: true },
  ),
  floatingScreen('profiles', async ({ page }) => {
    await goTo(page, 'Home');
    await page.getByRole('button', { name: /^You act as/ }).click();
    await page.getByRole('menuitem', { name: 'Add profile…' }).waitFor();
  }),
  floatingScreen('profile-new', async ({ page }) => {
    await page.getByRole('button', { name: /^You act as/ }).click();
    await page.getByRole('menuitem', { name: 'Add profile…' }).click();
    await page.getByRole('dialog', { name: 'Add profile' }).waitFor();
  }),
  floatingScreen('profile-rename', async ({ page }) => {
    await page.getByRole('button', { name: /^You act as/ }).click();
    await page.getByRole('menuitem', { name: 'Change your name…' }).click();
    await page.getByRole('dialog', { name: 'Change your name' }).waitFor();
  }),
  floatingScreen('profile-change', async ({ page }) => {
    await page.getByRole('button', { name: /^You act as/ }).click();
    await page.getByRole('menuitem', { name: 'Change profiles…' }).click();
    await page.getByRole('dialog', { name: 'Change profile' }).waitFor();
  }),
  emptyScreen(
    'workspace-rename',
    async ({ page }) => {
      await goTo(page, 'Home');
      await page.locator('.workspace-button').click();
      await page.getByRole('menuitem', { name: 'Rename workspace…' }).click();
      await page.getByRole('dialog', { name: 'Rename workspace' }).waitFor();
    },
    { leave: escape },
  ),
];
