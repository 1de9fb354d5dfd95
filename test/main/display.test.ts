import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { windowProblem } from '#main/display.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';

const linux = { platform: 'linux', env: {}, isRoot: false, args: [] } as const;

it.each([
  ['without a display', {}],
  ['with an empty DISPLAY', { DISPLAY: '' }],
  ['with a DISPLAY that is no longer there', { DISPLAY: ':31999' }],
  [
    'with a Wayland socket that is no longer there',
    { WAYLAND_DISPLAY: 'wayland-9', XDG_RUNTIME_DIR: '/nowhere' },
  ],
])('no window opens %s', async (_, env) => {
  expect(await windowProblem({ ...linux, env })).toContain('No display can be reached');
});

it('a window opens on a display that accepts connections, by Wayland or X', async () => {
  const folder = makeFolder();
  const wayland = createServer().listen(join(folder, 'wayland-0'));
  const x11 = createServer().listen(0, '127.0.0.1');
  await Promise.all([once(wayland, 'listening'), once(x11, 'listening')]);
  const number = (x11.address() as AddressInfo).port - 6000;
  for (const env of [
    { WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: folder },
    { DISPLAY: `127.0.0.1:${number}.0` },
  ])
    expect(await windowProblem({ ...linux, env })).toBeNull();
  wayland.close();
  x11.close();
  removeFolder(folder);
});

it('no window opens for root, unless root turns the sandbox off', async () => {
  const root = { ...linux, isRoot: true };
  expect(await windowProblem(root)).toContain('FRAMES opens no window as root');
  expect(await windowProblem({ ...root, args: ['--no-sandbox'] })).toContain('No display');
});

it('other systems always have a display', async () => {
  expect(await windowProblem({ ...linux, platform: 'darwin', isRoot: true })).toBeNull();
});
