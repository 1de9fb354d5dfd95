import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { ask } from '../ask.ts';
import { chooseMenu } from '../hands.ts';
import type { Running } from '../launch.ts';

/** Which workspace a screen is looked at in: the made-up sample, or one that nobody has put anything into. */
export type Ground = 'sample' | 'empty';

/** A screen that a person can reach. Looking at one must change nothing that a later one shows. */
export interface Screen {
  /** Unique; pictures are named after it. */
  name: string;
  ground: Ground;
  /** From wherever the window is to this screen; settles when what matters on it is there. */
  show: (running: Running) => Promise<void>;
  /** Closes what stands over the window, so that the next screen can be reached. */
  leave?: (running: Running) => Promise<void>;
  /** One of the main screens: it is compared with a picture, pixel by pixel. */
  compared?: boolean;
  /** Parts that differ from machine to machine (a canvas, a name of the system's user): not compared. */
  moving?: (page: Page) => Locator[];
}

/** Closes whatever hears Esc: a dialog, a menu, an editor. */
export async function escape({ page }: Running): Promise<void> {
  await page.keyboard.press('Escape');
}

const offered = ({ app }: Running, id: string): Promise<boolean> =>
  ask(() =>
    app.evaluate(
      ({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.enabled === true,
      id,
    ),
  );

/** Runs a command of the native menu as soon as it is offered: a view's own ones come a moment after the view. */
export async function command(running: Running, id: string): Promise<void> {
  await expect
    .poll(() => offered(running, id), { message: `the native menu offers ${id}`, timeout: 5000 })
    .toBe(true);
  await chooseMenu(running, id);
}

/** Runs a command of the native menu if it can be run now. */
export async function commandIfOffered(running: Running, id: string): Promise<void> {
  if (await offered(running, id)) await chooseMenu(running, id);
}

/** Brings the window back to one tab in one pane, with Home in it. */
export async function oneTab(running: Running): Promise<void> {
  await command(running, 'go.home');
  for (const id of ['tab.join', 'tab.closeOthers']) await commandIfOffered(running, id);
}
