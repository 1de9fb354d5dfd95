import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** Times that Tab is pressed before a thing counts as out of reach. */
const REACH = 80;

/** What shows where the focus is, in words; empty when a person could not see it. */
function focusMark(page: Page): Promise<{ mark: string; element: string }> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return { mark: '', element: 'nothing' };
    // A grid and a list keep the focus and mark the one of their children that the keys are for.
    const child = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '');
    const candidates = [
      focused,
      child,
      focused.querySelector('.cell-at'),
      focused.querySelector('[data-selected]'),
    ];
    // The mark of a field may be on the box around it.
    const editor = focused.closest('.cell-editor');
    if (editor) return { mark: getComputedStyle(editor).border, element: editor.className };
    const box = focused.closest('.mantine-Input-wrapper, label, .mantine-SegmentedControl-control');
    for (const element of [...candidates, box, box?.querySelector('label') ?? null]) {
      if (!element) continue;
      const style = getComputedStyle(element);
      const outline = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
      if (outline || style.boxShadow !== 'none' || element.matches('[data-selected]')) {
        return { mark: outline ? style.outline : style.boxShadow, element: element.className };
      }
    }
    return { mark: '', element: focused.outerHTML.slice(0, 160) };
  });
}

/** Fails unless the focus is somewhere that a person can see. Where it merely rests after a view was opened nothing is marked. */
export async function expectVisibleFocus(page: Page): Promise<void> {
  const resting = await page.evaluate(() => document.activeElement?.matches('[data-focus-home]') ?? false);
  if (resting) return;
  await expect
    .poll(async () => {
      const { mark, element } = await focusMark(page);
      return mark === '' ? `the focus cannot be seen on ${element}` : 'seen';
    })
    .toBe('seen');
}

/** Presses keys one after the other and looks at the focus after each. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await expectVisibleFocus(page);
  }
}

/** Goes to a thing with Tab (or Shift+Tab), seeing the focus on every step of the way. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < REACH; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await press(page, key);
  }
  throw new Error(`${String(target)} was not reached with ${REACH} times ${key}`);
}

/** Finds a command or a record in the palette by its words, and takes the first that fits. */
export async function fromPalette(page: Page, words: string, result: string | RegExp): Promise<void> {
  await page.keyboard.press('Control+K');
  const box = page.getByRole('combobox', { name: 'Search everything' });
  await expect(box).toBeFocused();
  await page.keyboard.type(words);
  await expect(page.locator('[data-selected]').first()).toHaveText(result);
  await page.keyboard.press('Enter');
  await expect(box).toBeHidden();
}
