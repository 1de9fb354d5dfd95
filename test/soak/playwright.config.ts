import { randomInt } from 'node:crypto';
import { defineConfig } from '@playwright/test';

// Drawn once, here: the process that runs the test reads this file too, and inherits what the first one has drawn.
process.env['SOAK_SEED'] ??= String(randomInt(1, 2 ** 31));

/** The long run: one test, as long as SOAK_MINUTES says. */
export default defineConfig({
  testDir: '.',
  testMatch: 'soak.ts',
  outputDir: '../../test-results/soak',
  preserveOutput: 'failures-only',
  workers: 1,
  retries: 0,
  timeout: 0,
  expect: { timeout: 15_000 },
  reporter: [['list']],
});
