import { expect } from '@playwright/test';
import { chooseMenu, offered } from '../hands.ts';
import type { Running } from '../launch.ts';
import { goTo } from '../window.ts';
import { escape } from './screen.ts';
import type { Screen } from './screen.ts';

const bar = ({ page }: Running) => page.getByRole('region', { name: 'Point in time' });

/** Waits until the page that one turned to has said what it can do. */
const turned = (running: Running, command: string): Promise<void> =>
  expect.poll(() => offered(running, command)).toBe(true);

/** Turns the window to the newest change of the log. */
async function enter(running: Running): Promise<void> {
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
async function leave(running: Running): Promise<void> {
  const { page } = running;
  await page.getByRole('button', { name: 'Back to now' }).click();
  await page.getByTitle('The live records of this workspace').waitFor();
  await turned(running, 'past.enter');
}

/** The past: the window at a moment, what floats over it there, and two moments compared. None of it changes anything. */
export const pastScreens: readonly Screen[] = [
  { name: 'past', ground: 'sample', show: enter, leave },
  {
    name: 'past-time',
    ground: 'sample',
    async show(running) {
      await enter(running);
      await running.page.getByRole('button', { name: 'Day and time…' }).click();
      await running.page.getByRole('button', { name: 'Go there' }).waitFor();
    },
    async leave(running) {
      await escape(running);
      await leave(running);
    },
  },
  {
    name: 'past-restore',
    ground: 'sample',
    async show(running) {
      const { page } = running;
      await enter(running);
      await page.getByRole('slider', { name: 'Point in time' }).press('Home');
      await bar(running)
        .getByText(/^1 of /)
        .waitFor();
      await bar(running).getByText('Created this workspace').waitFor();
      await page.getByRole('button', { name: 'Restore everything…' }).click();
      await page.getByRole('list', { name: 'Planned changes' }).waitFor();
    },
    async leave(running) {
      await escape(running);
      await leave(running);
    },
  },
  {
    name: 'past-checkpoints',
    ground: 'sample',
    async show(running) {
      await chooseMenu(running, 'past.checkpoints');
      await running.page.getByRole('dialog', { name: 'Checkpoints' }).waitFor();
    },
    leave: escape,
  },
  {
    name: 'past-compare',
    ground: 'sample',
    async show(running) {
      await chooseMenu(running, 'past.compare');
      await running.page.getByRole('heading', { name: 'Compare two states' }).waitFor();
      await running.page.getByRole('rowheader').first().waitFor();
    },
  },
];
