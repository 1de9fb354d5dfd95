import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { findFreePort } from '#server/db/trial-postgres.ts';
import type { Containers } from '../images/containers.ts';
import { until } from '../images/until.ts';
import { root } from '../paths.ts';
import { shellBlocks } from '../shell-blocks.ts';

const services = ['frames-server-a', 'frames-server-b', 'frames-migrate', 'frames-database'];
const project = 'frames';

/** A computer that runs `deploy/compose.yml` behind the proxy of `deploy/Caddyfile`. */
export interface Site {
  url: string;
  /** The servers behind the proxy: names of containers and their addresses. */
  servers: Record<string, string>;
  steps: Steps;
}

/** The commands of docs/operations/containers.md, run in the folder of the site. */
interface Steps {
  deploy: (commit: string) => Promise<void>;
  createAdmin: () => Promise<void>;
  rollBack: (commit: string) => Promise<void>;
  runCommands: () => Promise<void>;
  readMetrics: () => Promise<void>;
}

/** Replaces the page's examples by what is here. Throws if the page has other blocks. */
async function readSteps(
  { show }: Containers,
  folder: string,
  image: string,
  portOfA: number,
): Promise<Steps & { setUp: () => Promise<void> }> {
  const page = await readFile(join(root, 'docs/operations/containers.md'), 'utf8');
  const blocks = shellBlocks(page);
  const [setUp, deploy, createAdmin, rollBack, commands, metrics] = blocks;
  if (blocks.length !== 6) throw new Error(`containers.md has ${blocks.length} blocks of commands, not 6`);
  const run = (block: string | undefined, commit = ''): Promise<void> => {
    const script = `cd ${folder}\n${block}`
      .replaceAll('docker compose', 'podman-compose')
      .replaceAll('registry.example.edu/frames-server', image)
      .replaceAll('127.0.0.1:8081', `127.0.0.1:${portOfA}`)
      .replaceAll('COMMIT', commit);
    return show('env', 'ENGINE=podman', 'COMPOSE=podman-compose', 'bash', '-euo', 'pipefail', '-c', script);
  };
  return {
    setUp: () => run(setUp),
    deploy: (commit) => run(deploy, commit),
    createAdmin: () => run(createAdmin),
    rollBack: (commit) => run(rollBack, commit),
    runCommands: () => run(commands),
    readMetrics: () => run(metrics),
  };
}

/** Sets up a site as docs/operations/containers.md says, for images named `image`, and takes everything down after `work`. */
export async function onSite<T>(
  containers: Containers,
  image: string,
  work: (site: Site) => Promise<T>,
): Promise<T> {
  const place = await mkdtemp(join(tmpdir(), 'frames-site-'));
  // podman-compose names a project by its folder.
  const folder = join(place, project);
  await mkdir(folder);
  for (const name of ['compose.yml', 'deploy.sh', 'Caddyfile'])
    await cp(join(root, 'deploy', name), join(folder, name));
  const ports = { PORT_A: await findFreePort(), PORT_B: await findFreePort(), proxy: await findFreePort() };
  const steps = await readSteps(containers, folder, image, ports.PORT_A);
  await steps.setUp();
  await addSettings(folder, ports);
  const url = `https://localhost:${ports.proxy}`;
  const proxy = spawn('caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], {
    env: {
      ...process.env,
      HOME: folder,
      XDG_DATA_HOME: folder,
      CADDY_ADMIN: 'off',
      FRAMES_DOMAIN: url,
      FRAMES_TLS: 'tls internal',
      FRAMES_SERVERS: `127.0.0.1:${ports.PORT_A} 127.0.0.1:${ports.PORT_B}`,
    },
    stdio: 'ignore',
  });
  const clear = async (): Promise<void> => {
    if (proxy.exitCode === null && proxy.kill()) await once(proxy, 'exit');
    await takeDown(containers);
    await rm(place, { recursive: true, force: true });
  };
  const interrupted = (): void => void clear().finally(() => process.exit(130));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, interrupted);
  try {
    await trustAuthority(join(folder, 'caddy/pki/authorities/local/root.crt'));
    return await work({
      url,
      servers: {
        'frames-server-a': `http://127.0.0.1:${ports.PORT_A}`,
        'frames-server-b': `http://127.0.0.1:${ports.PORT_B}`,
      },
      steps,
    });
  } catch (error) {
    await showServices(containers);
    throw error;
  } finally {
    for (const signal of signals) process.off(signal, interrupted);
    await clear();
  }
}

/** Makes requests of this process trust the authority that Caddy makes when it starts. */
async function trustAuthority(file: string): Promise<void> {
  let certificate = '';
  await until('Caddy has an authority', async () => (certificate = await readFile(file, 'utf8')) !== '');
  setDefaultCACertificates([...getCACertificates('default'), certificate]);
}

/** Settings of this computer: free ports, and limits that the requests of the rehearsal do not reach. */
async function addSettings(folder: string, ports: { PORT_A: number; PORT_B: number }): Promise<void> {
  await appendFile(join(folder, '.env'), `PORT_A=${ports.PORT_A}\nPORT_B=${ports.PORT_B}\n`);
  await appendFile(
    join(folder, 'server.env'),
    'FRAMES_LIMIT_USER=1000000\nFRAMES_LIMIT_ANONYMOUS=1000000\nFRAMES_LOG_LEVEL=warn\n',
  );
}

/** Prints what the containers say for themselves, before they are removed. */
async function showServices({ attempt }: Containers): Promise<void> {
  const state = '{{.State.Status}}, exit code {{.State.ExitCode}}, out of memory {{.State.OOMKilled}}';
  for (const service of services) {
    const { code, stdout } = await attempt('podman', 'inspect', '--format', state, service);
    if (code !== 0) continue;
    const log = await attempt('podman', 'logs', '--tail', '20', service);
    console.log(`${service}: ${stdout.trim()}\n${log.stdout}${log.stderr}`);
  }
}

async function takeDown({ attempt }: Containers): Promise<void> {
  await attempt('podman', 'rm', '--force', '--time=0', ...services);
  for (const volume of ['backups', 'database', 'sockets'])
    await attempt('podman', 'volume', 'rm', '--force', `${project}_${volume}`);
  for (const network of ['database', 'outside'])
    await attempt('podman', 'network', 'rm', '--force', `${project}_${network}`);
}
