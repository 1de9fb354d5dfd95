import { expect } from '@playwright/test';
import { settled, sizeTo } from './walk.ts';
import type { Size } from './walk.ts';
import type { Running } from './launch.ts';

/** The window in which screens are reached. */
export const usual: Size = { width: 1280, height: 800 };
/** A small one, in which all has little room. */
const small: Size = { width: 900, height: 600 };

/** Fails if something sticks out of the window, which has the usual size: a window has no scroll bars of its own. */
export const fitsUsual = (running: Running, screen: string): Promise<void> => fitsAt(running, screen, usual);

/** The same in a small window too: for screens with a layout of their own. */
export async function fits(running: Running, screen: string): Promise<void> {
  await fitsUsual(running, screen);
  await sizeTo(running, small);
  await settled(running.page);
  await fitsAt(running, screen, small);
  await sizeTo(running, usual);
}

async function fitsAt(running: Running, screen: string, { width, height }: Size): Promise<void> {
  // What floats beside its button follows it a frame or two later.
  await expect.soft(() => over(running), `${screen} at ${width}×${height}`).toPass({ timeout: 3000 });
}

async function over({ page }: Running): Promise<void> {
  const sticking = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { across: scrollWidth - innerWidth, down: scrollHeight - innerHeight };
  });
  expect(sticking).toEqual({ across: 0, down: 0 });
}
