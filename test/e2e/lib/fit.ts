import { expect } from '@playwright/test';
import { settled, sizeTo } from './look.ts';
import type { Size } from './look.ts';
import type { Running } from './launch.ts';

/** A small one, in which all has little room, and that in which the screens are reached. */
const sizes: readonly Size[] = [
  { width: 900, height: 600 },
  { width: 1280, height: 800 },
];

/** Fails where something sticks out of the window at a usual size: a window has no scroll bars of its own. */
export async function fits(running: Running, screen: string): Promise<void> {
  for (const size of sizes) {
    await sizeTo(running, size);
    await settled(running.page);
    // What floats beside its button follows it a frame or two later.
    await expect
      .soft(() => over(running), `${screen} at ${size.width}×${size.height}`)
      .toPass({ timeout: 3000 });
  }
}

async function over({ page }: Running): Promise<void> {
  const sticking = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { across: scrollWidth - innerWidth, down: scrollHeight - innerHeight };
  });
  expect(sticking).toEqual({ across: 0, down: 0 });
}
