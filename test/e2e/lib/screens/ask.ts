import { goTo } from '../window.ts';
import { addModel, removeModel } from '../models.ts';
import { oneTab, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

/** Questions in words: before one is asked, and with an answer. */
export const askScreens: readonly Screen[] = [
  sampleScreen('ask', async ({ page }) => {
    await goTo(page, 'Ask');
    await page.getByRole('button', { name: 'students per university' }).waitFor();
  }),
  sampleScreen('ask-answer', async ({ page }) => {
    await goTo(page, 'Ask');
    await page.getByRole('textbox', { name: 'Your question' }).fill('students per university');
    await page.getByRole('main').getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('table').waitFor();
  }),
  sampleScreen(
    'ask-request',
    async (running) => {
      const { page } = running;
      // Nothing is sent there.
      await addModel(running, 'http://127.0.0.1:9/v1', 'schema');
      await goTo(page, 'Ask');
      const question = page.getByRole('textbox', { name: 'Your question' });
      await question.fill('Who could take over the ground station?');
      await question.press('Enter');
      await page.getByRole('button', { name: 'Send to Scripted' }).waitFor();
    },
    {
      async leave(running) {
        await removeModel(running);
        await oneTab(running);
      },
    },
  ),
];
