import type { Locator, Page } from '@playwright/test';
import { chooseIfOffered, chooseMenu } from '../hands.ts';
import type { Running } from '../launch.ts';

/** Which workspace a screen is looked at in: the made-up sample, or one that nobody has put anything into. */
export type Ground = 'sample' | 'empty';

/** A place that a window goes to and comes back from, which takes seconds: a sandbox, a point in time. */
export interface Place {
  enter: (running: Running) => Promise<void>;
  leave: (running: Running) => Promise<void>;
}

/** A screen that a person can reach. Looking at one must change nothing that a later one shows. */
export interface Screen {
  /** Unique; pictures are named after it. */
  name: string;
  ground: Ground;
  /** The place in which it is shown. The window stays there for the screens that follow in the same place. */
  inside?: Place;
  /** From wherever the window is to this screen; settles when what matters on it is there. */
  show: (running: Running) => Promise<void>;
  /** Closes what stands over the window, so that the next screen can be reached. */
  leave?: (running: Running) => Promise<void>;
  /** One of the main screens: it is compared with a picture, pixel by pixel. */
  compared?: boolean;
  /** A dialog, a menu or an editor over another screen: its layout in small windows is that of the screen. */
  floats?: boolean;
  /** Parts that differ from machine to machine (a canvas, a name of the system's user): not compared. */
  moving?: (page: Page) => Locator[];
}

/** Closes whatever hears Esc: a dialog, a menu, an editor. */
export async function escape({ page }: Running): Promise<void> {
  await page.keyboard.press('Escape');
}

type Show = Screen['show'];

export const sampleScreen = (name: string, show: Show, more: Partial<Screen> = {}): Screen => ({
  name,
  ground: 'sample',
  show,
  ...more,
});

export const emptyScreen = (name: string, show: Show, more: Partial<Screen> = {}): Screen => ({
  name,
  ground: 'empty',
  show,
  ...more,
});

/** What floats over a screen of the sample, and is closed with Esc. */
export const floatingScreen = (name: string, show: Show, more: Partial<Screen> = {}): Screen =>
  sampleScreen(name, show, { leave: escape, floats: true, ...more });

/** Brings the window back to one tab in one pane, with Home in it. */
export async function oneTab(running: Running): Promise<void> {
  await chooseMenu(running, 'go.home');
  for (const id of ['tab.join', 'tab.closeOthers']) await chooseIfOffered(running, id);
}
