import { chooseIfOffered, readMenu } from '../../e2e/lib/hands.ts';
import { sizeTo } from '../../e2e/lib/walk.ts';
import type { Deed } from './deed.ts';

/** Commands that only look, and open nothing that waits for an answer of the system. */
const harmless = /^(go|tab|pane|view|list)\./;
// Closing the last tab closes the window.
const barred = /palette|wizard|export|print|file|^tab\.close$/;

const sizes = [
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
  { width: 1500, height: 900 },
];

const words = ['a', 'team', 'software', 'new', 'zz', 'University', 'go', 'orbit'];

/** Going about: places, commands, palette, theme, size. */
export const goingDeeds: readonly Deed[] = [
  {
    name: 'goes to a place',
    weight: 8,
    async act({ page, chance }) {
      const places = page.getByRole('navigation', { name: 'Main' }).getByRole('button');
      await places.nth(chance.below(Math.max(1, await places.count()))).click();
    },
  },
  {
    name: 'chooses a command',
    weight: 8,
    async act({ running, chance }) {
      const menus = await readMenu(running);
      const ids = menus.flatMap(({ ids }) => ids).filter((id) => harmless.test(id) && !barred.test(id));
      await chooseIfOffered(running, chance.oneOf(ids));
    },
  },
  {
    name: 'uses the palette',
    weight: 4,
    async act({ page, chance }) {
      await page.keyboard.press('Control+K');
      await page.keyboard.type(chance.oneOf(words));
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'changes the theme',
    weight: 1,
    act: ({ running, chance }) => chooseIfOffered(running, chance.oneOf(['view.light', 'view.dark'])),
  },
  {
    name: 'resizes the window',
    weight: 1,
    act: ({ running, chance }) => sizeTo(running, chance.oneOf(sizes)),
  },
  {
    name: 'plays on the keys',
    weight: 8,
    async act({ page, chance }) {
      const keys = [
        'ArrowDown',
        'ArrowUp',
        'ArrowRight',
        'Tab',
        'Shift+Tab',
        'PageDown',
        'Home',
        'End',
        'Escape',
      ];
      for (let count = 3 + chance.below(6); count > 0; count -= 1)
        await page.keyboard.press(chance.oneOf(keys));
    },
  },
  {
    name: 'pans and zooms what there is',
    weight: 4,
    async act({ page, chance }) {
      await page.mouse.move(300 + chance.below(500), 200 + chance.below(400));
      await page.mouse.wheel(0, chance.below(800) - 400);
      await page.mouse.down();
      await page.mouse.move(300 + chance.below(500), 200 + chance.below(400), { steps: 5 });
      await page.mouse.up();
      await page.keyboard.press('Escape');
    },
  },
];
