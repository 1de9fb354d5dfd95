import {
  appendFileSync,
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { capture } from '#scripts/lib/capture.ts';
import type { Captured } from '#scripts/lib/capture.ts';
import { writeDeb } from '#scripts/lib/packaging/deb.ts';
import type { LinuxPackage } from '#scripts/lib/packaging/linux-package.ts';
import { validDays } from '#scripts/lib/packaging/publish.ts';
import { signRpm, withRepositoryKey, writeRepositoryFiles } from '#scripts/lib/packaging/repository-key.ts';
import { writeRepository } from '#scripts/lib/packaging/repository.ts';
import { writeRpm } from '#scripts/lib/packaging/rpm.ts';
import { runOrThrow } from '#scripts/lib/run-or-throw.ts';
import { ensurePackages } from '#scripts/system.ts';

/** A published repository of small packages, and the root of a system that has registered it. */
interface Repository {
  folder: string;
  system: string;
  /** Publishes a version of both kinds. */
  publish: (version: string, keyFile?: string, now?: number) => Promise<void>;
  apt: (...args: string[]) => Promise<Captured>;
  dnf: (...args: string[]) => Promise<Captured>;
  /** The version that is installed. */
  installed: () => string;
  /** A key that the packages do not know. */
  otherKey: string;
}

const time = 1_790_000_000;

const test = base.extend<{ repository: Repository }, { keys: { own: string; other: string } }>({
  keys: [
    async ({ browserName: _browser }, use) => {
      await ensurePackages(['gnupg', 'createrepo-c', 'rpm', 'dnf']);
      const folder = mkdtempSync(join(tmpdir(), 'frames-keys-'));
      const keys = { own: join(folder, 'own.asc'), other: join(folder, 'other.asc') };
      for (const file of Object.values(keys)) await makeKey(file);
      await use(keys);
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  repository: async ({ keys }, use) => {
    const work = mkdtempSync(join(tmpdir(), 'frames-repository-'));
    const [folder, system] = [join(work, 'published'), join(work, 'system')];
    for (const path of [folder, system]) mkdirSync(path);
    const server = createServer((request, response) => {
      const file = join(folder, request.url ?? '');
      if (!statSync(file, { throwIfNoEntry: false })?.isFile()) response.writeHead(404).end();
      else createReadStream(file).pipe(response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const share = join(work, 'share');
    process.env['FRAMES_REPOSITORY_KEY'] = keys.own;
    await writeRepositoryFiles(share, address);
    await register(join(share, 'enable-repository'), system);
    await use({
      folder,
      system,
      otherKey: keys.other,
      publish: (version, keyFile = keys.own, now = Date.now()) => publish({ folder, version, keyFile, now }),
      apt: (...args) => capture('apt-get', [...aptOptions(system), ...args]),
      dnf: (...args) => capture('dnf', [...dnfOptions(system), ...args]),
      installed: () => readFileSync(join(system, 'opt/FRAMES/version'), 'utf8'),
    });
    server.closeAllConnections();
    server.close();
    rmSync(work, { recursive: true });
  },
});

async function makeKey(file: string): Promise<void> {
  const env = { GNUPGHOME: mkdtempSync(join(tmpdir(), 'frames-gpg-')) };
  const made = ['--batch', '--passphrase', '', '--quick-gen-key', 'FRAMES test', 'rsa2048', 'sign', 'never'];
  await runOrThrow('gpg', made, env);
  writeFileSync(file, await runOrThrow('gpg', ['--batch', '--armor', '--export-secret-keys'], env));
  await runOrThrow('gpgconf', ['--kill', 'all'], env);
  rmSync(env.GNUPGHOME, { recursive: true });
}

/** Registers it with apt and with dnf, of which a real system has one. */
async function register(command: string, system: string): Promise<void> {
  const folders = ['etc/apt/sources.list.d', 'etc/yum.repos.d', 'var/lib/dpkg', 'var/lib/apt/lists/partial'];
  for (const folder of [...folders, 'var/cache/apt/archives/partial', 'var/log/apt', 'etc/apt/preferences.d'])
    mkdirSync(join(system, folder), { recursive: true });
  writeFileSync(join(system, 'var/lib/dpkg/status'), '');
  expect(await runOrThrow('sh', [command], { DESTDIR: system })).toContain('sudo apt upgrade');
  const sources = join(system, 'etc/apt/sources.list.d');
  const list = readFileSync(join(sources, 'frames.sources'));
  rmSync(sources, { recursive: true });
  expect(await runOrThrow('sh', [command], { DESTDIR: system })).toContain('sudo dnf upgrade');
  mkdirSync(sources);
  writeFileSync(join(sources, 'frames.sources'), list);
}

const aptOptions = (system: string): string[] =>
  [
    `Dir=${system}`,
    `Dir::State::status=${system}/var/lib/dpkg/status`,
    'APT::Sandbox::User=root',
    'Acquire::Retries=0',
    'Acquire::Check-Date=true',
    'Acquire::Check-Valid-Until=true',
    'APT::Update::Error-Mode=any',
    `DPkg::Options::=--root=${system}`,
    'DPkg::Options::=--force-script-chrootless',
  ].flatMap((option) => ['-o', option]);

const dnfOptions = (system: string): string[] => [
  '-y',
  '--refresh',
  `--installroot=${system}`,
  '--releasever=1',
  // The scripts of packages need a shell in the root.
  '--setopt=tsflags=noscripts',
  `--setopt=reposdir=${system}/etc/yum.repos.d`,
  `--setopt=cachedir=${system}/var/cache/dnf`,
];

interface Publication {
  folder: string;
  version: string;
  keyFile: string;
  now: number;
}

async function publish({ folder, version, keyFile, now }: Publication): Promise<void> {
  const workshop = mkdtempSync(join(tmpdir(), 'frames-workshop-'));
  const file = join(workshop, 'version');
  writeFileSync(file, version);
  const made: LinuxPackage = {
    kind: 'deb',
    name: 'frames',
    version,
    architecture: 'amd64',
    maintainer: 'Ada <ada@example.org>',
    homepage: 'https://example.org/',
    licence: 'MIT',
    summary: 'Test',
    description: 'Test',
    depends: [],
    recommends: [],
    afterInstall: '',
    afterRemove: '',
    contents: [{ from: file, to: '/opt/FRAMES/version' }],
    file: join(folder, `FRAMES-${version}-x64.deb`),
  };
  const shell = { ...made, name: 'shell', contents: [{ from: file, to: '/bin/bash' }] };
  await writeRpm({ ...shell, file: join(folder, 'shell.rpm') }, mkdtempSync(join(workshop, 'shell-')), time);
  const rpm = { ...made, file: join(folder, `FRAMES-${version}-x64.rpm`) };
  await writeDeb(made, workshop, time);
  await writeRpm(rpm, workshop, time);
  await withRepositoryKey(async (key) => {
    if (!key) throw new Error('the key is missing');
    for (const signed of [rpm.file, join(folder, 'shell.rpm')]) await signRpm(signed, key);
    await writeRepository(folder, key, now);
  }, keyFile);
  rmSync(workshop, { recursive: true });
}

test('apt installs and updates from the repository, and refuses a changed package', async ({
  repository,
}) => {
  const { apt, publish: publishVersion, installed, folder } = repository;
  await publishVersion('0.1.0');
  expect(await apt('update')).toMatchObject({ code: 0 });
  const first = await apt('install', '-y', 'frames');
  expect(first, first.stdout + first.stderr).toMatchObject({ code: 0 });
  expect(installed()).toBe('0.1.0');
  await publishVersion('0.2.0');
  expect(await apt('update')).toMatchObject({ code: 0 });
  expect(await apt('upgrade', '-y')).toMatchObject({ code: 0 });
  expect(installed()).toBe('0.2.0');
  await publishVersion('0.3.0');
  expect(await apt('update')).toMatchObject({ code: 0 });
  appendFileSync(join(folder, 'FRAMES-0.3.0-x64.deb'), 'x');
  expect((await apt('upgrade', '-y')).code).not.toBe(0);
  expect(installed()).toBe('0.2.0');
});

test('apt refuses a list of packages that was changed, has expired, or is signed by another', async ({
  repository,
}) => {
  const { apt, publish: publishVersion, folder, otherKey } = repository;
  await publishVersion('0.1.0', otherKey);
  expect((await apt('update')).stderr).toContain('NO_PUBKEY');
  await publishVersion('0.1.0', undefined, Date.now() - (validDays + 1) * 86_400_000);
  const late = await apt('update');
  expect(late.stderr, late.stdout).toMatch(/not valid anymore|expired/);
  await publishVersion('0.1.0');
  expect(await apt('update')).toMatchObject({ code: 0 });
  await publishVersion('0.2.0');
  for (const index of ['Packages', 'Packages.gz']) appendFileSync(join(folder, index), 'x');
  expect((await apt('update')).code).not.toBe(0);
});

test('dnf installs and updates from the repository, and refuses a changed package and another key', async ({
  repository,
}) => {
  const { dnf, publish: publishVersion, installed, folder, otherKey } = repository;
  await publishVersion('0.1.0');
  const first = await dnf('install', 'frames');
  expect(first, first.stderr).toMatchObject({ code: 0 });
  expect(installed()).toBe('0.1.0');
  await publishVersion('0.2.0');
  expect(await dnf('upgrade')).toMatchObject({ code: 0 });
  expect(installed()).toBe('0.2.0');
  await publishVersion('0.3.0');
  appendFileSync(join(folder, 'FRAMES-0.3.0-x64.rpm'), 'x');
  expect((await dnf('upgrade', 'frames')).code).not.toBe(0);
  await publishVersion('0.4.0', otherKey);
  expect((await dnf('install', 'frames-0.4.0')).code).not.toBe(0);
  expect(installed()).toBe('0.2.0');
});

test('a beta is not listed', async ({ repository }) => {
  const { publish: publishVersion, folder } = repository;
  await publishVersion('0.1.0');
  await publishVersion('0.2.0-beta.1');
  const listed = readFileSync(join(folder, 'Packages'), 'utf8');
  expect(listed).toContain('Version: 0.1.0');
  expect(listed).not.toContain('beta');
});
