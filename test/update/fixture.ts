import { chownSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { runOrThrow } from '#scripts/lib/run-or-throw.ts';
import { displayFixture } from '../e2e/lib/display.ts';
import { name, openWindow, ordinaryUser } from '../packaged/installed.ts';
import type { Installed, Window } from '../packaged/installed.ts';
import { fileOf, publish } from './published.ts';
import type { Published } from './published.ts';

export { expect };

/** Version 0.1.0 of the program in a folder of an ordinary user, and a server that publishes 0.2.0. */
export interface Updating {
  installed: Installed;
  published: Published;
  /** Opens the window at its updates. */
  open: (args?: string[], env?: NodeJS.ProcessEnv) => Promise<Opened>;
}

export interface Opened extends Window {
  /** The section of Preferences. */
  updates: Locator;
}

export const test = base.extend<{ updating: Updating }, { display: void }>({
  display: displayFixture,
  updating: async ({ browserName: _browser }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'frames-update-'));
    const [home, place] = [join(folder, 'home'), join(folder, 'program')];
    const { uid, gid } = await ordinaryUser();
    for (const path of [folder, home, place]) {
      mkdirSync(path, { recursive: true });
      chownSync(path, uid, gid);
    }
    const program = join(place, 'FRAMES.AppImage');
    copyFileSync(fileOf('0.1.0'), program);
    chownSync(program, uid, gid);
    const installed: Installed = { kind: 'AppImage', program, home, uninstall: async () => {} };
    const published = await publish();
    try {
      await use({
        installed,
        published,
        async open(args = [], env = {}) {
          const window = await openWindow(installed, args, { FRAMES_UPDATES_URL: published.address, ...env });
          return { ...window, updates: await updatesOf(window.page) };
        },
      });
    } finally {
      await published.end();
      await endAll();
      await unmountBelow(folder);
      rmSync(folder, { recursive: true });
    }
  },
});

/** Unmounts the small disks of a test. */
async function unmountBelow(folder: string): Promise<void> {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  for (const mount of mounts) {
    const [, place = ''] = mount.split(' ');
    if (place.startsWith(`${folder}/`)) await runOrThrow('umount', [place]);
  }
}

/** Ends every program of the ordinary user, without a chance to do anything. */
export async function endAll(): Promise<void> {
  await runOrThrow('sh', [
    '-c',
    `pkill -KILL -u ${name} || true; while pgrep -u ${name} >/dev/null; do :; done`,
  ]);
}

/** The section of Preferences about updates. Keys are heard only once the window is ready. */
export async function updatesOf(page: Page): Promise<Locator> {
  const updates = page.getByRole('region', { name: 'Updates' });
  await expect(async () => {
    await page.keyboard.press('Control+,');
    await expect(updates).toBeVisible({ timeout: 1000 });
  }).toPass();
  return updates;
}
