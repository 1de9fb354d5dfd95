import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#server/db/trial.ts';
import type { Containers } from '../images/containers.ts';
import { root } from '../paths.ts';

const services = ['frames-server-a', 'frames-server-b', 'frames-migrate', 'frames-database'];
const project = 'frames';

/** A computer that runs `deploy/compose.yml` behind the proxy of `deploy/Caddyfile`. */
export interface Site {
  url: string;
  /** The servers behind the proxy: names of containers and their addresses. */
  servers: Record<string, string>;
  deploy(commit: string): Promise<void>;
}

/** Sets up a site as docs/operations.md says, for images named `image`, and takes everything down after `work`. */
export async function onSite<T>(
  containers: Containers,
  image: string,
  work: (site: Site) => Promise<T>,
): Promise<T> {
  const place = await mkdtemp(join(tmpdir(), 'frames-site-'));
  // podman-compose names a project by its folder.
  const folder = join(place, project);
  await mkdir(folder);
  const ports = { PORT_A: await freePort(), PORT_B: await freePort(), proxy: await freePort() };
  await writeSite(folder, image, ports);
  const url = `http://127.0.0.1:${ports.proxy}`;
  const proxy = spawn('caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], {
    env: {
      ...process.env,
      ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
      HOME: folder,
      CADDY_ADMIN: 'off',
      FRAMES_DOMAIN: url,
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
    return await work({
      url,
      servers: {
        'frames-server-a': `http://127.0.0.1:${ports.PORT_A}`,
        'frames-server-b': `http://127.0.0.1:${ports.PORT_B}`,
      },
      deploy: (commit) =>
        containers.show('env', 'ENGINE=podman', 'COMPOSE=podman-compose', join(folder, 'deploy.sh'), commit),
    });
  } finally {
    for (const signal of signals) process.off(signal, interrupted);
    await clear();
  }
}

async function writeSite(
  folder: string,
  image: string,
  ports: { PORT_A: number; PORT_B: number },
): Promise<void> {
  for (const name of ['compose.yml', 'deploy.sh', 'Caddyfile'])
    await cp(join(root, 'deploy', name), join(folder, name));
  const password = randomBytes(16).toString('hex');
  const secrets = {
    database_password: password,
    database_url: `postgres://frames:${password}@database:5432/frames`,
    frames_secret: randomBytes(32).toString('base64url'),
  };
  await mkdir(join(folder, 'secrets'), { mode: 0o700 });
  for (const [name, secret] of Object.entries(secrets)) {
    await writeFile(join(folder, 'secrets', name), `${secret}\n`);
    // Containers of other users read the file; on the computer its folder keeps them out.
    await chmod(join(folder, 'secrets', name), 0o644);
  }
  await writeFile(
    join(folder, '.env'),
    `FRAMES_IMAGE=${image}\nPORT_A=${ports.PORT_A}\nPORT_B=${ports.PORT_B}\n`,
  );
  // What the rehearsal asks for is no attack.
  await writeFile(
    join(folder, 'server.env'),
    'FRAMES_LIMIT_USER=1000000\nFRAMES_LIMIT_ANONYMOUS=1000000\nFRAMES_LOG_LEVEL=warn\n',
  );
}

async function takeDown({ attempt }: Containers): Promise<void> {
  await attempt('podman', 'rm', '--force', '--time=0', ...services);
  for (const volume of ['backups', 'database', 'sockets'])
    await attempt('podman', 'volume', 'rm', '--force', `${project}_${volume}`);
  for (const network of ['database', 'outside'])
    await attempt('podman', 'network', 'rm', '--force', `${project}_${network}`);
}
