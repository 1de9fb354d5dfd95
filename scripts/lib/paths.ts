import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/** The project's folder. */
export const root = resolve(import.meta.dirname, '../..');

/** Where this project keeps downloads between checkouts: never inside one. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env['XDG_CACHE_HOME'];
  return join(base !== undefined && base !== '' ? base : join(homedir(), '.cache'), 'frames-desktop');
}

/** The environment with the project's own Node and tools first in `PATH`, as npm gives it to its scripts. */
export function toolEnv(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const bin = join(root, 'node_modules', '.bin');
  return { ...env, PATH: `${bin}${delimiter}${env['PATH'] ?? ''}` };
}

/** Whether there is a display to draw on. Windows and macOS always have one. */
export function hasDisplay(env: NodeJS.ProcessEnv = process.env): boolean {
  if (process.platform !== 'linux') return true;
  return [env['DISPLAY'], env['WAYLAND_DISPLAY']].some((value) => value !== undefined && value !== '');
}

/** Whether we are root on Linux, where Chromium refuses to start with its sandbox. */
export function isLinuxRoot(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}
