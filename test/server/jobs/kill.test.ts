import { expect, test } from 'vitest';
import { killWorkers } from '#test/jobs/kills.ts';
import { postgresSite } from '#test/jobs/postgres-site.ts';
import { testDatabaseUrl } from '../support/server.ts';

test('servers that are killed in the middle of jobs leave each effect once, and each job ends', async () => {
  const lease = 600;
  const site = await postgresSite(await testDatabaseUrl(), lease);
  const report = await killWorkers(site, { kills: 10, lease, seed: Number(process.env['FC_SEED']) });
  expect(report.problems).toEqual([]);
  expect(report.jobs.completed).toBeGreaterThan(0);
}, 120_000);
