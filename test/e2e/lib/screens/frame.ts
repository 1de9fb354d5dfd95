import { chooseMenu } from '../hands.ts';
import { goTo } from '../window.ts';
import { oneTab, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

/** A view of its own that a command opens, known by its heading. */
const byCommand = (name: string, id: string, heading: string): Screen => ({
  name,
  ground: 'sample',
  async show(running) {
    await chooseMenu(running, id);
    await running.page.getByRole('heading', { name: heading, level: 1 }).waitFor();
  },
  leave: oneTab,
});

/** What belongs to the window: views that explain and set it up, tabs and panes, the tour. */
export const frameScreens: readonly Screen[] = [
  byCommand('preferences', 'file.preferences', 'Preferences'),
  byCommand('shortcuts', 'help.shortcuts', 'Keyboard shortcuts'),
  byCommand('about', 'help.about', 'About FRAMES'),
  byCommand('help', 'help.terms', 'Help'),
  byCommand('import-start', 'go.import', 'Import a file'),
  sampleScreen(
    'tour',
    async (running) => {
      await chooseMenu(running, 'help.tour');
      await running.page.getByRole('button', { name: 'End tour' }).waitFor();
    },
    {
      leave: ({ page }) => page.getByRole('button', { name: 'End tour' }).click(),
    },
  ),
  sampleScreen(
    'panes',
    async (running) => {
      const { page } = running;
      await goTo(page, 'Teams');
      await chooseMenu(running, 'tab.split');
      await goTo(page, 'Links');
      await page.getByRole('grid').nth(1).waitFor();
    },
    { leave: oneTab },
  ),
];
