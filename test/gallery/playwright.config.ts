import { defineConfig } from '@playwright/test';

/** Takes the pictures of the gallery (`npm run gallery`), or with DEMO those of the animated picture (`npm run demo`). */
export default defineConfig({
  testDir: '.',
  testMatch: process.env['DEMO'] === '1' ? ['demo.ts'] : ['gallery.ts', 'trouble.ts'],
  outputDir: '../../test-results/gallery',
  preserveOutput: 'failures-only',
  workers: 1,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
});
