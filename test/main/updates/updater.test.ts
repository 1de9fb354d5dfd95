import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UpdateState, UpdateStatus } from '#shared/shell/updates.ts';
import { updateAddress } from '#main/updates/address.ts';
import { installCommand, meansOf, repositoryCommand } from '#main/updates/update-means.ts';
import { readMemory } from '#main/updates/update-settings.ts';
import { createHttpClient } from '#http/client.ts';
import { toNetworkFailure } from '#http/failure.ts';
import { createUpdater, problemOf } from '#main/updates/updater.ts';
import type { Updater, UpdaterOptions } from '#main/updates/updater.ts';
import { publicKeyOf, signText } from '#scripts/lib/packaging/signing.ts';
import {
  keyNamed,
  publishedFile as file,
  publishedManifest as manifest,
} from '#test/support/update-manifest.ts';

const key = keyNamed('ours');

/** What the server has, by its path; null where it does not answer. */
let files: Record<string, string> | null;
let asked: string[];
let told: UpdateState[];
const server = createServer((request, response) => {
  const path = (request.url ?? '').slice(1);
  asked.push(path);
  if (files === null) request.socket.destroy();
  else if (files[path] === undefined) response.writeHead(404).end();
  else response.end(files[path]);
});

beforeEach(async () => {
  [asked, told] = [[], []];
  publish(manifest);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function publish(of: typeof manifest): void {
  const text = JSON.stringify(of);
  const name = `${of.channel}-linux-x64.json`;
  files = { [name]: text, [`${name}.sig`]: signText(text, key) };
}

function start(more: Partial<UpdaterOptions> = {}): Updater {
  return createUpdater({
    version: '0.1.0',
    means: 'replace',
    managed: false,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    keys: [publicKeyOf(key)],
    platform: 'linux',
    arch: 'x64',
    extension: '.AppImage',
    memory: readMemory('/nowhere'),
    saveMemory: () => {},
    hasPrevious: () => false,
    http: createHttpClient({ environment: {} }),
    download: async () => ({ path: '/downloaded', install: () => {} }),
    commandFor: () => null,
    isReplaceable: async () => true,
    report: (state) => void told.push(state),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    now: () => 0,
    ...more,
  });
}

const statusOf = (updater: Updater): UpdateStatus => updater.state.status;

describe('an update', () => {
  it('is found, downloaded with progress, and ready', async () => {
    const updater = start({
      download: async ({ onProgress }) => {
        for (let received = 1; received <= 1000; received += 1) onProgress(received);
        return { path: '/downloaded', install: () => {} };
      },
    });
    await updater.check();
    expect(statusOf(updater)).toMatchObject({
      status: 'available',
      update: { version: '0.2.0', size: 1000 },
    });
    await updater.download();
    expect(statusOf(updater).status).toBe('ready');
    expect(updater.ready).toMatchObject({ path: '/downloaded', sha512: file.sha512 });
    // A hundred steps are enough for a bar.
    expect(told.filter(({ status }) => status.status === 'downloading').length).toBeLessThanOrEqual(101);
    await updater.check();
    expect(statusOf(updater).status).toBe('ready');
  });

  it('does not exist if a signed manifest names the installed version', async () => {
    publish({ ...manifest, version: '0.1.0' });
    const updater = start();
    await updater.check();
    expect(statusOf(updater)).toEqual({ status: 'current', at: '1970-01-01T00:00:00.000Z' });
  });

  it('is not said to be missing if the server publishes nothing, or an older version', async () => {
    files = {};
    const updater = start();
    await updater.check();
    const { address } = (statusOf(updater) as { parameters: { address: string } }).parameters;
    expect(statusOf(updater)).toMatchObject({ status: 'failed', problem: 'unpublished' });
    expect(address).toContain('http://127.0.0.1');
    publish({ ...manifest, version: '0.0.9' });
    await updater.check();
    const versions = { offered: '0.0.9', installed: '0.1.0' };
    expect(statusOf(updater)).toMatchObject({ status: 'failed', problem: 'behind', parameters: versions });
  });

  it('of an expired manifest is refused, so that an old one cannot be replayed', async () => {
    const date = '2026-11-27T08:00:00.000Z';
    publish({ ...manifest, expires: date });
    const updater = start({ now: () => Date.parse(date) });
    await updater.check();
    expect(statusOf(updater)).toMatchObject({ status: 'failed', problem: 'expired', parameters: { date } });
  });

  it('is refused if the channel named a higher version before, also after a restart', async () => {
    let memory = readMemory('/nowhere');
    const saveMemory: UpdaterOptions['saveMemory'] = (saved) => void (memory = { ...memory, ...saved });
    publish({ ...manifest, version: '0.3.0' });
    await start({ saveMemory }).check();
    publish(manifest);
    const updater = start({ memory });
    await updater.check();
    const versions = { offered: '0.2.0', seen: '0.3.0' };
    expect(statusOf(updater)).toMatchObject({ problem: 'rolled-back', parameters: versions });
    publish({ ...manifest, channel: 'beta' });
    updater.set({ channel: 'beta' });
    await updater.check();
    expect(statusOf(updater).status).toBe('available');
  });

  it('of another channel is found when that is chosen, and forgotten for the previous one', async () => {
    const updater = start();
    await updater.check();
    updater.set({ channel: 'beta' });
    expect(statusOf(updater).status).toBe('idle');
    await updater.download();
    expect(statusOf(updater).status).toBe('idle');
    publish({ ...manifest, channel: 'beta', version: '0.3.0-beta.1' });
    await updater.check();
    expect(statusOf(updater)).toMatchObject({ update: { version: '0.3.0-beta.1' } });
    expect(asked.at(-1)).toMatch(/^beta-linux-x64/);
  });

  it.each([
    ['a server that does not answer', () => void (files = null), 'offline'],
    [
      'a page in place of the manifest',
      () => void (files = { 'stable-linux-x64.json': '<html>' }),
      'unsigned',
    ],
    [
      'no file for this kind of package',
      () => publish({ ...manifest, files: [{ ...file, url: 'FRAMES.deb' }] }),
      'platform',
    ],
  ])('fails with %s', async (_, prepare, problem) => {
    prepare();
    const updater = start();
    await updater.check();
    expect(statusOf(updater)).toMatchObject({ status: 'failed', problem, parameters: {}, update: null });
  });

  it('fails if the program’s folder is read-only, before a download', async () => {
    let downloads = 0;
    const updater = start({
      isReplaceable: async () => false,
      download: async () => ({ path: '', install: () => void (downloads += 1) }),
    });
    await updater.check();
    await updater.download();
    expect(statusOf(updater)).toMatchObject({
      status: 'failed',
      problem: 'read-only',
      update: { version: '0.2.0' },
    });
    expect(downloads).toBe(0);
  });

  it('that is cancelled is still available', async () => {
    const updater = start({
      download: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('cancelled')))),
    });
    await updater.check();
    const downloading = updater.download();
    while (statusOf(updater).status !== 'downloading') await Promise.resolve();
    updater.cancel();
    await downloading;
    expect(statusOf(updater).status).toBe('available');
    expect(updater.ready).toBeNull();
  });

  it('is forgotten if another channel is chosen during the download', async () => {
    const updater = start({
      download: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('cancelled')))),
    });
    await updater.check();
    const downloading = updater.download();
    updater.set({ channel: 'beta' });
    await downloading;
    expect(statusOf(updater).status).toBe('idle');
  });

  it('is never requested if updates are off, or the program does not update itself', async () => {
    for (const more of [{ managed: true }, { means: 'none' }] as const) {
      const updater = start(more);
      await updater.check();
      await updater.download();
      expect(statusOf(updater).status).toBe('idle');
    }
    expect(asked).toEqual([]);
  });

  it('that could not be installed is reported at the next start', () => {
    const updater = start({ memory: { ...readMemory('/nowhere'), problem: 'full' } });
    expect(statusOf(updater)).toEqual({ status: 'failed', problem: 'full', parameters: {}, update: null });
  });
});

it('the kind of an error follows from the codes of the system and of electron-updater', () => {
  expect(problemOf(Object.assign(new Error(), { code: 'ERR_CHECKSUM_MISMATCH' }))).toBe('damaged');
  expect(problemOf(Object.assign(new Error(), { code: 'ENOSPC' }))).toBe('full');
  const reset = Object.assign(new Error(), { code: 'ECONNRESET' });
  expect(problemOf(toNetworkFailure(reset, new URL('https://updates.test'), null))).toBe('offline');
  expect(problemOf(new Error('odd'))).toBe('internal');
});

it.each([
  ['https://mirror.example/frames', 'https://mirror.example/frames/'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/'],
  ['http://mirror.example/', 'https://frames.example/updates/'],
  ['file:///tmp/', 'https://frames.example/updates/'],
  ['mirror', 'https://frames.example/updates/'],
])('FRAMES_UPDATES_URL %s leads to %s', (given, address) => {
  expect(updateAddress({ FRAMES_UPDATES_URL: given }, 'https://frames.example/updates/')).toBe(address);
});

it.each([
  [{ isPackaged: false }, 'none'],
  [{ platform: 'darwin' }, 'installer'],
  [{ platform: 'win32' }, 'installer'],
  [{ platform: 'win32', env: { PORTABLE_EXECUTABLE_FILE: 'C:\\FRAMES.exe' } }, 'manual'],
  [{ env: { APPIMAGE: '/home/a/FRAMES.AppImage' } }, 'replace'],
  [{}, 'manual'],
] as const)('a program %o is updated by: %s', (more, means) => {
  const packaging = { isPackaged: true, platform: 'linux' as const, env: {}, resources: import.meta.dirname };
  expect(meansOf({ ...packaging, ...more })).toBe(means);
});

it('a package that knows its repository is updated from it, except to a beta', () => {
  const script = import.meta.filename;
  expect(repositoryCommand('deb', 'stable', script)).toBe(
    `sudo ${script} && sudo apt update && sudo apt install frames`,
  );
  expect(repositoryCommand('rpm', 'stable', script)).toContain('dnf upgrade');
  expect(repositoryCommand('deb', 'beta', script)).toBeNull();
  expect(repositoryCommand('deb', 'stable', '/nowhere')).toBeNull();
});

it('the command for a package checks the hash of the manifest', () => {
  const hash = Buffer.alloc(64, 1);
  const url = 'https://frames.example/updates/FRAMES.deb';
  expect(installCommand('deb', url, 'FRAMES.deb', hash.toString('base64'))).toBe(
    `curl -fLO '${url}' && echo '${hash.toString('hex')}  FRAMES.deb' | sha512sum -c && sudo apt install './FRAMES.deb'`,
  );
});
