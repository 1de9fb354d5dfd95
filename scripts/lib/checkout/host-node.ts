import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cacheFolder } from '../paths.ts';
import { runOrThrow } from '../run-or-throw.ts';

/** The npm that comes with each version of Node. */
const npmOf: Readonly<Record<string, string>> = { 20: '10', 22: '10', 24: '11' };

export const hostVersions = Object.keys(npmOf);

/** What compiles, and what would hide that the project's own Node is missing. */
const leftOut =
  /^(.*-)?(cc|c\+\+|c[89]9|gcc|g\+\+|cpp|clang|clang\+\+|as|ld|make|gmake|cmake|python)([-.\d].*)?$|^(node|npm|npx)$/;

/** Installs the newest Node of a version and its npm outside the project, and returns the folder with both. */
async function installHost(version: string): Promise<string> {
  const npm = npmOf[version];
  if (npm === undefined) throw new Error(`Node ${version}: give one of ${hostVersions.join(', ')}.`);
  const folder = join(cacheFolder(), `host-node-${version}`);
  await mkdir(folder, { recursive: true });
  const packages = [`host@npm:node-${process.platform}-${process.arch}@${version}`, `npm@${npm}`];
  const options = ['--no-save', '--ignore-scripts', '--no-package-lock', '--loglevel=error'];
  await runOrThrow('npm', ['install', '--prefix', folder, ...options, ...packages]);
  return join(folder, 'node_modules');
}

/** Fills `folder` with a Node, its npm, and every program of this computer but compilers, to be the whole `PATH`. */
export async function fillHostPath(folder: string, version: string): Promise<void> {
  const host = await installHost(version);
  await mkdir(folder, { recursive: true });
  await symlink(join(host, 'host/bin/node'), join(folder, 'node'));
  for (const program of ['npm', 'npx']) {
    const script = `#!/bin/sh\nexec "${join(folder, 'node')}" "${join(host, `npm/bin/${program}-cli.js`)}" "$@"\n`;
    await writeFile(join(folder, program), script);
    await chmod(join(folder, program), 0o755);
  }
  for (const from of ['/usr/sbin', '/usr/bin', '/sbin', '/bin'])
    for (const name of await readdir(from))
      if (!leftOut.test(name) && !existsSync(join(folder, name)))
        await symlink(join(from, name), join(folder, name)).catch(() => {});
}

/** Throws if a compiler is among the programs of a `PATH`. */
export function assertNoCompiler(path: string): void {
  for (const name of ['cc', 'gcc', 'g++', 'clang', 'make', 'python3'])
    for (const folder of path.split(delimiter))
      if (existsSync(join(folder, name))) throw new Error(`${name} is in ${folder}`);
}
