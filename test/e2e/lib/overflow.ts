import type { Page } from '@playwright/test';

/** What sticks out of the window or is cut off in it, in words; empty when all can be reached. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth) found.push(`the window scrolls across by ${scrollWidth - innerWidth}`);
    if (scrollHeight > innerHeight) found.push(`the window scrolls down by ${scrollHeight - innerHeight}`);

    /** The part of the page that an element may fill: what the nearest ancestor that cuts leaves of it. */
    const roomOf = (element: Element): { left: number; right: number } | null => {
      let [left, right] = [0, innerWidth];
      for (let at = element.parentElement; at; at = at.parentElement) {
        const { overflowX, position } = getComputedStyle(at);
        // Inside of it one can scroll to what is cut off.
        if (overflowX === 'auto' || overflowX === 'scroll') return null;
        if (overflowX !== 'visible') {
          const box = at.getBoundingClientRect();
          left = Math.max(left, box.left);
          right = Math.min(right, box.right);
        }
        if (position === 'fixed') break;
      }
      return { left, right };
    };
    const controls = 'button, a[href], input, select, textarea, summary, [role="tab"], [role="menuitem"]';
    for (const control of document.querySelectorAll(controls)) {
      const box = control.getBoundingClientRect();
      const shown = control.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      const name = control.getAttribute('aria-label') ?? control.textContent?.trim().slice(0, 40) ?? '';
      // What only a screen reader meets is a pixel wide.
      if (!shown || box.width < 2 || control.closest('.unseen')) continue;
      const room = roomOf(control);
      if (room && (box.left < room.left - 1 || box.right > room.right + 1)) {
        found.push(`cut off: ${control.tagName.toLowerCase()} “${name}”`);
      }
    }
    return found;
  });
}
