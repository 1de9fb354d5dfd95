import { expect } from '@playwright/test';
import { atLive, chooseMenu, offered } from '../hands.ts';
import type { Running } from '../launch.ts';
import { goTo } from '../window.ts';
import { floatingScreen, sampleScreen } from './screen.ts';
import type { Place, Screen } from './screen.ts';

const bar = ({ page }: Running) => page.getByRole('region', { name: 'Point in time' });

/** Waits until the page that one turned to has said what it can do. */
const turned = (running: Running, command: string): Promise<void> =>
  expect.poll(() => offered(running, command)).toBe(true);

/** Turns the window to the newest change of the log. */
async function enterMoment(running: Running): Promise<void> {
  const { page } = running;
  await goTo(page, 'Teams');
  await page.getByRole('grid').getByRole('gridcell', { name: 'Autonomy', exact: true }).waitFor();
  await chooseMenu(running, 'past.enter');
  await bar(running)
    .getByText(/^\d+ of \d+$/)
    .waitFor();
  await turned(running, 'past.back');
  await page.getByRole('grid').getByRole('gridcell', { name: 'Autonomy', exact: true }).waitFor();
}

/** Back to live, as it was left. */
async function leaveMoment(running: Running): Promise<void> {
  const { page } = running;
  await page.getByRole('button', { name: 'Back to now' }).click();
  await atLive(running).waitFor();
  await turned(running, 'past.enter');
}

const inside: Place = { enter: enterMoment, leave: leaveMoment };

/** The past: the window at a moment, what floats over it there, and two moments compared. None of it changes anything. */
export const pastScreens: readonly Screen[] = [
  sampleScreen('past', (running) => bar(running).waitFor(), { inside }),
  floatingScreen(
    'past-time',
    async (running) => {
      await running.page.getByRole('button', { name: 'Day and time…' }).click();
      await running.page.getByRole('button', { name: 'Go there' }).waitFor();
    },
    { inside },
  ),
  floatingScreen(
    'past-restore',
    async (running) => {
      const { page } = running;
      await page.getByRole('slider', { name: 'Point in time' }).press('Home');
      await bar(running)
        .getByText(/^1 of /)
        .waitFor();
      await bar(running).getByText('Created this workspace').waitFor();
      await page.getByRole('button', { name: 'Restore everything…' }).click();
      await page.getByRole('list', { name: 'Planned changes' }).waitFor();
    },
    { inside },
  ),
  floatingScreen('past-checkpoints', async (running) => {
    await chooseMenu(running, 'past.checkpoints');
    await running.page.getByRole('dialog', { name: 'Checkpoints' }).waitFor();
  }),
  sampleScreen('past-compare', async (running) => {
    await chooseMenu(running, 'past.compare');
    await running.page.getByRole('heading', { name: 'Compare two states' }).waitFor();
    await running.page.getByRole('rowheader').first().waitFor();
  }),
];
