import { randomInt } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '#server/db/database.ts';
import { migrate } from '#server/db/migrate.ts';
import { startTrialPostgres } from '#server/db/trial-postgres.ts';
import { defaultLease } from '#shared/domain/jobs.ts';
import { killWorkers } from './kills.ts';
import type { KillReport, KillSite } from './kills.ts';
import { postgresSite } from './postgres-site.ts';
import { workspaceSite } from './workspace-site.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '500' } } });
const kills = Number(values.kills);
if (!Number.isInteger(kills) || kills < 1) throw new Error('--kills must be a whole number of at least 1');
const seed = Number(process.env['JOBS_SEED'] ?? randomInt(2 ** 31));
/** Milliseconds in which the job of a killed process has to be taken over. */
const longestRecovery = 30_000;
process.env['FRAMES_TEST_BUNDLES'] ??= '1';

/** The value below which that share of them lies, in milliseconds. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
}

/** Makes a place for jobs in a folder. */
type Making = (folder: string, lease: number) => Promise<KillSite>;

async function round(
  name: string,
  { make, ...rounds }: { make: Making; kills: number; lease: number },
): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'frames-jobs-'));
  // Postgres runs as another user where this is root.
  chmodSync(folder, 0o755);
  const started = performance.now();
  try {
    const onKill = (done: number): void => {
      if (done % 50 === 0) console.log(`  ${done} kills`);
    };
    const site = await make(join(folder, 'site'), rounds.lease);
    const report = await killWorkers(site, { seed, onKill, ...rounds });
    const slowest = Math.max(0, ...report.recoveries);
    print(name, report, Math.round((performance.now() - started) / 1000));
    const problems = [
      ...report.problems,
      ...(slowest > longestRecovery ? [`a job was taken over only after ${Math.round(slowest)} ms`] : []),
    ];
    for (const problem of problems) console.log(`  FAILED: ${problem}`);
    return problems.length === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const onPostgres: Making = async (folder, lease) => {
  const postgres = await startTrialPostgres(folder, () => {});
  const database = openDatabase(postgres.url, 5);
  await migrate(database);
  await database.close();
  const site = await postgresSite(postgres.url, lease);
  return {
    ...site,
    async close() {
      await site.close();
      await postgres.stop();
    },
  };
};

function print(
  name: string,
  { kills: made, hits, jobs, attempts, effects, recoveries }: KillReport,
  seconds: number,
): void {
  console.log(`${name}: ${made} kills in ${seconds} s, ${hits} of them while a job was running`);
  console.log(
    `  jobs: ${jobs.completed} completed, ${jobs.dead} dead, ${jobs.other} other; ${attempts} attempts; ${effects} effects`,
  );
  const [median, slow, most] = [0.5, 0.95, 1].map((share) => quantile(recoveries, share));
  console.log(`  taken over after a kill: median ${median} ms, p95 ${slow} ms, at most ${most} ms`);
}

console.log(`JOBS_SEED=${seed}`);
const real = Math.min(5, kills);
const onServer = Math.max(1, Math.ceil(kills / 5));
const short = 600;
const passed = [
  await round(`workspace, short leases (${short} ms)`, {
    make: workspaceSite,
    kills: Math.max(1, kills - real),
    lease: short,
  }),
  await round(`workspace, real leases (${defaultLease.lease} ms)`, {
    make: workspaceSite,
    kills: real,
    lease: defaultLease.lease,
  }),
  await round(`server, short leases (${short} ms)`, { make: onPostgres, kills: onServer, lease: short }),
  await round(`server, real leases (${defaultLease.lease} ms)`, {
    make: onPostgres,
    kills: real,
    lease: defaultLease.lease,
  }),
];
console.log(passed.every(Boolean) ? 'Every job ended, and each effect is there once.' : 'FAILED');
process.exitCode = passed.every(Boolean) ? 0 : 1;
