import { createHash } from 'node:crypto';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runOrThrow } from '../run-or-throw.ts';
import { expiryFrom } from './publish.ts';
import type { RepositoryKey } from './repository-key.ts';

/** Names of packages with a stable version; apt and dnf would offer everybody a beta. */
const isStable = (name: string): boolean => !/-beta\b|~beta\b/.test(name);

/**
 * Makes a folder with packages an apt repository (flat: `Suites: ./`) and a dnf repository, of static files beside the packages. Its
 * signature expires, so that a server cannot replay an old list of packages. Returns the names of the listed packages.
 */
export async function writeRepository(folder: string, key: RepositoryKey, now: number): Promise<string[]> {
  const names = (await readdir(folder)).filter(isStable).toSorted();
  const debs = names.filter((name) => name.endsWith('.deb'));
  const rpms = names.filter((name) => name.endsWith('.rpm'));
  if (debs.length > 0) await writeApt(folder, debs, key, now);
  if (rpms.length > 0) await writeDnf(folder, rpms, key);
  return [...debs, ...rpms];
}

async function writeApt(
  folder: string,
  debs: readonly string[],
  key: RepositoryKey,
  now: number,
): Promise<void> {
  const entries = await Promise.all(debs.map((name) => packageEntry(folder, name)));
  const packages = `${entries.join('\n\n')}\n`;
  const indexes = { Packages: Buffer.from(packages), 'Packages.gz': gzipSync(packages, { level: 9 }) };
  const architectures = new Set(entries.map((entry) => /^Architecture: (.*)$/m.exec(entry)?.[1] ?? ''));
  const release = [
    'Origin: FRAMES',
    'Label: FRAMES',
    'Suite: stable',
    `Architectures: ${[...architectures].toSorted().join(' ')}`,
    `Date: ${new Date(now).toUTCString()}`,
    `Valid-Until: ${expiryFrom(now).toUTCString()}`,
    'SHA256:',
    ...Object.entries(indexes).map(([name, content]) => ` ${sha256(content)} ${content.length} ${name}`),
    '',
  ].join('\n');
  for (const [name, content] of Object.entries(indexes)) await writeFile(join(folder, name), content);
  await writeFile(join(folder, 'Release'), release);
  await sign(folder, 'Release', 'InRelease', ['--clear-sign'], key);
  await sign(folder, 'Release', 'Release.gpg', ['--armor', '--detach-sign'], key);
}

/** What apt knows of a package before it downloads it. */
async function packageEntry(folder: string, name: string): Promise<string> {
  const file = join(folder, name);
  const control = await runOrThrow('dpkg-deb', ['-f', file]);
  const content = await readFile(file);
  return `${control.trimEnd()}\nFilename: ./${name}\nSize: ${content.length}\nSHA256: ${sha256(content)}`;
}

async function writeDnf(folder: string, rpms: readonly string[], key: RepositoryKey): Promise<void> {
  const list = join(folder, '.rpms');
  await writeFile(list, rpms.map((name) => `${name}\n`).join(''));
  try {
    await runOrThrow('createrepo_c', [
      '--quiet',
      '--no-database',
      '--general-compress-type=gz',
      '--pkglist',
      list,
      folder,
    ]);
  } finally {
    await rm(list);
  }
  await sign(folder, 'repodata/repomd.xml', 'repodata/repomd.xml.asc', ['--armor', '--detach-sign'], key);
}

async function sign(
  folder: string,
  from: string,
  to: string,
  how: readonly string[],
  { fingerprint, env }: RepositoryKey,
): Promise<void> {
  const named = ['--batch', '--yes', '--local-user', fingerprint, '--output', join(folder, to)];
  await runOrThrow('gpg', [...named, ...how, join(folder, from)], env);
}

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
