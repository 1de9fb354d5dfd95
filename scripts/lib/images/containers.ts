import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePackages } from '../../system.ts';
import { capture } from '../capture.ts';
import type { Captured } from '../capture.ts';
import { cacheFolder } from '../paths.ts';
import { run } from '../run.ts';

const packages = [
  'buildah',
  'podman',
  'podman-compose',
  'runc',
  'netavark',
  'aardvark-dns',
  'iptables',
  'ca-certificates',
];

/** buildah and podman with images, networks and settings of their own, apart from those of the computer. */
export interface Containers {
  env: NodeJS.ProcessEnv;
  /** Where builds put temporary files. */
  folder: string;
  /** Runs a command and returns what it prints. Throws if it fails. */
  output: (program: string, ...args: string[]) => Promise<string>;
  /** Runs a command, whether or not it fails. */
  attempt: (program: string, ...args: string[]) => Promise<Captured>;
  /** Runs a command and shows what it prints. Throws if it fails. */
  show: (program: string, ...args: string[]) => Promise<void>;
}

/** Installs what builds and runs images, and returns it ready for use. Throws where that is not possible. */
export async function openContainers(): Promise<Containers> {
  if (process.platform !== 'linux') throw new Error('Images are built and run on Linux only.');
  if (process.getuid?.() !== 0) throw new Error('Run this as root: containers need their own networks.');
  await ensurePackages(packages);
  const folder = join(cacheFolder(), 'containers');
  await mkdir(folder, { recursive: true });
  const env = { ...process.env, ...(await writeSettings(folder)) };
  const attempt = (program: string, ...args: string[]): Promise<Captured> => capture(program, args, { env });
  return {
    env,
    folder,
    attempt,
    async output(program, ...args) {
      const { code, stdout, stderr } = await attempt(program, ...args);
      if (code !== 0)
        throw new Error(`${program} ${args.join(' ')} ended with code ${code}: ${(stderr || stdout).trim()}`);
      return stdout.trim();
    },
    async show(program, ...args) {
      const code = await run(program, args, { env });
      if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with code ${code}`);
    },
  };
}

/** Writes settings that work without systemd, and returns the variables that name them. */
async function writeSettings(folder: string): Promise<Record<string, string>> {
  const files = {
    CONTAINERS_CONF: `[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
log_driver = "k8s-file"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
network_config_dir = "${join(folder, 'networks')}"
`,
    CONTAINERS_STORAGE_CONF: `[storage]
driver = "overlay"
graphroot = "${join(folder, 'storage')}"
runroot = "${join(folder, 'run')}"
`,
    CONTAINERS_REGISTRIES_CONF: `unqualified-search-registries = ["docker.io"]\n`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return Object.fromEntries(Object.keys(files).map((name) => [name, join(folder, name)]));
}
