import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { sampleTarget } from '#main/arguments.ts';
import { displayFixture } from './lib/display.ts';
import { ready } from './lib/hands.ts';
import { createHost, launch, removeFolder, shellLog, temporaryFolder } from './lib/launch.ts';
import type { Host, LaunchOptions, Running } from './lib/launch.ts';
import { makeSample } from './lib/sample.ts';

export { expect };

export interface Frames {
  /** A folder of this test's own, removed at its end. */
  folder: string;
  /**
   * Starts the application; without options as a first start, but with the sample workspace already there: making it takes half a
   * second. The first start of a test is in an Electron that the tests of a worker share, unless it needs arguments or is to be
   * `alone`; a restart is one of Electron too.
   */
  start(options?: Partial<LaunchOptions>): Promise<Running>;
  /** The same, once the window has loaded all of itself. */
  startReady(options?: Partial<LaunchOptions>): Promise<Running>;
  /** Puts the sample where the first start finds it, and returns its folder. For tests that change its files before. */
  prepareSample(): string;
  /** Starts it with nothing anywhere. */
  startFirst(options?: Pick<LaunchOptions, 'args'>): Promise<Running>;
  /** Lets it quit as a person would, and waits until its processes are gone. */
  quit(running: Running): Promise<void>;
  /** Entries of the shell's log that this test expects beside the ordinary ones. */
  expectTrouble(pattern: RegExp): void;
}

/** A test with the real application. It fails on anything that the page or the shell complained about. */
export const test = base.extend<{ frames: Frames }, { display: void; host: Host; sample: string }>({
  display: displayFixture,
  host: [
    async ({ display: _display }, use) => {
      const host = createHost();
      await use(host);
      await host.close();
    },
    { scope: 'worker' },
  ],
  /** A closed sample workspace, made once for each worker. */
  sample: [
    async ({ browserName: _browser }, use) => {
      const folder = temporaryFolder('sample');
      await use(await makeSample(join(folder, 'Sample')));
      removeFolder(folder);
    },
    { scope: 'worker' },
  ],
  frames: async ({ host, sample }, use) => {
    const folder = temporaryFolder('test');
    const all = new Set<Running>();
    const users = new Set<string>();
    const expected: RegExp[] = [];

    const quit = async (running: Running): Promise<void> => {
      all.delete(running);
      await running.quit();
    };
    const own = join(folder, 'user');
    const startIn = async (options: LaunchOptions): Promise<Running> => {
      const isAlone = options.alone ?? (options.args !== undefined || users.size > 0);
      mkdirSync(options.userData, { recursive: true });
      users.add(options.userData);
      const running = (isAlone ? null : await host.start(options)) ?? (await launch(options));
      all.add(running);
      return running;
    };
    const copySample = (userData: string): string => {
      const { workspace: place } = sampleTarget(userData);
      cpSync(sample, place, { recursive: true });
      return place;
    };
    const start: Frames['start'] = (options = {}) => {
      const { userData = own, workspace } = options;
      if (workspace === undefined && !existsSync(userData)) copySample(userData);
      return startIn({ ...options, userData });
    };
    await use({
      folder,
      prepareSample: () => copySample(own),
      start,
      async startReady(options) {
        const running = await start(options);
        await ready(running);
        return running;
      },
      startFirst: (options) => startIn({ ...options, userData: own }),
      quit,
      expectTrouble: (pattern) => void expected.push(pattern),
    });

    const complaints = [...all].flatMap((running) => running.complaints);
    for (const running of all) await running.quit();
    const trouble = [...users]
      .flatMap(shellLog)
      .filter(({ level, message }) => level !== 'info' && !expected.some((pattern) => pattern.test(message)));
    removeFolder(folder);
    expect(complaints, 'what the page complained about').toEqual([]);
    expect(trouble, 'what the shell complained about').toEqual([]);
  },
});
