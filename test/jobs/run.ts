import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { usualLease } from '#shared/domain/jobs.ts';
import { killWorkers } from './kills.ts';
import type { KillReport } from './kills.ts';

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

async function round(name: string, rounds: { kills: number; lease: number }): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'frames-jobs-'));
  const started = performance.now();
  try {
    const onKill = (done: number): void => {
      if (done % 50 === 0) console.log(`  ${done} kills`);
    };
    const report = await killWorkers({ folder: join(folder, 'workspace'), seed, onKill, ...rounds });
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
const passed = [
  await round('short leases (600 ms)', { kills: Math.max(1, kills - real), lease: 600 }),
  await round(`real leases (${usualLease.lease} ms)`, { kills: real, lease: usualLease.lease }),
];
console.log(passed.every(Boolean) ? 'Every job ended, and each effect is there once.' : 'FAILED');
process.exitCode = passed.every(Boolean) ? 0 : 1;
