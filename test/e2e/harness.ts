import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { ownDisplay } from './lib/display.ts';
import { launch, removeFolder, shellLog, temporaryFolder } from './lib/launch.ts';
import type { LaunchOptions, Running } from './lib/launch.ts';

export { expect };

export interface Frames {
  /** A folder of this test's own, removed at its end. */
  folder: string;
  /** Starts the application; without options as a first start with nothing anywhere. */
  start(options?: Partial<LaunchOptions>): Promise<Running>;
  /** Lets it quit as a person would, and waits until its processes are gone. */
  quit(running: Running): Promise<void>;
  /** Entries of the shell's log that this test expects beside the ordinary ones. */
  expectTrouble(pattern: RegExp): void;
}

/** A test with the real application. It fails on anything that the page or the shell complained about. */
export const test = base.extend<{ frames: Frames }, { display: void }>({
  display: [
    async ({ browserName: _browser }, use) => {
      const end = await ownDisplay();
      await use();
      end();
    },
    { scope: 'worker', auto: true },
  ],
  frames: async ({ browserName: _browser }, use) => {
    const folder = temporaryFolder('test');
    const all = new Set<Running>();
    const users = new Set<string>();
    const expected: RegExp[] = [];

    const quit = async (running: Running): Promise<void> => {
      all.delete(running);
      await running.app.close();
    };
    await use({
      folder,
      async start(options = {}) {
        const userData = options.userData ?? join(folder, 'user');
        mkdirSync(userData, { recursive: true });
        users.add(userData);
        const running = await launch({ ...options, userData });
        all.add(running);
        return running;
      },
      quit,
      expectTrouble: (pattern) => void expected.push(pattern),
    });

    const complaints = [...all].flatMap((running) => running.complaints);
    for (const running of all) await running.app.close();
    const trouble = [...users]
      .flatMap(shellLog)
      .filter(({ level, message }) => level !== 'info' && !expected.some((pattern) => pattern.test(message)));
    removeFolder(folder);
    expect(complaints, 'what the page complained about').toEqual([]);
    expect(trouble, 'what the shell complained about').toEqual([]);
  },
});
