import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '#test/support/folder.ts';
import { killWorkers } from './kills.ts';

test('killed in the middle of jobs, each job ends all the same, and each effect is there once', async () => {
  const folder = join(testFolder(), 'workspace');
  const report = await killWorkers({ folder, kills: 10, lease: 600, seed: Number(process.env['FC_SEED']) });
  expect(report.problems).toEqual([]);
  expect(report.jobs.completed).toBeGreaterThan(0);
}, 120_000);
