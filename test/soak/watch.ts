import type { Page } from '@playwright/test';

/** Milliseconds between two beats of the window's heart. */
const BEAT = 100;

declare global {
  interface Window {
    soakLongest?: number;
  }
}

/** Lets the window note the longest time for which it did nothing but one thing. To be called again after it was reloaded. */
export async function watchForBlocks(page: Page): Promise<void> {
  await page.evaluate((beat) => {
    window.soakLongest = 0;
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      window.soakLongest = Math.max(window.soakLongest ?? 0, now - last - beat);
      last = now;
    }, beat);
  }, BEAT);
}

/** The longest block since the last time that this was asked, in milliseconds. */
export async function longestBlock(page: Page): Promise<number> {
  return page.evaluate(() => {
    const longest = window.soakLongest ?? 0;
    window.soakLongest = 0;
    return Math.round(longest);
  });
}
