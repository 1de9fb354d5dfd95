import { expect } from '@playwright/test';
import { ask } from './ask.ts';
import type { Running } from './launch.ts';

/** Drops a file of this machine onto the middle of the window, as the system's file manager would. */
export async function dropFile({ page }: Running, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const size = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const at = { x: Math.round(size.width / 2), y: Math.round(size.height / 2) };
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...at, data });
  }
  await session.detach();
}

/** Waits until the window has loaded all of itself: the last to come are the commands for files. A page that goes has none that can be chosen. */
export async function ready(running: Running): Promise<void> {
  const ids = async (): Promise<string[]> => {
    const menus = await readMenu(running);
    return menus.some(({ possible }) => possible.length > 0) ? menus.flatMap((menu) => menu.ids) : [];
  };
  // By itself it would ask after one second and another, and the window is there in two or three.
  await expect.poll(ids, { intervals: [100] }).toContain('file.import');
}

/** Answers the next dialogs that ask for a file to open, or to save to. Null is the person pressing Cancel. */
export async function answerDialogs({ app }: Running, path: string | null): Promise<void> {
  await ask(() =>
    app.evaluate(({ dialog }, answer) => {
      dialog.showOpenDialog = () =>
        Promise.resolve({ canceled: answer === null, filePaths: answer === null ? [] : [answer] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: answer === null, filePath: answer ?? '' });
    }, path),
  );
}

/** Whether the native menu offers a command just now. */
export function offered({ app }: Running, id: string): Promise<boolean> {
  return ask(() =>
    app.evaluate(
      ({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.enabled === true,
      id,
    ),
  );
}

let choices = 0;

/** Chooses a command in the native menu by its id, as soon as it is offered: what a view can do comes a moment after the view. */
export async function chooseMenu(running: Running, id: string): Promise<void> {
  await expect
    .poll(() => offered(running, id), {
      message: `the native menu offers ${id}`,
      timeout: 5000,
      intervals: [100],
    })
    .toBe(true);
  choices += 1;
  const choice = { wanted: id, serial: choices };
  await ask(() =>
    running.app.evaluate(({ Menu }, { wanted, serial }) => {
      const shell = globalThis as { lastChoice?: number };
      // Asked again because the answer was lost, not because the person chooses again.
      if (shell.lastChoice === serial) return;
      const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
      if (!item) throw new Error(`The native menu has no ${wanted}.`);
      shell.lastChoice = serial;
      // Electron tells with it how it was chosen.
      (item.click as (event: { triggeredByAccelerator: boolean }) => void)({ triggeredByAccelerator: false });
    }, choice),
  );
}

/** Chooses a command in the native menu if it can be chosen now. */
export async function chooseIfOffered(running: Running, id: string): Promise<void> {
  if (await offered(running, id)) await chooseMenu(running, id);
}

interface Read {
  label: string;
  ids: string[];
  /** Those of them that can be chosen now. */
  possible: string[];
  roles: string[];
}

/** The native menu as far as it can be read: labels of its menus, and ids of their commands. */
export function readMenu({ app }: Running): Promise<Read[]> {
  return ask(() =>
    app.evaluate(({ Menu }) => {
      const all = (menu: Electron.Menu | undefined): Electron.MenuItem[] =>
        (menu?.items ?? []).flatMap((item) => (item.submenu ? all(item.submenu) : [item]));
      return (Menu.getApplicationMenu()?.items ?? []).map((menu) => ({
        label: menu.label,
        ids: all(menu.submenu).flatMap(({ id }) => id ?? []),
        possible: all(menu.submenu).flatMap(({ enabled, id }) => (enabled ? (id ?? []) : [])),
        roles: all(menu.submenu).flatMap(({ role }) => role ?? []),
      }));
    }),
  );
}

export const inPlay = ({ page }: Running) =>
  page.getByText('Sandbox – live data is unchanged until you promote');
export const atLive = ({ page }: Running) => page.getByTitle('The live records of this workspace');

/** Turns the window to a new sandbox of this name. */
export async function takeSandbox(running: Running, name: string): Promise<void> {
  const { page } = running;
  await chooseMenu(running, 'play.new');
  await page.getByRole('dialog', { name: 'New sandbox' }).getByRole('textbox').first().fill(name);
  await page.keyboard.press('Enter');
  await expect(inPlay(running)).toBeVisible();
  await ready(running);
}

export async function backToLive(running: Running): Promise<void> {
  await running.page.getByRole('button', { name: 'Back to live' }).click();
  await expect(atLive(running)).toBeVisible();
  await ready(running);
}

export const titleOf = ({ app }: Running): Promise<string | undefined> =>
  ask(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle()));

/** The width of the frame around the whole window, as it is drawn. */
export const frameOf = ({ page }: Running): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.body, '::after').borderTopWidth);

/** The text in the clipboard, after one was put there. */
export const clipboardOf = ({ app }: Running, text?: string): Promise<string> =>
  ask(() =>
    app.evaluate(({ clipboard }, write) => {
      if (write !== undefined) void clipboard.writeText(write);
      return clipboard.readText();
    }, text),
  );
