import type { Running } from '../launch.ts';
import { backToLive, chooseMenu, inPlay } from '../hands.ts';
import { goTo } from '../window.ts';
import { emptyScreen, floatingScreen, sampleScreen } from './screen.ts';
import type { Place, Screen } from './screen.ts';

/** What differs between the sandbox and live, as a list, from live. */
async function compare({ page }: Running): Promise<void> {
  await goTo(page, 'Play');
  await page.getByRole('button', { name: 'Compare sandbox “Spring handover” with live' }).click();
  await page.getByRole('group', { name: /^Resolve “Autonomy/ }).waitFor();
}

async function openSandbox(running: Running): Promise<void> {
  const { page } = running;
  await goTo(page, 'Play');
  await page.getByRole('button', { name: 'Open sandbox “Spring handover”' }).click();
  await inPlay(running).waitFor();
}

const inside: Place = { enter: openSandbox, leave: backToLive };

/** As `compare`, from the sandbox. */
async function compareInside(running: Running): Promise<void> {
  const line = running.page.getByRole('region', { name: 'Play' });
  await line.getByRole('button', { name: 'Compare', exact: true }).click();
  await running.page.getByRole('button', { name: 'Use sandbox' }).waitFor();
}

/** The sandbox as a scenario, simulated. */
async function whatIf(running: Running): Promise<void> {
  const { page } = running;
  await chooseMenu(running, 'play.whatif');
  await page.getByRole('region', { name: 'Measures' }).getByText('Bridges').waitFor();
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
  await page.getByText(/of the knowledge people rely on/).waitFor();
}

/** Play: the list of sandboxes, the form of a new one, and the window that is in one. */
export const playScreens: readonly Screen[] = [
  emptyScreen('play-empty', async ({ page }) => {
    await goTo(page, 'Play');
    await page.getByText('No sandboxes yet').waitFor();
  }),
  sampleScreen('play', async ({ page }) => {
    await goTo(page, 'Play');
    await page.getByRole('heading', { name: 'Spring handover' }).waitFor();
  }),
  floatingScreen('play-new', async ({ page }) => {
    await goTo(page, 'Play');
    await page.getByRole('button', { name: 'New sandbox…' }).click();
    await page.getByRole('dialog', { name: 'New sandbox' }).waitFor();
  }),
  floatingScreen('play-menu', async ({ page }) => {
    await goTo(page, 'Play');
    await page.getByRole('button', { name: 'More for “Spring handover”' }).click();
    await page.getByRole('menuitem', { name: 'Discard' }).waitFor();
  }),
  sampleScreen('play-compare', compare),
  sampleScreen(
    'play-compare-network',
    async (running) => {
      const { page } = running;
      await compare(running);
      await page.locator('.compare-narrow label', { hasText: 'Network' }).click();
      await page.getByRole('button', { name: /^Conflict: Autonomy/ }).click();
      await page.getByRole('article', { name: 'Differences of “Autonomy”' }).waitFor();
    },
    {
      async leave({ page }) {
        await page.locator('.compare-narrow label', { hasText: 'List' }).click();
        await page.getByRole('group', { name: /^Resolve “Autonomy/ }).waitFor();
      },
    },
  ),
  floatingScreen('play-promote', async (running) => {
    const { page } = running;
    await compare(running);
    await page.getByRole('button', { name: /^Promote \d+ records?…$/ }).click();
    await page.getByText('1 conflict to resolve').waitFor();
  }),
  floatingScreen('play-promote-decided', async (running) => {
    const { page } = running;
    await compare(running);
    await page.getByRole('button', { name: /^Promote \d+ records?…$/ }).click();
    await page.getByRole('radio', { name: 'Use sandbox for all' }).click();
    await page.getByText('Overwrites changes in live:').waitFor();
  }),
  sampleScreen('whatif-live', async (running) => {
    const { page } = running;
    await chooseMenu(running, 'play.whatif');
    await page.getByText(/fell in the 80 % range/).waitFor();
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
  }),
  sampleScreen('whatif-forecasts', ({ page }) =>
    page.getByText(/, two months after it ends/).scrollIntoViewIfNeeded(),
  ),
  sampleScreen(
    'play-inside',
    async (running) => {
      const { page } = running;
      await goTo(page, 'Teams');
      await page.getByRole('grid').getByRole('gridcell', { name: 'Autonomy', exact: true }).waitFor();
    },
    { inside },
  ),
  sampleScreen('play-inside-compare', compareInside, { inside }),
  sampleScreen(
    'play-inside-insights',
    async (running) => {
      const { page } = running;
      await goTo(page, 'Insights');
      await page.getByText(/ in live → /).waitFor();
      await page.getByRole('progressbar').waitFor({ state: 'detached' });
    },
    { inside, moving: (page) => [page.locator('canvas').first()] },
  ),
  floatingScreen(
    'play-bring-in',
    async (running) => {
      const { page } = running;
      await compareInside(running);
      await page.getByRole('button', { name: 'Refresh from live…' }).click();
      await page.getByRole('radio', { name: 'Use sandbox for all' }).waitFor();
    },
    { inside },
  ),
  sampleScreen('whatif', whatIf, { inside }),
  floatingScreen(
    'whatif-step',
    async (running) => {
      const { page } = running;
      await whatIf(running);
      await page.getByRole('button', { name: 'Add a step…' }).click();
      await page.getByRole('menuitem', { name: 'Add a member who stays on…' }).click();
      await page.getByRole('dialog', { name: 'Add a member who stays on' }).waitFor();
    },
    { inside },
  ),
];
