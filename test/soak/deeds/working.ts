import { chooseIfOffered } from '../../e2e/lib/hands.ts';
import { goTo } from '../../e2e/lib/window.ts';
import type { Chance } from '../chance.ts';
import type { Deed, Hands } from './deed.ts';

const lists = ['Universities', 'Teams', 'Faculty', 'Students', 'Projects', 'Links', 'Outcomes'];
const words = ['a', 'son', 'flight', 'power', 'zzz', 'comm', 'ro'];

/** A cell that is in sight, of any row. */
async function clickCell({ page, chance }: Hands): Promise<void> {
  const cells = page.getByRole('grid').first().getByRole('gridcell');
  await cells.nth(chance.below(Math.max(1, await cells.count()))).click();
}

const name = (chance: Chance): string => `Soak ${chance.oneOf(words)} ${chance.below(1000)}`;

/** Working with records: looking for them, changing, making, deleting, taking back. */
export const workingDeeds: readonly Deed[] = [
  { name: 'opens a list', weight: 10, act: ({ page, chance }) => goTo(page, chance.oneOf(lists)) },
  {
    name: 'searches the list',
    weight: 6,
    async act({ page, chance }) {
      const box = page.locator('input.mantine-Input-input[type="search"]').first();
      await box.fill(chance.oneOf(words));
      if (chance.onceIn(2)) await box.fill('');
    },
  },
  {
    name: 'sorts',
    weight: 6,
    async act({ page, chance }) {
      const heads = page.getByRole('columnheader').getByRole('button', { name: /./ });
      await heads.nth(chance.below(Math.max(1, await heads.count()))).click();
      if (chance.onceIn(3)) await page.keyboard.press('Escape');
    },
  },
  {
    name: 'filters',
    weight: 5,
    async act({ running, page, chance }) {
      await chooseIfOffered(running, 'list.filter');
      const fields = page.getByRole('dialog').getByRole('button');
      await fields.nth(chance.below(Math.max(1, await fields.count()))).click();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press(chance.oneOf(['Space', 'Enter']));
      await page.keyboard.press('Escape');
    },
  },
  { name: 'takes filters away', weight: 6, act: ({ running }) => chooseIfOffered(running, 'list.clear') },
  {
    name: 'opens a record',
    weight: 8,
    async act(hands) {
      await clickCell(hands);
      await hands.page.keyboard.press('Enter');
      const tabs = hands.page.getByRole('complementary').getByRole('tab');
      await tabs.nth(hands.chance.below(3)).click();
    },
  },
  {
    name: 'edits a cell',
    weight: 6,
    async act(hands) {
      const { page, chance } = hands;
      await clickCell(hands);
      await page.keyboard.press('F2');
      await page.keyboard.type(String(chance.below(12)));
      await page.keyboard.press(chance.oneOf(['Enter', 'Tab', 'Escape']));
    },
  },
  {
    name: 'makes a team',
    weight: 4,
    async act({ page, chance }) {
      await goTo(page, 'Teams');
      await page.getByRole('button', { name: 'New team' }).first().click();
      await page.getByRole('textbox', { name: 'Name' }).first().fill(name(chance));
      await page.getByRole('button', { name: 'Create team' }).click();
    },
  },
  {
    name: 'deletes a record',
    weight: 4,
    async act(hands) {
      await clickCell(hands);
      await hands.page.keyboard.press('Delete');
    },
  },
  { name: 'undoes', weight: 6, act: ({ running }) => chooseIfOffered(running, 'edit.undo') },
  { name: 'redoes', weight: 3, act: ({ running }) => chooseIfOffered(running, 'edit.redo') },
  {
    name: 'looks at a change',
    weight: 3,
    async act({ page, chance }) {
      await goTo(page, 'History');
      await page.getByRole('option').nth(chance.below(8)).click();
    },
  },
];
