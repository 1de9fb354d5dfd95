import { defineConfig } from '@playwright/test';

const kinds = (process.env['FRAMES_PACKAGES'] ?? 'deb tar.gz').split(' ');

/** Drives the installed program of each package, one after the other: `npm run test:packaged`. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/packaged',
  preserveOutput: 'failures-only',
  workers: 1,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  projects: [
    ...kinds.map((name) => ({ name, testMatch: '*.spec.ts', testIgnore: 'repository.spec.ts' })),
    { name: 'repository', testMatch: 'repository.spec.ts' },
  ],
});
