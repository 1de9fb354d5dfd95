import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { programInfo } from './scripts/lib/program-info.ts';

const shared = {
  globals: false,
  pool: 'forks' as const,
  // A process runs one file after the other: to load everything again for each took as long as the tests themselves.
  isolate: false,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  restoreMocks: true,
  unstubEnvs: true,
};

const globalSetup = ['test/setup/seed.ts', 'test/setup/temporary.ts', 'test/setup/programs.ts'];

/** Projects: `unit` in plain Node, `server` with a real Postgres, `renderer` with a document. Electron itself is Playwright's. */
export default defineConfig({
  test: {
    // More workers than cores, because tests spend about a sixth of their time waiting for locks and child processes.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/renderer/**', 'test/e2e/**', 'test/server/**'],
          globalSetup,
          setupFiles: ['test/setup/fast-check.ts', 'test/setup/workers.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'server',
          environment: 'node',
          include: ['test/server/**/*.test.ts'],
          globalSetup: [...globalSetup, 'test/server/support/postgres.ts'],
          setupFiles: [
            'test/setup/fast-check.ts',
            'test/setup/workers.ts',
            'test/server/support/cheap-passwords.ts',
          ],
        },
      },
      {
        plugins: [react(), programInfo(import.meta.dirname)],
        test: {
          ...shared,
          name: 'renderer',
          environment: 'happy-dom',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
          globalSetup,
          setupFiles: ['test/setup/fast-check.ts', 'test/renderer/setup.ts', 'test/setup/workers.ts'],
        },
      },
    ],
  },
});
