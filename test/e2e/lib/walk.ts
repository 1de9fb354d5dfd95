import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { ask } from './ask.ts';
import { ready } from './hands.ts';
import type { Running } from './launch.ts';
import type { Place, Screen } from './screens/screen.ts';

export interface Size {
  width: number;
  height: number;
}

/** Makes the window's content so large, in pixels at 100 %. */
export async function sizeTo({ app, page }: Running, size: Size): Promise<void> {
  await ask(() =>
    app.evaluate(({ BrowserWindow }, box) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(box.width, box.height);
    }, size),
  );
  const zoom = await zoomOf({ app });
  await expect
    .poll(() => page.evaluate(() => innerWidth), { intervals: [20] })
    .toBe(Math.round(size.width / zoom));
}

const zoomOf = ({ app }: Pick<Running, 'app'>): Promise<number> =>
  ask(() =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor() ?? 1),
  );

/** Enlarges everything in the window, as View ▸ Zoom in does. */
export async function zoomTo({ app }: Running, factor: number): Promise<void> {
  await ask(() =>
    app.evaluate(({ BrowserWindow }, zoom) => {
      BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(zoom);
    }, factor),
  );
}

/** Waits until nothing moves any more: fonts are there, what fades in has done so, and no place waits for its rows. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const finite = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(finite.map((animation) => animation.finished));
  });
  await expect(page.locator('.skeleton:visible, .mantine-Skeleton-root:visible')).toHaveCount(0);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/**
 * Looks at the screens one after the other, each from the one before. One that is not reached does not keep the others from being
 * looked at; at the end all such are named.
 */
export async function lookAt(
  running: Running,
  list: readonly Screen[],
  look: (screen: Screen) => Promise<void>,
): Promise<void> {
  await ready(running);
  const missed: string[] = [];
  let place: Place | undefined;
  for (const screen of list) {
    try {
      if (screen.inside !== place) {
        await place?.leave(running);
        place = undefined;
        await screen.inside?.enter(running);
        place = screen.inside;
      }
      await screen.show(running);
      await settled(running.page);
      await look(screen);
      await screen.leave?.(running);
    } catch (error) {
      missed.push(`${screen.name}: ${String(error)}`);
      if (running.page.isClosed()) break;
      for (let press = 0; press < 3; press += 1) await running.page.keyboard.press('Escape');
    }
  }
  expect(missed, 'screens that were not reached').toEqual([]);
}
