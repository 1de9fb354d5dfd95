import { defineConfig } from '@playwright/test';
import { useMemoryFolder } from './scripts/lib/memory-folder.ts';

useMemoryFolder();

/** Drives the real Electron, two at a time: each has a user folder and workspaces of its own, and waits more than it works. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  preserveOutput: 'failures-only',
  snapshotPathTemplate: '{testDir}/visual/{arg}{ext}',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: { screenshot: 'only-on-failure' },
});
