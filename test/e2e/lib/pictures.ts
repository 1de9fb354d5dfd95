import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { expect } from '../harness.ts';
import { cutTexts } from './cut.ts';
import { chooseMenu } from './hands.ts';
import type { Running } from './launch.ts';
import { cutOff } from './overflow.ts';
import type { Screen } from './screens/screen.ts';
import { settled, sizeTo, zoomTo } from './walk.ts';
import { usual } from './window-fit.ts';
import { wordsOf, written } from './written.ts';

/** Part of the pixels that may differ: another machine smooths the edges of letters a little otherwise. */
const tolerance = { maxDiffPixelRatio: 0.015, threshold: 0.25 };

// The pictures are of Linux, where they are compared: other systems draw letters their own way.
const onLinux = process.platform === 'linux';

/** Windows, in pixels of the screen, and their zoom: half of a small screen, small windows, and one of the widest. */
const views = [
  { width: 680, height: 700, zoom: 1 },
  { width: 900, height: 600, zoom: 1 },
  { width: 1024, height: 700, zoom: 1 },
  { width: 1280, height: 800, zoom: 2 },
  { width: 2560, height: 1440, zoom: 1 },
];

/** From this width on there is room for all that the program says. In smaller windows texts may end in dots, but nothing is out of reach. */
const roomy = 1024;

/** The spreadsheet that the screens import. */
const table = join(root, 'test', 'fixtures', 'teams.csv');

/** Texts of people on the screens of a workspace: nobody knows how long those are. */
export const textsOfPeople = async (workspace: string): Promise<string[]> => [
  ...(await written(workspace)),
  ...wordsOf(table),
];

/** Compares a screen in the light theme, which the window has, and in the dark one with their pictures. */
export async function looksAsItDid(running: Running, screen: Screen): Promise<void> {
  if (!onLinux) return;
  await comparePicture(running, screen, 'light');
  await chooseMenu(running, 'view.dark');
  await comparePicture(running, screen, 'dark');
  await chooseMenu(running, 'view.light');
  await settled(running.page);
}

async function comparePicture({ page }: Running, { name, moving }: Screen, theme: string): Promise<void> {
  // The pointer rests where nothing answers to it.
  await page.mouse.move(640, 799);
  await settled(page);
  const mask = moving?.(page) ?? [];
  const options = { ...tolerance, mask, animations: 'disabled', caret: 'hide' } as const;
  await expect.soft(page).toHaveScreenshot(`${theme}-${name}.png`, options);
}

/** Fails where anything is cut off in any of the views. `own` are texts of people. */
export async function fitsViews(running: Running, name: string, own: readonly string[]): Promise<void> {
  const found: string[] = [];
  for (const { zoom, ...size } of views) {
    await zoomTo(running, zoom);
    await sizeTo(running, size);
    await settled(running.page);
    const hasRoom = zoom === 1 && size.width >= roomy;
    const cut = [...(await cutOff(running.page)), ...(hasRoom ? await cutTexts(running.page, own) : [])];
    found.push(...cut.map((what) => `${size.width} at ${zoom * 100} %: ${what}`));
  }
  await zoomTo(running, 1);
  await sizeTo(running, usual);
  expect.soft(found, name).toEqual([]);
}
