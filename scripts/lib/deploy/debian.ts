import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newestVersion } from '#server/db/migrate.ts';
import { git } from '../git.ts';
import { debianBase } from '../images/base-images.ts';
import type { Containers } from '../images/containers.ts';
import { until } from '../images/until.ts';
import { root } from '../paths.ts';
import { shellBlocks } from '../shell-blocks.ts';

const release = 'trixie';
/** The Debian of an empty computer: what its installer brings at least. */
const installed = ['systemd-sysv', 'dbus'];
const image = `localhost/frames-debian-${release}`;

/** The pages that are followed, in the order of the table in README.md. Those of containers have a rehearsal of their own. */
const pages = ['run.md', 'backups.md', 'monitoring.md', 'upgrades.md'];

/** Names of the examples, all of which are this computer. */
const hosts = ['frames.example.edu', 'db.example.edu'];

/** Where systemd finds an empty tree of control groups; some computers have the one of version 2 beside others. */
const controlGroups = ['/sys/fs/cgroup/unified', '/sys/fs/cgroup'];

const certificates = '/etc/ssl/certs/ca-certificates.crt';

/** Every block of commands of the pages as one session, with the few values that differ from the examples. */
async function readSession(): Promise<string> {
  const texts = await Promise.all(pages.map((name) => readFile(join(root, 'docs/operations', name), 'utf8')));
  const session = texts.flatMap((text) => shellBlocks(text, { root: true })).join('\n');
  const values = { 'clone REPOSITORY': 'clone file:///source', '--to N': `--to ${newestVersion - 1}` };
  return Object.entries(values).reduce((script, [example, value]) => {
    if (!script.includes(example)) throw new Error(`no page has ${example}`);
    return script.replaceAll(example, value);
  }, session);
}

/** What must hold at the end, beyond that each command ended with 0. */
const checks = `
for unit in frames caddy postgresql; do systemctl is-active --quiet "$unit"; echo "ok $unit runs"; done
curl --silent --verbose https://frames.example.edu/readyz 2>&1 | grep 'issuer: CN=Caddy Local Authority'
frames sync status --workspace ./work
frames verify --workspace ./work
`;

/** An image of the empty computer. */
async function ensureImage({ attempt, output }: Containers): Promise<void> {
  if ((await attempt('podman', 'image', 'exists', image)).code === 0) return;
  await output('podman', 'import', await debianBase(release, installed), image);
}

/** The rights that systemd needs to be the first process of a container. */
function computer(source: string): string[] {
  const groups = controlGroups.find((folder) => existsSync(folder)) ?? '';
  const trust = existsSync(certificates)
    ? [`--volume=${certificates}:/host-certificates.crt:ro`, '--env=NPM_CONFIG_CAFILE=/host-certificates.crt']
    : [];
  return [
    '--privileged',
    '--systemd=always',
    '--tmpfs=/run',
    '--tmpfs=/run/lock',
    `--volume=${groups}:/sys/fs/cgroup:rw`,
    `--volume=${source}:/source:ro`,
    ...hosts.map((host) => `--add-host=${host}:127.0.0.1`),
    ...trust,
  ];
}

/**
 * Follows the pages of docs/operations on an empty Debian: from installing packages over Postgres, the service, TLS by Caddy's own
 * authority and a workspace that joins, to backups, restoring, a lost database and an upgrade with its way back.
 */
export async function followPages(containers: Containers): Promise<void> {
  const { attempt, output, show } = containers;
  const place = await mkdtemp(join(tmpdir(), 'frames-debian-'));
  const name = `frames-debian-${randomBytes(4).toString('hex')}`;
  try {
    await ensureImage(containers);
    const source = join(place, 'source');
    git(['clone', '--quiet', '--bare', '--depth=1', `file://${root}`, source]);
    const session = join(place, 'session.sh');
    await writeFile(session, `cd /root\n${await readSession()}\n${checks}`);
    await output('podman', 'run', '--detach', `--name=${name}`, ...computer(source), image, '/sbin/init');
    await output('podman', 'cp', session, `${name}:/root/session.sh`);
    // A container lacks devices that some units want, so the system may be "degraded".
    await until('systemd is up', async () =>
      /running|degraded/.test(
        (await attempt('podman', 'exec', name, 'systemctl', 'is-system-running')).stdout,
      ),
    );
    await show(
      'podman',
      'exec',
      '--env=DEBIAN_FRONTEND=noninteractive',
      name,
      'bash',
      '-euxo',
      'pipefail',
      '/root/session.sh',
    );
    console.log('ok the pages of docs/operations were followed on an empty Debian');
  } catch (error) {
    const log = await attempt(
      'podman',
      'exec',
      name,
      'journalctl',
      '--no-pager',
      '--lines=40',
      '--unit=frames',
      '--unit=caddy',
    );
    console.log(log.stdout);
    throw error;
  } finally {
    await attempt('podman', 'rm', '--force', '--time=0', name);
    await rm(place, { recursive: true, force: true });
  }
}
