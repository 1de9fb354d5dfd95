import type { Running } from '../launch.ts';
import { goTo } from '../window.ts';
import { escape, oneTab } from './screen.ts';
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
  {
    name: 'wizard',
    ground: 'empty',
    async show({ page }) {
      await goTo(page, 'Home');
      await page.getByRole('button', { name: /^From scratch/ }).click();
      await page.getByRole('textbox', { name: 'Name' }).waitFor();
    },
    leave: oneTab,
  },
  step('wizard-teams', 'Teams'),
  step('wizard-people', 'People'),
  step('wizard-links', 'Links'),
  step('wizard-review', 'Review', true),
  {
    name: 'home',
    ground: 'sample',
    compared: true,
    async show({ page }) {
      await goTo(page, 'Home');
      await page.getByText('Recent changes').waitFor();
      await page.locator('ul[aria-busy="false"]').waitFor();
    },
  },
  {
    name: 'home-empty',
    ground: 'empty',
    compared: true,
    async show({ page }) {
      await goTo(page, 'Home');
      await page.getByText('Add your records').waitFor();
    },
  },
  {
    name: 'profiles',
    ground: 'sample',
    async show({ page }) {
      await goTo(page, 'Home');
      await page.getByRole('button', { name: /^You act as/ }).click();
      await page.getByRole('menuitem', { name: 'Add profile…' }).waitFor();
    },
    leave: escape,
  },
  {
    name: 'profile-new',
    ground: 'sample',
    async show({ page }) {
      await page.getByRole('button', { name: /^You act as/ }).click();
      await page.getByRole('menuitem', { name: 'Add profile…' }).click();
      await page.getByRole('dialog', { name: 'Add profile' }).waitFor();
    },
    leave: escape,
  },
  {
    name: 'profile-rename',
    ground: 'sample',
    async show({ page }) {
      await page.getByRole('button', { name: /^You act as/ }).click();
      await page.getByRole('menuitem', { name: 'Change your name…' }).click();
      await page.getByRole('dialog', { name: 'Change your name' }).waitFor();
    },
    leave: escape,
  },
  {
    name: 'profile-change',
    ground: 'sample',
    async show({ page }) {
      await page.getByRole('button', { name: /^You act as/ }).click();
      await page.getByRole('menuitem', { name: 'Change profiles…' }).click();
      await page.getByRole('dialog', { name: 'Change profile' }).waitFor();
    },
    leave: escape,
  },
  {
    name: 'workspace-rename',
    ground: 'empty',
    async show({ page }) {
      await goTo(page, 'Home');
      await page.locator('.workspace-button').click();
      await page.getByRole('menuitem', { name: 'Rename workspace…' }).click();
      await page.getByRole('dialog', { name: 'Rename workspace' }).waitFor();
    },
    leave: escape,
  },
];
