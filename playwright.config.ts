import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { useMemoryFolder } from './scripts/lib/memory-folder.ts';

useMemoryFolder();

/** Drives the real Electron. Each test has a user folder and workspaces of its own, and waits a third of its time: more run than there are cores. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  preserveOutput: 'failures-only',
  snapshotPathTemplate: '{testDir}/visual/{arg}{ext}',
  workers: Math.ceil(availableParallelism() * 1.5),
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: { screenshot: 'only-on-failure' },
});
