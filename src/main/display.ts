import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { NetConnectOpts } from 'node:net';
import { resolve } from 'node:path';

const noDisplay = `No display can be reached (DISPLAY and WAYLAND_DISPLAY), so no window can open.
Commands need no display: frames --help lists them.`;

const noRoot = `FRAMES opens no window as root, because Chromium has no sandbox then. Start it as an ordinary user.
Commands run as root too: frames --help lists them.`;

export interface WindowStart {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  isRoot: boolean;
  /** The user's arguments. */
  args: readonly string[];
}

/** Why no window can open on Linux, where Chromium would crash instead; null if one can. */
export async function windowProblem({ platform, env, isRoot, args }: WindowStart): Promise<string | null> {
  if (platform !== 'linux') return null;
  if (isRoot && !args.includes('--no-sandbox')) return noRoot;
  if (args.some((argument) => argument.startsWith('--ozone-platform'))) return null;
  for (const address of displayAddresses(env)) if (await accepts(address)) return null;
  return noDisplay;
}

/** The sockets of the displays that the environment names. */
function displayAddresses({
  DISPLAY,
  WAYLAND_DISPLAY,
  XDG_RUNTIME_DIR,
}: NodeJS.ProcessEnv): NetConnectOpts[] {
  const wayland = WAYLAND_DISPLAY ? [{ path: resolve(XDG_RUNTIME_DIR ?? '/', WAYLAND_DISPLAY) }] : [];
  const [, host = '', number] = /^(.*?):(\d+)(?:\.\d+)?$/.exec(DISPLAY ?? '') ?? [];
  if (number === undefined) return wayland;
  const path = `/tmp/.X11-unix/X${number}`;
  const isLocal = host === '' || host === 'unix';
  // An X server may have only the abstract socket, whose name begins with a null byte.
  const x11 = isLocal ? [{ path }, { path: `\0${path}` }] : [{ host, port: 6000 + Number(number) }];
  return [...wayland, ...x11];
}

async function accepts(address: NetConnectOpts): Promise<boolean> {
  const socket = createConnection(address);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
