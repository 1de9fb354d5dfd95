import { defineConfig } from '@playwright/test';

/** Updates installed programs and drives them: `npm run test:update`, which builds them first. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/update',
  preserveOutput: 'failures-only',
  workers: 1,
  forbidOnly: true,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
});
