import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '#test/support/folder.ts';
import { killWorkers } from './kills.ts';
import { workspaceSite } from './workspace-site.ts';

test('killed in the middle of jobs, each job ends all the same, and each effect is there once', async () => {
  const lease = 600;
  const site = await workspaceSite(join(testFolder(), 'workspace'), lease);
  const report = await killWorkers(site, { kills: 10, lease, seed: Number(process.env['FC_SEED']) });
  expect(report.problems).toEqual([]);
  expect(report.jobs.completed).toBeGreaterThan(0);
}, 120_000);
