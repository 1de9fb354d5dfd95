import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Health } from '#shared/contract/server/status.ts';
import { newestVersion } from '#server/db/migrate.ts';
import { followPages } from './lib/deploy/debian.ts';
import { startLoad } from './lib/deploy/load.ts';
import type { LoadReport } from './lib/deploy/load.ts';
import { copyWithPlantedStep, plantedVersion } from './lib/deploy/planted-step.ts';
import { onSite } from './lib/deploy/site.ts';
import type { Site } from './lib/deploy/site.ts';
import { reasonOf } from './lib/electron-kinds.ts';
import { currentCommit } from './lib/git.ts';
import { ensureBaseImage, postgresImage } from './lib/images/base-images.ts';
import { buildServerImage } from './lib/images/build-image.ts';
import { openContainers } from './lib/images/containers.ts';
import type { Containers } from './lib/images/containers.ts';
import { until } from './lib/images/until.ts';
import { ensurePackages } from './system.ts';

const image = 'localhost/frames-server-rehearsal';
const perSecond = 50;

/** Builds a version whose schema has a step more. */
async function buildNext(containers: Containers, next: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'frames-next-'));
  try {
    await copyWithPlantedStep(folder);
    await buildServerImage(containers, { name: `${image}:${next}`, revision: next, sources: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Signs in the first admin, whom docs/operations/containers.md creates, and returns the access token. */
async function signIn(url: string): Promise<string> {
  const admin = { email: 'ada@example.edu', password: 'correct horse battery', device: 'rehearsal' };
  const response = await fetch(`${url}/api/v1/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(admin),
  });
  if (!response.ok) throw new Error(`The admin cannot sign in: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

/** Throws unless both servers run a version's image over a schema. */
async function checkRunning(
  { output }: Containers,
  { servers }: Site,
  commit: string,
  schema: number,
): Promise<void> {
  const label = '{{index .Config.Labels "org.opencontainers.image.revision"}}';
  for (const [server, url] of Object.entries(servers)) {
    const revision = await output('podman', 'inspect', '--format', label, server);
    const { status, migrations } = (await (await fetch(`${url}/health`)).json()) as Health;
    if (revision !== commit || status !== 'ok' || migrations.version !== schema)
      throw new Error(`${server} runs ${revision}, ${status}, at step ${migrations.version} of the schema`);
  }
  console.log(`ok both servers run ${commit} at step ${schema} of the schema`);
}

/** Throws unless the metrics are read with the token as the page says, and refused without it. */
async function checkMetrics({ url }: Site, readMetrics: () => Promise<void>): Promise<void> {
  await readMetrics();
  const { status } = await fetch(`${url}/metrics`);
  if (status !== 401) throw new Error(`/metrics answers ${status} without a token`);
  console.log('ok /metrics needs the token');
}

async function checkRecords(url: string, token: string, { made }: LoadReport): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  let missing = 0;
  for (const id of made) if (!(await fetch(`${url}/api/v1/teams/${id}`, { headers })).ok) missing += 1;
  if (missing > 0) throw new Error(`${missing} of ${made.length} records that were made are not there`);
  console.log(`ok all ${made.length} records that were made are there`);
}

function tellCounts(report: LoadReport, seconds: number): void {
  const { reads, writes, failures, slowestMs } = report;
  console.log(
    `${reads + writes} requests in ${seconds.toFixed(0)} s (${((reads + writes) / seconds).toFixed(1)} a second): ` +
      `${reads} reads, ${writes} writes, ${failures.length} failed; the slowest took ${slowestMs.toFixed(0)} ms`,
  );
}

/** Prints how often each reason occurred, when it first did, and in which request. */
function tellFailures({ failures }: LoadReport): void {
  const byReason = Map.groupBy(failures, (line) => line.replace(/^\S+ \S+ [^:]*: /, ''));
  for (const [reason, lines] of byReason) console.log(`${lines.length} × ${reason}; first ${lines[0]}`);
}

/** Deploys this version, the next one and this one again while requests come. */
async function rehearse(containers: Containers, site: Site, current: string): Promise<void> {
  const next = `${current}-planted`;
  const { deploy, createAdmin, rollBack, runCommands, readMetrics } = site.steps;
  await deploy(current);
  // A deployment removes images that are neither the new nor the previous one.
  await buildNext(containers, next);
  await until('the proxy has a server', async () => (await fetch(`${site.url}/readyz`)).ok);
  await createAdmin();
  const token = await signIn(site.url);
  const load = startLoad(site.url, token, perSecond);
  const started = performance.now();
  let report: LoadReport;
  try {
    await checkRunning(containers, site, current, newestVersion);
    await deploy(next);
    await checkRunning(containers, site, next, plantedVersion);
    await rollBack(current);
    await checkRunning(containers, site, current, plantedVersion);
    await runCommands();
    await checkMetrics(site, readMetrics);
  } finally {
    report = await load.stop();
    // Also when a step failed: the requests often say why.
    tellCounts(report, (performance.now() - started) / 1000);
    tellFailures(report);
  }
  if (report.failures.length > 0) throw new Error(`${report.failures.length} requests failed`);
  await checkRecords(site.url, token, report);
}

/** Deploys this version and others behind Caddy, as docs/operations/containers.md says. */
async function rehearseContainers(containers: Containers): Promise<void> {
  await ensurePackages(['caddy']);
  await ensureBaseImage(containers, postgresImage);
  const current = currentCommit();
  await buildServerImage(containers, { name: `${image}:${current}`, revision: current });
  await onSite(containers, image, (site) => rehearse(containers, site, current));
}

const parts: Record<string, (containers: Containers) => Promise<void>> = {
  containers: rehearseContainers,
  debian: followPages,
};

try {
  const [part] = process.argv.slice(2);
  if (part !== undefined && !parts[part]) throw new Error(`give one of: ${Object.keys(parts).join(', ')}`);
  const containers = await openContainers();
  for (const [name, run] of Object.entries(parts))
    if (part === undefined || part === name) await run(containers);
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
