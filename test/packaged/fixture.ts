import { test as base, expect } from '@playwright/test';
import { displayFixture } from '../e2e/lib/display.ts';
import { install } from './installed.ts';
import type { Installed } from './installed.ts';

export { expect };

/** A test with the package of its project installed, removed when the worker ends. */
export const test = base.extend<object, { display: void; installed: Installed }>({
  display: displayFixture,
  installed: [
    async ({ browserName: _browser }, use, { project }) => {
      const installed = await install(project.name);
      await use(installed);
      await installed.uninstall();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
});
