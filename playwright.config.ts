import { defineConfig } from '@playwright/test';

/** Drives the real Electron: one at a time, because each run owns a display and a workspace. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  preserveOutput: 'failures-only',
  snapshotPathTemplate: '{testDir}/visual/{arg}{ext}',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
});
