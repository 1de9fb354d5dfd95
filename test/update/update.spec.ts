import { generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  watch,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { runOrThrow } from '#scripts/lib/run-or-throw.ts';
import { signText } from '#scripts/lib/packaging/signing.ts';
import { goTo } from '../e2e/lib/window.ts';
import { connectToRunning, ordinaryUser, runCommand } from '../packaged/installed.ts';
import type { Installed } from '../packaged/installed.ts';
import { endAll, expect, test, updatesOf } from './fixture.ts';
import type { Updating } from './fixture.ts';
import { fileOf, key } from './published.ts';
import type { Published } from './published.ts';

const versionOf = async (installed: Installed): Promise<string> =>
  (await runCommand(installed, ['--version'])).stdout.trim();

/** Whether the program is, byte for byte, that of the version, and nothing is left beside it but what `more` names. */
async function expectProgram({ program }: Installed, version: string): Promise<void> {
  expect(readFileSync(program).equals(readFileSync(fileOf(version)))).toBe(true);
}

test('a signed update is downloaded, installed when the window closes, and backs up the opened workspace', async ({
  updating,
}) => {
  const { installed, published, open } = updating;
  const before = await open();
  await expect(before.updates).toContainText('FRAMES 0.1.0');
  await before.updates.getByRole('button', { name: 'Check now' }).click();
  await expect(before.updates).toContainText('Version 0.2.0');
  await expect(before.updates).toContainText('The window starts faster.');
  await before.updates.getByRole('button', { name: 'Download' }).click();
  await expect(before.updates).toContainText('Version 0.2.0 will be installed when you quit FRAMES.');
  expect(await versionOf(installed)).toBe('0.1.0');
  expect((await before.close()).code).toBe(0);
  await expectProgram(installed, '0.2.0');
  expect(existsSync(`${installed.program}.previous`)).toBe(true);

  const first = await open();
  await expect(first.updates).toContainText('FRAMES 0.2.0');
  await expect(first.updates.getByRole('button', { name: 'Go back…' })).toBeVisible();
  await goTo(first.page, 'Versions');
  await expect(first.page.getByText('Before an update').first()).toBeVisible();
  await first.close();
  expect(existsSync(`${installed.program}.previous`)).toBe(true);

  // It has run well once.
  const second = await open();
  await expect(second.updates).toContainText('FRAMES 0.2.0');
  await expect(second.updates.getByRole('button', { name: 'Go back…' })).toBeHidden();
  await second.close();
  expect(existsSync(`${installed.program}.previous`)).toBe(false);

  const sent = new Set(published.requests.flatMap(({ headers }) => Object.keys(headers)));
  const allowed = [
    'host',
    'connection',
    'accept',
    'accept-encoding',
    'accept-language',
    'cache-control',
    'pragma',
    'user-agent',
  ];
  expect([...sent].filter((header) => !allowed.includes(header) && !header.startsWith('sec-fetch-'))).toEqual(
    [],
  );
  for (const { headers } of published.requests) expect(headers['user-agent']).not.toMatch(/Electron|Linux/);
});

test('going back brings the previous version and the records from before the update', async ({
  updating,
}) => {
  const { installed, open } = updating;
  const workspace = join(installed.home, 'work');
  const roster = { input: 'Team,University\nBefore,TUM\n' };
  expect(await runCommand(installed, ['import', '-', '--workspace', workspace], roster)).toMatchObject({
    code: 0,
  });
  const args = ['--workspace', workspace];
  await update(updating, args);
  const updated = await open(args);
  await expect(updated.updates).toContainText('FRAMES 0.2.0');
  await goTo(updated.page, 'Teams');
  await updated.page.getByRole('button', { name: 'New team' }).first().click();
  await updated.page.getByRole('textbox', { name: 'Name' }).fill('After');
  await updated.page.getByRole('button', { name: 'Create team' }).click();
  await expect(updated.page.getByText('After', { exact: true }).first()).toBeVisible();
  const updates = await updatesOf(updated.page);
  await updates.getByRole('button', { name: 'Go back…' }).click();
  const ended = new Promise((resolve) => updated.process.once('exit', resolve));
  await updated.page.getByRole('button', { name: 'Go back', exact: true }).click();
  await ended;
  const page = await connectToRunning(installed, AbortSignal.timeout(60_000));
  await expect(await updatesOf(page)).toContainText('FRAMES 0.1.0');
  await endAll();
  await expectProgram(installed, '0.1.0');
  expect(await versionOf(installed)).toBe('0.1.0');
  const { stdout } = await runCommand(installed, ['entities', 'list', 'team', ...args, '--json']);
  const { rows } = JSON.parse(stdout) as { rows: { record: { name: string } }[] };
  expect(JSON.stringify(rows)).toContain('Before');
  expect(JSON.stringify(rows)).not.toContain('After');
  expect(await runCommand(installed, ['verify', ...args])).toMatchObject({ code: 0 });
});

const forged = { id: 'test', privateKey: generateKeyPairSync('ed25519').privateKey };

/** What a server may publish that must not be installed, and what the window says of it. */
const bad: readonly (readonly [string, (published: Published) => void, RegExp])[] = [
  [
    'without a hash',
    (server) => server.put(changed(server, { files: [{ url: 'FRAMES-0.2.0.AppImage', size: 1 }] })),
    /not valid/,
  ],
  ['without a signature', (server) => server.put(JSON.stringify(server.manifest), null), /not signed/],
  [
    'with the signature of an unknown key',
    (server) =>
      server.put(
        JSON.stringify(server.manifest),
        signText(JSON.stringify(server.manifest), { ...forged, id: 'other' }),
      ),
    /unknown key/,
  ],
  [
    'with a forged signature',
    (server) =>
      server.put(JSON.stringify(server.manifest), signText(JSON.stringify(server.manifest), forged)),
    /signature of the update is wrong/,
  ],
  [
    'with a change after it was signed',
    (server) =>
      server.put(changed(server, { version: '0.3.0' }), signText(JSON.stringify(server.manifest), key)),
    /signature of the update is wrong/,
  ],
  [
    'that is older',
    (server) => server.put(changed(server, { version: '0.0.9' })),
    /newest published version is 0\.0\.9/,
  ],
  [
    'that has expired',
    (server) => server.put(changed(server, { expires: '2026-11-26T09:00:00.000Z' })),
    /expired on/,
  ],
  ['at an address without one', (server) => server.remove(), /Nothing is published/],
  ['of another channel', (server) => server.put(changed(server, { channel: 'beta' })), /another channel/],
];

const changed = ({ manifest }: Published, change: object): string =>
  JSON.stringify({ ...manifest, ...change });

for (const [what, put, said] of bad) {
  test(`an update ${what} is not offered`, async ({ updating: { installed, published, open } }) => {
    put(published);
    const window = await open();
    await window.updates.getByRole('button', { name: 'Check now' }).click();
    await expect(window.updates).toContainText(said);
    await expect(window.updates.getByRole('button', { name: 'Download' })).toBeHidden();
    await window.close();
    expect(published.requests.filter(({ path }) => path.endsWith('.AppImage'))).toEqual([]);
    await expectProgram(installed, '0.1.0');
  });
}

/** What may go wrong with a download, and what the window says of it. */
const broken: readonly (readonly [string, (updating: Updating) => void | Promise<void>, RegExp])[] = [
  [
    'with a flipped bit',
    ({ published, installed }) => void (published.replaced = flipped(installed)),
    /download is damaged/,
  ],
  [
    'with another hash',
    ({ published }) =>
      published.put(
        changed(published, {
          files: [{ ...published.manifest.files[0], sha512: Buffer.alloc(64).toString('base64') }],
        }),
      ),
    /download is damaged/,
  ],
  ['that is cut', ({ published }) => void (published.sends = 'half'), /was cut off|damaged/],
  ['onto a full disk', ({ installed }) => mountSmall(join(installed.home, '.cache'), 50), /disk is full/],
  [
    'beside which nothing may be written',
    ({ installed }) => lock(dirname(installed.program)),
    /may not change the folder/,
  ],
];

for (const [what, prepare, said] of broken) {
  test(`a download ${what} changes nothing`, async ({ updating }) => {
    const { installed, open } = updating;
    await prepare(updating);
    const window = await open();
    await window.updates.getByRole('button', { name: 'Check now' }).click();
    await window.updates.getByRole('button', { name: 'Download' }).click();
    await expect(window.updates).toContainText(said);
    await window.close();
    await expectProgram(installed, '0.1.0');
    expect(await versionOf(installed)).toBe('0.1.0');
  });
}

test('a full disk during installation changes nothing, and the next start reports it', async ({
  updating,
}) => {
  const { installed, open } = updating;
  const place = join(dirname(installed.program), 'small');
  // Room for one program, not for two.
  await mountSmall(place, 150);
  const program = join(place, 'FRAMES.AppImage');
  copyFileSync(installed.program, program);
  installed.program = program;
  await update(updating);
  await expectProgram(installed, '0.1.0');
  const next = await open();
  await expect(next.updates).toContainText('FRAMES 0.1.0');
  await expect(next.updates).toContainText('The disk is full.');
  await next.close();
});

test('a kill during installation leaves the version unchanged, and the next attempt installs it', async ({
  updating,
}) => {
  const { installed, open } = updating;
  const window = await open();
  await window.updates.getByRole('button', { name: 'Check now' }).click();
  await window.updates.getByRole('button', { name: 'Download' }).click();
  await expect(window.updates).toContainText('will be installed when you quit');
  const incoming = new Promise<void>((resolve) => {
    const watching = watch(dirname(installed.program), (_, name) => {
      if (!name?.endsWith('.incoming')) return;
      watching.close();
      resolve();
    });
  });
  await window.page.close();
  await incoming;
  await endAll();
  await expectProgram(installed, '0.1.0');
  await update(updating);
  await expectProgram(installed, '0.2.0');
});

test('the server is not asked if an administrator turned updates off', async ({ updating }) => {
  const { published, open } = updating;
  const window = await open([], { FRAMES_UPDATES: 'off' });
  await expect(window.updates).toContainText('Your administrator updates FRAMES on this computer.');
  await expect(window.updates.getByRole('button')).toHaveCount(0);
  await window.close();
  expect(published.requests).toEqual([]);
});

test('a download can be cancelled', async ({ updating }) => {
  const { installed, published, open } = updating;
  const window = await open();
  await window.updates.getByRole('button', { name: 'Check now' }).click();
  published.sends = 'stalls';
  await window.updates.getByRole('button', { name: 'Download' }).click();
  await window.updates.getByRole('button', { name: 'Cancel' }).click();
  await expect(window.updates.getByRole('button', { name: 'Download' })).toBeVisible();
  await window.close();
  await expectProgram(installed, '0.1.0');
});

/** Downloads the update and closes the window, which installs it. */
async function update({ open }: Updating, args: string[] = []): Promise<void> {
  const window = await open(args);
  await window.updates.getByRole('button', { name: 'Check now' }).click();
  await window.updates.getByRole('button', { name: 'Download' }).click();
  await expect(window.updates).toContainText('will be installed when you quit');
  await window.close();
}

/** A copy of the update with one bit changed. */
function flipped({ home }: Installed): string {
  const file = join(home, 'flipped');
  copyFileSync(fileOf('0.2.0'), file);
  const handle = openSync(file, 'r+');
  writeSync(
    handle,
    Buffer.from([readFileSync(file)[1_000_000] ?? 0]).map((byte) => byte ^ 1),
    0,
    1,
    1_000_000,
  );
  return file;
}

/** Makes a folder of the user with that many megabytes of room. */
async function mountSmall(folder: string, megabytes: number): Promise<void> {
  const { uid, gid } = await ordinaryUser();
  mkdirSync(folder, { recursive: true });
  await runOrThrow('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${megabytes}m,uid=${uid},gid=${gid}`,
    'tmpfs',
    folder,
  ]);
}

function lock(folder: string): void {
  chownSync(folder, 0, 0);
  chmodSync(folder, 0o555);
}
